package dev.thalweg.gateway.chat;

import static dev.thalweg.gateway.chat.Chats.ask;
import static dev.thalweg.gateway.chat.Chats.json;
import static dev.thalweg.gateway.chat.Chats.streamed;
import static dev.thalweg.gateway.chat.Routes.withSpare;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptBuilder;
import dev.thalweg.testkit.ScriptedUpstream;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** An answer that breaks in the middle goes on at another deployment, where that was asked for. */
class ContinuationTest {
    private static final String ON = "continue_streams: true";

    /** Ways to break. */
    enum Break {
        RESET(script -> script.flush().sleep(Duration.ofMillis(50)).rst()),
        HALF_AN_EVENT(script -> script.text("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\" not this\"}")
                .flush()
                .sleep(Duration.ofMillis(50))
                .fin()),
        ERROR_EVENT(script -> script.event("{\"error\":{\"message\":\"Overloaded.\",\"type\":\"overloaded_error\"}}")),
        SILENCE(ScriptBuilder::hang);

        final UnaryOperator<ScriptBuilder> how;

        Break(UnaryOperator<ScriptBuilder> how) {
            this.how = how;
        }
    }

    private static ScriptBuilder begun(String... texts) {
        ScriptBuilder script = Script.sse().event(OpenAiScripts.roleChunk());
        for (String text : texts) {
            script.event(OpenAiScripts.contentChunk(text));
        }
        return script;
    }

    private static Script rest() {
        return Script.sse()
                .event(OpenAiScripts.roleChunk().replace(OpenAiScripts.ID, "chatcmpl-other"))
                .event(OpenAiScripts.contentChunk(" world").replace(OpenAiScripts.ID, "chatcmpl-other"))
                .event(OpenAiScripts.finishChunk("stop").replace(OpenAiScripts.ID, "chatcmpl-other"))
                .event("{\"id\":\"chatcmpl-other\",\"object\":\"chat.completion.chunk\",\"model\":\"m\",\"choices\":[],"
                        + "\"usage\":{\"prompt_tokens\":30,\"completion_tokens\":7,\"total_tokens\":37}}")
                .event("[DONE]")
                .build();
    }

    @ParameterizedTest
    @EnumSource
    void theCallerGetsOneAnswer(Break broken) {
        try (var first = ScriptedUpstream.start()
                        .always(broken.how.apply(begun("Hel", "lo")).build());
                var spare = ScriptedUpstream.start().always(rest());
                var gateway = withSpare(first, spare, ON, "idle_timeout: 1s")) {
            Chats.Answer answer = ask(gateway, streamed("\"stream_options\":{\"include_usage\":true}"));
            assertThat(answer.text()).isEqualTo("Hello world");
            assertThat(answer.done()).isTrue();
            assertThat(answer.body())
                    .containsOnlyOnce("\"role\"")
                    .contains(": thalweg continued deployment=second\n\n");
            for (String data : answer.data()) {
                if (!data.equals("[DONE]")) {
                    assertThat(json(data).path("id").asString()).isEqualTo(OpenAiScripts.ID);
                    assertThat(json(data).path("model").asString()).isEqualTo("gpt");
                }
            }
            JsonNode sent = json(spare.takeRequest(Chats.SOON).bodyText()).path("messages");
            assertThat(sent).hasSize(3);
            assertThat(sent.get(1).path("role").asString()).isEqualTo("assistant");
            assertThat(sent.get(1).path("content").asString()).isEqualTo("Hello");
            assertThat(sent.get(2).path("role").asString()).isEqualTo("user");
            JsonNode row = Chats.row(gateway);
            assertThat(row.path("outcome").asString()).isEqualTo("complete");
            assertThat(row.path("input_tokens").asInt()).isGreaterThan(30);
            assertThat(row.path("output_tokens").asInt()).isGreaterThan(7);
            assertThat(row.path("estimated").asBoolean()).isTrue();
            JsonNode usage = json(answer.data().get(answer.data().size() - 2)).path("usage");
            assertThat(usage.path("prompt_tokens").asInt())
                    .isEqualTo(row.path("input_tokens").asInt());
            assertThat(usage.path("completion_tokens").asInt())
                    .isEqualTo(row.path("output_tokens").asInt());
            Chats.settled(gateway);
        }
    }

