package dev.thalweg.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.thalweg.Thalweg;
import dev.thalweg.error.BadRequestException;
import dev.thalweg.model.ChatChunk;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.model.Message;
import dev.thalweg.model.ToolChoice;
import dev.thalweg.model.ToolSpec;
import dev.thalweg.model.Usage;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.Script;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ToolRunTest extends ToolUpstream {
    private final Tools weather =
            Tools.of(tool("weather", in -> "4 °C in " + in.required("place").text()));

    @Test
    void theLastAnswerComesAfterAsManyRoundsAsItTakes() {
        upstream.enqueue(calls("c1", "weather", "{\"place\":\"Bern\"}"));
        upstream.enqueue(calls("c2", "weather", "{\"place\":\"Thun\"}"));
        upstream.enqueue(says("Cold."));

        ToolRun run = thalweg.run(QUESTION, weather, 8);
        ChatResponse answer = run.response();

        assertThat(answer.content()).isEqualTo("Cold.");
        assertThat(run.rounds()).hasSize(3);
        assertThat(run.rounds().get(0).results().getFirst().text()).isEqualTo("4 °C in Bern");
        assertThat(run.rounds().get(2).results()).isEmpty();
        assertThat(nextRequest()).contains("\"name\":\"weather\"").doesNotContain("tool_call_id");
        assertThat(nextRequest()).contains("\"tool_call_id\":\"c1\"", "4 °C in Bern");
        assertThat(nextRequest()).contains("4 °C in Bern", "\"tool_call_id\":\"c2\"", "4 °C in Thun");
        assertThat(run.response()).usingRecursiveComparison().isEqualTo(answer);
    }

    @Test
    void chunksOfAllRoundsAreOneStream() {
        upstream.enqueue(OpenAiScripts.streaming()
                .text("Let me ", "see. ")
                .toolCall("c1", "weather", "{\"place\":", "\"Bern\"}")
                .build());
        upstream.enqueue(says("It is ", "cold."));

        try (ToolRun run = thalweg.run(QUESTION, weather, 8)) {
            StringBuilder text = new StringBuilder();
            for (ChatChunk chunk : run) {
                text.append(chunk.content());
            }
            assertThat(text).hasToString("Let me see. It is cold.");
            assertThat(run.response().content()).isEqualTo("It is cold.");
        }
    }

    @Test
    void theConversationGoesOnFromItsMessages() {
        upstream.enqueue(calls("c1", "weather", "{\"place\":\"Bern\"}"));
        upstream.enqueue(says("Cold."));

        ToolRun run = thalweg.run(QUESTION, weather, 8);
        run.response();

        assertThat(run.messages().stream().map(Message::role))
                .containsExactly("user", "assistant", "tool", "assistant");
        assertThat(run.messages().getLast().content()).isEqualTo("Cold.");
    }

    @Test
    void toolsOfARoundRunAtTheSameTimeAndTheirResultsKeepTheOrderOfTheCalls() {
        CyclicBarrier together = new CyclicBarrier(3);
        CountDownLatch lastIsDone = new CountDownLatch(1);
        Tools tools = Tools.of(
                tool("first", in -> {
                    meet(together);
                    assertThat(lastIsDone.await(5, TimeUnit.SECONDS)).isTrue();
                    return "one";
                }),
                tool("second", in -> {
                    meet(together);
                    return "two";
                }),
                tool("third", in -> {
                    meet(together);
                    lastIsDone.countDown();
                    return Thread.currentThread().isVirtual();
                }));
        upstream.enqueue(OpenAiScripts.streaming()
                .toolCall("c1", "first", "{}")
                .toolCall("c2", "second", "{}")
                .toolCall("c3", "third", "{}")
                .build());
        upstream.enqueue(says("Done."));

        ToolRun run = thalweg.run(QUESTION, tools, 2);
        run.response();

        assertThat(run.rounds().getFirst().results().stream().map(ToolResult::text))
                .containsExactly("one", "two", "true");
        nextRequest();
        assertThat(nextRequest()).containsSubsequence("\"c1\"", "\"c2\"", "\"c3\"", "one", "two", "true");
    }

    private static void meet(CyclicBarrier barrier) throws Exception {
        try {
            barrier.await(5, TimeUnit.SECONDS);
        } catch (BrokenBarrierException e) {
            throw new AssertionError("the tools did not run at the same time", e);
        }
    }

    @Test
    void whatGoesWrongInACallIsAResultForTheModel() {
        Tools tools = Tools.of(
                tool("breaks", in -> {
                    throw new IllegalStateException("out of order");
                }),
                tool("counts", in -> in.required("n").integer()));
        upstream.enqueue(OpenAiScripts.streaming()
                .toolCall("c1", "breaks", "{}")
                .toolCall("c2", "counts", "{\"n\":\"twelve\"}")
                .toolCall("c3", "counts", "{\"n\":")
                .toolCall("c4", "flies", "{}")
                .build());
        upstream.enqueue(says("Sorry."));

        ToolRun run = thalweg.run(QUESTION, tools, 2);

        assertThat(run.response().content()).isEqualTo("Sorry.");
        List<ToolResult> results = run.rounds().getFirst().results();
        assertThat(results).allMatch(ToolResult::isError);
        assertThat(results.get(0).text()).isEqualTo("IllegalStateException: out of order");
        assertThat(results.get(0).cause()).containsInstanceOf(IllegalStateException.class);
        assertThat(results.get(1).text())
                .isEqualTo("The tool was not called. arguments.n: expected a whole number, got \"twelve\"");
        assertThat(results.get(2).text()).startsWith("The tool was not called. arguments: not JSON: ");
        assertThat(results.get(3).text()).isEqualTo("There is no tool named \"flies\". There are: breaks, counts.");
        nextRequest();
        assertThat(nextRequest()).contains("out of order", "expected a whole number", "There are: breaks, counts.");
    }

    @Test
    void usageIsThatOfAllRounds() {
        upstream.enqueue(calls("c1", "weather", "{\"place\":\"Bern\"}"));
        upstream.enqueue(calls("c2", "weather", "{\"place\":\"Thun\"}"));
        upstream.enqueue(says("Cold."));

        ToolRun run = thalweg.run(QUESTION, weather, 8);
        run.response();

        Usage usage = run.usage().orElseThrow();
        assertThat(usage.inputTokens()).isEqualTo(10 + 10 + 20);
        assertThat(usage.outputTokens()).isEqualTo(5 + 5 + 7);
        assertThat(usage.totalTokens()).isEqualTo(57);
        assertThat(usage.cacheReadTokens()).hasValue(0);
        assertThat(usage.cacheWriteTokens()).isEmpty();
        assertThat(usage.estimated()).isFalse();
    }

    @Test
    void aModelThatNeverStopsIsStopped() {
        upstream.always(calls("c1", "weather", "{\"place\":\"Bern\"}"));

        ToolRun run = thalweg.run(QUESTION, weather, 3);
        TooManyRoundsException e = catchThrowableOfType(TooManyRoundsException.class, run::response);

        assertThat(e).hasMessageContaining("after 3 rounds").hasMessageContaining("(weather)");
        assertThat(upstream.requests()).hasSize(3);
        assertThat(e.partial().orElseThrow().toolCalls()).hasSize(1);
        assertThat(e.messages().stream().map(Message::role))
                .containsExactly("user", "assistant", "tool", "assistant", "tool");
        assertThat(run.rounds()).hasSize(2);
        assertThat(catchThrowable(run::response)).isSameAs(e);
    }

    @Test
    void oneRoundIsEnoughForAnAnswerWithoutCalls() {
        upstream.enqueue(says("Cold."));
        assertThat(thalweg.run(QUESTION, weather, 1).response().content()).isEqualTo("Cold.");
        assertThatIllegalArgumentException().isThrownBy(() -> thalweg.run(QUESTION, weather, 0));
        assertThat(upstream.requests()).hasSize(1);
    }

    @Test
    void anAnswerThatWasCutEndsTheRunAndItsCallsAreNotMade() {
        upstream.enqueue(OpenAiScripts.streaming()
                .toolCall("c1", "weather", "{}")
                .finishReason("length")
                .build());
        Tools never = Tools.of(tool("weather", in -> {
            throw new AssertionError("called");
        }));

        ToolRun run = thalweg.run(QUESTION, never, 8);

        assertThat(run.response().toolCalls()).hasSize(1);
        assertThat(run.rounds().getFirst().results()).isEmpty();
        assertThat(never.callAll(run.response()).results().getFirst().text())
                .isEqualTo("The tool was not called: the answer that asks for it was cut.");
    }

    @Test
    void aForcedToolIsForcedOnce() {
        upstream.enqueue(calls("c1", "weather", "{\"place\":\"Bern\"}"));
        upstream.enqueue(says("Cold."));
        ChatRequest forced =
                QUESTION.toBuilder().toolChoice(ToolChoice.named("weather")).build();

        thalweg.run(forced, weather, 8).response();

        assertThat(nextRequest()).contains("\"tool_choice\":{");
        assertThat(nextRequest()).contains("\"tool_choice\":\"auto\"");
    }

    @Test
    void aToolOfTheRequestStaysAsItIs() {
        upstream.enqueue(says("Cold."));
        ChatRequest own =
                QUESTION.toBuilder().tool(ToolSpec.of("weather", "Mine")).build();

        thalweg.run(own, weather, 8).response();

        assertThat(nextRequest()).contains("\"Mine\"").doesNotContain("Does weather");
    }

    @Test
    void aFirstRoundThatIsRefusedThrowsAtOnceAndALaterOneFromTheLoop() {
        upstream.enqueue(OpenAiScripts.error(400, "invalid_request_error", null, "No"));
        assertThat(catchThrowable(() -> thalweg.run(QUESTION, weather, 8))).isInstanceOf(BadRequestException.class);

        upstream.enqueue(calls("c1", "weather", "{\"place\":\"Bern\"}"));
        upstream.enqueue(OpenAiScripts.error(400, "invalid_request_error", null, "No"));
        ToolRun run = thalweg.run(QUESTION, weather, 8);
        Iterator<ChatChunk> chunks = run.iterator();
        Throwable e = catchThrowable(() -> chunks.forEachRemaining(chunk -> {}));
        assertThat(e).isInstanceOf(BadRequestException.class);
        assertThat(chunks.hasNext()).isFalse();
        assertThat(catchThrowable(run::response)).isSameAs(e);
        assertThat(run.rounds()).hasSize(1);
    }

    @Test
    void itsChunksCanBeAskedForOnce() {
        upstream.enqueue(says("Cold."));
        ToolRun run = thalweg.run(QUESTION, weather, 8);
        Iterator<ChatChunk> chunks = run.iterator();
        assertThat(chunks).hasNext();
        assertThatIllegalStateException().isThrownBy(run::iterator);
        assertThat(run.response().content()).isEqualTo("Cold.");
    }

    @Test
    void signedReasoningGoesBackAsItCame() {
        upstream.enqueue(Script.sse()
                .event(delta("\"reasoning_details\":[{\"type\":\"reasoning.text\",\"text\":\"Hm.\",\"index\":0}]"))
                .event(delta(
                        "\"reasoning_details\":[{\"type\":\"reasoning.text\",\"signature\":\"c2lnbmVk\",\"index\":0}]"))
                .event(delta("\"tool_calls\":[{\"index\":0,\"id\":\"c1\",\"type\":\"function\",\"function\":"
                        + "{\"name\":\"weather\",\"arguments\":\"{\\\"place\\\":\\\"Bern\\\"}\"},"
                        + "\"extra_content\":{\"google\":{\"thought_signature\":\"dGhvdWdodA\"}}}]"))
                .event(OpenAiScripts.finishChunk("tool_calls"))
                .event("[DONE]")
                .build());
        upstream.enqueue(says("Cold."));
        try (Thalweg router = Thalweg.builder()
                .environment(Map.of("OPENROUTER_API_KEY", "sk-or-1234"))
                .baseUrl("openrouter", upstream.url())
                .build()) {
            ChatRequest request = ChatRequest.of("openrouter/anthropic/claude", "How is the weather?");
            assertThat(router.run(request, weather, 4).response().content()).isEqualTo("Cold.");
        }
        nextRequest();
        assertThat(nextRequest()).contains("\"text\":\"Hm.\"", "\"signature\":\"c2lnbmVk\"", "\"dGhvdWdodA\"");
    }

    private static String delta(String members) {
        return "{\"id\":\"1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":"
                + "[{\"index\":0,\"delta\":{" + members + "},\"finish_reason\":null}]}";
    }
}
