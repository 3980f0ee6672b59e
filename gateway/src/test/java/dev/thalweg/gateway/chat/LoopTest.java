package dev.thalweg.gateway.chat;

import static dev.thalweg.gateway.chat.Chats.SOON;
import static dev.thalweg.gateway.chat.Chats.ask;
import static dev.thalweg.gateway.chat.Chats.endedAs;
import static dev.thalweg.gateway.chat.Chats.streamed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.gateway.TestGateway;
import dev.thalweg.testkit.LoopCase;
import dev.thalweg.testkit.LoopCases;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.RawClient;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptBuilder;
import dev.thalweg.testkit.ScriptedUpstream;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.JsonNode;

/** Models that repeat themselves, over HTTP. */
class LoopTest {
    static final List<LoopCase> CASES = LoopCases.all();

    private static final String USAGE = "\"stream_options\":{\"include_usage\":true}";

    @ParameterizedTest
    @FieldSource("CASES")
    void whatCameBeforeTheLoopIsPassedOnAndNothingOfWhatCameAfter(LoopCase loop) {
        try (var upstream = ScriptedUpstream.start().always(loop.script());
                var gateway = TestGateway.before(upstream.url(), "repeated_streaming_chunk_limit: " + loop.limit())) {
            Chats.Answer answer = ask(gateway, streamed(USAGE));

            String passed = loop.passed().stream()
                    .map(chunk -> "data: " + chunk.replace("\"" + OpenAiScripts.MODEL + "\"", "\"gpt\"") + "\n\n")
                    .collect(Collectors.joining());
            assertThat(answer.body()).startsWith(passed);
            String rest = answer.body().substring(passed.length());
            if (loop.loops()) {
                isTheErrorOfALoop(answer, loop.loop());
                assertThat(rest).startsWith("event: error\n");
                endedAs("loop", gateway, upstream);
            } else {
                assertThat(rest).isEqualTo("data: [DONE]\n\n");
                assertThat(Chats.row(gateway).path("outcome").asString()).isEqualTo("complete");
            }
        }
    }

    /** The members of a delta, the limit, how many rounds of the deltas are a loop, and what is said of it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"content\":\"same\"} | chunk: 5 | 5 | repeated the same text delta 5 times",
                "{\"content\":\"-\"} | short_chunk: 6 | 6 | repeated the same text delta 6 times",
                "{\"reasoning_content\":\"same\"} | reasoning: 7 | 7 | repeated the same reasoning delta 7 times",
                "{\"content\":\"word#\"} | cycle: 12 | 12 | repeated a cycle of 3 text deltas, 12 in a row",
                "{\"reasoning_content\":\"word#\"} | cycle: 12 | 12 | repeated a cycle of 3 reasoning deltas, 12 in a row",
                "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"same\"}}]} | argument: 5 | 5"
                        + " | repeated the same tool argument delta 5 times",
                "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"word#\"}}]} | argument: 5 | 20"
                        + " | repeated a cycle of 3 tool argument deltas, 20 in a row",
            })
    void aLoopEndsAStreamThatIsUnderWayAtOnce(String delta, String limit, int deltas, String loop) {
        List<String> chunks = IntStream.range(0, deltas + 20)
                .mapToObj(i -> "{\"choices\":[{\"index\":0,\"delta\":%s}]}"
                        .formatted(delta.replace("#", Integer.toString(i % 3))))
                .toList();
        CountDownLatch callerHasTheStart = new CountDownLatch(1);
        ScriptBuilder script = Script.sse()
                .event(OpenAiScripts.contentChunk("Here it comes: "))
                .awaitSignal(callerHasTheStart);
        chunks.forEach(script::event);
        try (var upstream = ScriptedUpstream.start().always(script.hang().build());
                var gateway =
                        TestGateway.before(upstream.url(), "repeated_streaming_" + limit.replace(":", "_limit:"));
                RawClient client = gateway.post(streamed())) {
            client.timeout(SOON);
            RawClient.Head head = client.readHead();
            callerHasTheStart.countDown();
            RawClient.Body body = client.readBody();

            Chats.Answer answer = new Chats.Answer(head, body.text(), body.clean());
            isTheErrorOfALoop(answer, loop);
            assertThat(answer.data().subList(1, answer.data().size() - 1)).isEqualTo(chunks.subList(0, deltas - 1));
            endedAs("loop", gateway, upstream);
        }
    }

    private static void isTheErrorOfALoop(Chats.Answer answer, String loop) {
        JsonNode error = answer.errorEvent();
        assertThat(error.path("code").asString()).isEqualTo("repeated_chunks");
        assertThat(error.path("type").asString()).isEqualTo("server_error");
        assertThat(error.path("message").asString()).isEqualTo("The model " + loop + "; the stream was stopped.");
    }
}