    @Test
    void itGoesOnInAnotherProtocol() {
        String words = "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"role\":"
                + "\"assistant\",\"content\":[],\"model\":\"claude\",\"usage\":{\"input_tokens\":3}}}\n\n"
                + "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":"
                + "{\"type\":\"text_delta\",\"text\":\" world\"}}\n\n"
                + "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},"
                + "\"usage\":{\"output_tokens\":2}}\n\nevent: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";
        try (var first =
                        ScriptedUpstream.start().always(begun("Hel", "lo").rst().build());
                var second =
                        ScriptedUpstream.start().always(Script.sse().text(words).build());
                var gateway = Routes.gateway(
                        "router_settings: {num_retries: 0, fallbacks: [{gpt: [b]}], continue_streams: true}",
                        Routes.deployment("gpt", "a", first.url()),
                        Routes.deployment("b", "b", second.url()).replace("openai/", "anthropic/"))) {
            assertThat(ask(gateway, streamed()).text()).isEqualTo("Hello world");
            JsonNode sent = json(second.takeRequest(Chats.SOON).bodyText()).path("messages");
            assertThat(sent).hasSize(3);
            assertThat(sent.get(1).toString()).contains("assistant", "Hello");
            assertThat(sent.get(2).path("role").asString()).isEqualTo("user");
        }
    }

    @Test
    void itMayBreakAgain() {
        try (var first =
                        ScriptedUpstream.start().always(begun("Hel", "lo").rst().build());
                var second = ScriptedUpstream.start().always(begun(" wo").rst().build());
                var third = ScriptedUpstream.start().always(OpenAiScripts.stream("rld"));
                var gateway = Routes.gateway(
                        "router_settings: {num_retries: 0, fallbacks: [{gpt: [b, c]}], continue_streams: true}",
                        Routes.deployment("gpt", "a", first.url()),
                        Routes.deployment("b", "b", second.url()),
                        Routes.deployment("c", "c", third.url()))) {
            assertThat(ask(gateway, streamed()).text()).isEqualTo("Hello world");
            JsonNode sent = json(third.takeRequest(Chats.SOON).bodyText()).path("messages");
            assertThat(sent.get(1).path("content").asString()).isEqualTo("Hello wo");
            Chats.settled(gateway);
        }
    }

    @Test
    void whereNobodyGoesOnTheErrorIsTold() {
        try (var first =
                        ScriptedUpstream.start().always(begun("Hel", "lo").rst().build());
                var spare = ScriptedUpstream.start().always(Routes.BROKEN);
                var gateway = withSpare(first, spare, ON)) {
            Chats.Answer answer = ask(gateway, streamed());
            assertThat(answer.errorEvent().path("message").asString()).isEqualTo("It broke.");
            assertThat(answer.text()).isEqualTo("Hello");
            assertThat(Chats.row(gateway).path("output_tokens").asInt()).isPositive();
            Chats.settled(gateway);
        }
    }

    /** What nobody goes on from. */
    enum Never {
        LOOP(begun().repeat(200, script -> script.event(OpenAiScripts.contentChunk("same")))),
        TOOL_CALL(begun("I call")
                .event("{\"id\":\"1\",\"object\":\"chat.completion.chunk\",\"model\":\"m\",\"choices\":[{\"index\":0,"
                        + "\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"c\",\"type\":\"function\",\"function\":"
                        + "{\"name\":\"f\",\"arguments\":\"{\"}}]},\"finish_reason\":null}]}")
                .flush()
                .sleep(Duration.ofMillis(50))
                .rst()),
        FINISHED(begun("All")
                .event(OpenAiScripts.finishChunk("stop"))
                .flush()
                .sleep(Duration.ofMillis(50))
                .rst()),
        CALLERS_FAULT(begun("All").event("{\"error\":{\"message\":\"No.\",\"type\":\"invalid_request_error\"}}"));

        final ScriptBuilder script;

        Never(ScriptBuilder script) {
            this.script = script;
        }
    }

    @ParameterizedTest
    @EnumSource
    void notEverythingGoesOn(Never never) {
        try (var first = ScriptedUpstream.start().always(never.script.build());
                var spare = ScriptedUpstream.start().always(rest());
                var gateway = withSpare(first, spare, ON)) {
            ask(gateway, streamed()).errorEvent();
            assertThat(spare.requests()).isEmpty();
            Chats.settled(gateway);
        }
    }
}
