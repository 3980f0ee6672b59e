package dev.thalweg.gateway.chat;

import static dev.thalweg.gateway.chat.Chats.SOON;
import static dev.thalweg.gateway.chat.Chats.ask;
import static dev.thalweg.gateway.chat.Chats.endedAs;
import static dev.thalweg.gateway.chat.Chats.streamed;
import static dev.thalweg.gateway.chat.Chats.unary;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.gateway.TestGateway;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.RawClient;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptBuilder;
import dev.thalweg.testkit.ScriptedUpstream;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Upstreams that speak something else, too much, or the same for ever. */
class ProtocolErrorTest {
    private static ScriptBuilder begun() {
        return Script.sse().event(OpenAiScripts.roleChunk()).event(OpenAiScripts.contentChunk("Hel"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"zz", "100000004", "-1", "fffffffffffffffff", "0x10", " "})
    void aBadChunkSizeEndsTheStream(String sizeLine) {
        Script script = begun().badChunkSize(
                        sizeLine, "data: " + OpenAiScripts.finishChunk("stop") + "\n\ndata: [DONE]\n\n")
                .hang()
                .build();
        try (var upstream = ScriptedUpstream.start().always(script);
                var gateway = TestGateway.before(upstream.url(), "idle_timeout: 2s")) {
            Chats.Answer answer = ask(gateway, streamed());
            JsonNode error = answer.errorEvent();
            assertThat(error.path("code").asString()).isEqualTo("upstream_protocol_error");
            assertThat(error.path("type").asString()).isEqualTo("upstream_error");
            endedAs("protocol_error", gateway, upstream);
        }
    }

    @Test
    void aWrongChunkSizeEndsTheStream() {
        Script script = begun().badChunkSize("5", "data: " + OpenAiScripts.finishChunk("stop") + "\n\n")
                .hang()
                .build();
        try (var upstream = ScriptedUpstream.start().always(script);
                var gateway = TestGateway.before(upstream.url(), "idle_timeout: 2s")) {
            ask(gateway, streamed()).errorEvent();
            endedAs("protocol_error", gateway, upstream);
        }
    }

    @Test
    void chunkExtensionsAreFine() {
        String rest = "data: " + OpenAiScripts.finishChunk("stop") + "\n\ndata: [DONE]\n\n";
        Script script = begun().badChunkSize(Integer.toHexString(rest.length()) + ";ext=1", rest)
                .build();
        try (var upstream = ScriptedUpstream.start().always(script);
                var gateway = TestGateway.before(upstream.url())) {
            assertThat(ask(gateway, streamed()).done()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SSH-2.0-OpenSSH_9.6\r\n\r\n", "HTTP/1.1 abc\r\n\r\n", "\r\n\r\nnonsense\r\n\r\n"})
    void whatIsNotHttpIsAnErrorStatus(String bytes) {
        try (var upstream = ScriptedUpstream.start()
                        .always(Script.raw().rawText(bytes).hang().build());
                var gateway = TestGateway.before(upstream.url(), "first_byte_timeout: 2s")) {
            JsonNode error = ask(gateway, streamed()).error(502);
            assertThat(error.path("code").asString()).isEqualTo("upstream_protocol_error");
            endedAs("protocol_error", gateway, upstream);
        }
    }

    /** Events that are no chat chunks. */
    enum Nonsense {
        TEXT(script -> script.event("hello")),
        BROKEN_JSON(script -> script.event("{\"id\":\"x\",\"choices\":[{]}")),
        NUMBER(script -> script.event("42")),
        PAGE(script -> script.text("<html>down</html>\n\n")),
        TOO_MANY_CHOICES(
                script -> script.event("{\"id\":\"x\",\"choices\":[{\"index\":4000,\"delta\":{\"content\":\"x\"}}]}"));

        private final UnaryOperator<ScriptBuilder> events;

        Nonsense(UnaryOperator<ScriptBuilder> events) {
            this.events = events;
        }
    }

    @ParameterizedTest
    @EnumSource
    void anEventThatIsNoChunkEndsTheStream(Nonsense nonsense) {
        try (var upstream = ScriptedUpstream.start()
                        .always(nonsense.events.apply(begun()).hang().build());
                var gateway = TestGateway.before(upstream.url(), "idle_timeout: 2s")) {
            Chats.Answer answer = ask(gateway, streamed());
            assertThat(answer.errorEvent().path("code").asString()).isEqualTo("upstream_protocol_error");
            assertThat(answer.text()).isEqualTo("Hel");
            endedAs("protocol_error", gateway, upstream);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anEventThatIsNoChunkAtTheStartIsAnErrorStatus(Nonsense nonsense) {
        try (var upstream = ScriptedUpstream.start()
                        .always(nonsense.events.apply(Script.sse()).build());
                var gateway = TestGateway.before(upstream.url())) {
            ask(gateway, streamed()).error(502);
            assertThat(Chats.row(gateway).path("outcome").asString()).isEqualTo("protocol_error");
            Chats.settled(gateway);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "<html></html>", "{\"hello\":1}", "[]", "{\"choices\":", "data: {}\n\n"})
    void aUnaryAnswerThatIsNoCompletionIsAnErrorStatus(String body) {
        try (var upstream = ScriptedUpstream.start().always(Script.json(200, body));
                var gateway = TestGateway.before(upstream.url())) {
            JsonNode error = ask(gateway, unary()).error(502);
            assertThat(error.path("code").asString()).isEqualTo("upstream_protocol_error");
            assertThat(Chats.row(gateway).path("outcome").asString()).isEqualTo("protocol_error");
            Chats.settled(gateway);
        }
    }

    @Test
    void anEventLargerThanAllowedEndsTheStream() {
        Script script = begun().event(OpenAiScripts.contentChunk("x".repeat(30_000)))
                .hang()
                .build();
        try (var upstream = ScriptedUpstream.start().always(script);
                var gateway = TestGateway.before(upstream.url(), "max_event_bytes: 20000", "idle_timeout: 2s")) {
            Chats.Answer answer = ask(gateway, streamed());
            assertThat(answer.errorEvent().path("code").asString()).isEqualTo("upstream_too_large");
            assertThat(answer.text()).isEqualTo("Hel");
            endedAs("too_large", gateway, upstream);
        }
    }

    @Test
    void anEventWithoutEndIsStoppedAtTheLimit() {
        Script script = begun().text("data: ")
                .repeat(200, b -> b.text("x".repeat(1000)))
                .hang()
                .build();
        try (var upstream = ScriptedUpstream.start().always(script);
                var gateway = TestGateway.before(upstream.url(), "max_event_bytes: 20000", "idle_timeout: 2s")) {
            assertThat(ask(gateway, streamed()).errorEvent().path("code").asString())
                    .isEqualTo("upstream_too_large");
            endedAs("too_large", gateway, upstream);
        }
    }

    @Test
    void allStreamsTogetherHoldNoMoreThanAllowed() {
        Script script = begun().text("data: ").text("x".repeat(15_000)).hang().build();
        try (var upstream = ScriptedUpstream.start().always(script);
                var gateway = TestGateway.before(upstream.url(), "max_event_bytes: 20000", "max_held_bytes: 20000");
                RawClient first = gateway.post(streamed())) {
            first.timeout(SOON).readHead();
            Chats.until("bytes to be held", () -> Chats.metric(gateway, "thalweg_held_bytes") > 15_000);
            assertThat(ask(gateway, streamed()).errorEvent().path("code").asString())
                    .isEqualTo("upstream_too_large");
            first.close();
            assertThat(Chats.rows(gateway, 2))
                    .extracting(row -> row.path("outcome").asString())
                    .containsExactly("too_large", "caller_gone");
            Chats.settled(gateway);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 3000})
    void aUnaryAnswerLargerThanAllowedIsAnErrorStatus(int limit) {
        String settings = "\ngeneral_settings: {max_response_bytes: " + limit + "}";
        Script slow = Script.status(200)
                .header("Content-Type", "application/json")
                .split(60, Duration.ofMillis(2))
                .text(" ".repeat(5000))
                .build();
        try (var upstream = ScriptedUpstream.start().always(slow);
                var gateway = Chats.gateway(upstream.url(), "", "num_retries: 0" + settings)) {
            JsonNode error = ask(gateway, unary()).error(502);
            assertThat(error.path("code").asString()).isEqualTo("upstream_too_large");
            endedAs("too_large", gateway, upstream);
        }
    }

    @Test
    void aModelThatRepeatsItselfIsStopped() {
        Script script = Script.sse()
                .event(OpenAiScripts.roleChunk())
                .repeat(500, b -> b.event(OpenAiScripts.contentChunk("again ")))
                .hang()
                .build();
        try (var upstream = ScriptedUpstream.start().always(script);
                var gateway = TestGateway.before(upstream.url(), "REPEATED_STREAMING_CHUNK_LIMIT: 20")) {
            Chats.Answer answer = ask(gateway, streamed());
            assertThat(answer.errorEvent().path("code").asString()).isEqualTo("repeated_chunks");
            assertThat(answer.text()).isEqualTo("again ".repeat(19));
            endedAs("loop", gateway, upstream);
        }
    }
}
