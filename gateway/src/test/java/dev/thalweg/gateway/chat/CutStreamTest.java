package dev.thalweg.gateway.chat;

import static dev.thalweg.gateway.chat.Chats.SOON;
import static dev.thalweg.gateway.chat.Chats.ask;
import static dev.thalweg.gateway.chat.Chats.endedAs;
import static dev.thalweg.gateway.chat.Chats.read;
import static dev.thalweg.gateway.chat.Chats.streamed;
import static dev.thalweg.gateway.chat.Chats.unary;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.gateway.TestGateway;
import dev.thalweg.testkit.Framing;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.RawClient;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptBuilder;
import dev.thalweg.testkit.ScriptedUpstream;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Upstreams whose connection breaks before their answer is complete. */
class CutStreamTest {
    private static final String HALF_EVENT =
            "data: " + OpenAiScripts.contentChunk("lo").substring(0, 40);

    /** How an upstream breaks off after some content. */
    enum Cut {
        FIN(ScriptBuilder::fin),
        RST(ScriptBuilder::rst),
        CLEAN_END_WITHOUT_FINISH(script -> script),
        CLEAN_END_WITHIN_AN_EVENT(script -> script.text(HALF_EVENT)),
        FIN_WITHIN_AN_EVENT(script -> script.text(HALF_EVENT).fin()),
        RST_WITHIN_AN_EVENT(script -> script.text(HALF_EVENT).rst()),
        NO_LAST_CHUNK(ScriptBuilder::missingLastChunk),
        FINISHED_BUT_NO_LAST_CHUNK(
                script -> script.event(OpenAiScripts.finishChunk("stop")).missingLastChunk()),
        CLOSED_WHERE_CLOSING_IS_THE_FRAMING(script -> script.framing(Framing.CLOSE)),
        RESET_WHERE_CLOSING_IS_THE_FRAMING(
                script -> script.framing(Framing.CLOSE).rst()),
        FINISHED_THEN_RESET_WHERE_CLOSING_IS_THE_FRAMING(script -> script.framing(Framing.CLOSE)
                .event(OpenAiScripts.finishChunk("stop"))
                .rst()),
        CONTENT_LENGTH_TOO_LONG(script -> script.framing(Framing.LENGTH)
                .header("Content-Length", "100000")
                .event(OpenAiScripts.finishChunk("stop"))
                .fin());

        private final UnaryOperator<ScriptBuilder> rest;

        Cut(UnaryOperator<ScriptBuilder> rest) {
            this.rest = rest;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStreamCutAfterContentEndsInAnErrorEvent(Cut cut) {
        CountDownLatch seen = new CountDownLatch(1);
        ScriptBuilder begun = Script.sse()
                .event(OpenAiScripts.roleChunk())
                .event(OpenAiScripts.contentChunk("Hel"))
                .awaitSignal(seen);
        try (var upstream =
                        ScriptedUpstream.start().always(cut.rest.apply(begun).build());
                var gateway = TestGateway.before(upstream.url());
                RawClient client = gateway.post(streamed())) {
            RawClient.Head head = client.timeout(SOON).readHead();
            String before = client.readUntil("Hel\"");
            seen.countDown();
            RawClient.Body rest = client.readBody();
            var answer = new Chats.Answer(head, before + rest.text(), rest.clean());
            JsonNode error = answer.errorEvent();
            assertThat(error.path("code").asString()).isEqualTo("upstream_cut");
            assertThat(error.path("type").asString()).isEqualTo("upstream_error");
            if (!cut.name().startsWith("FINISHED") && cut != Cut.CONTENT_LENGTH_TOO_LONG) {
                assertThat(answer.body()).doesNotContain("\"stop\"");
            }
            boolean mayStayOpen = cut == Cut.CLEAN_END_WITHOUT_FINISH || cut == Cut.CLEAN_END_WITHIN_AN_EVENT;
            JsonNode row = mayStayOpen ? Chats.row(gateway) : endedAs("cut", gateway, upstream);
            assertThat(row.path("outcome").asString()).isEqualTo("cut");
            assertThat(row.path("status").asInt()).isEqualTo(200);
            assertThat(row.path("code").asString()).isEqualTo("upstream_cut");
            assertThat(row.path("estimated").asBoolean()).isTrue();
            assertThat(row.path("output_tokens").asInt()).isPositive();
        }
    }

    /** How an upstream breaks off before any event. */
    enum EarlyCut {
        FIN(Script.refuseQuietly()),
        RST(Script.refuse()),
        FIN_AFTER_HEAD(Script.sse().flush().fin().build()),
        EMPTY_STREAM(Script.sse().build()),
        ONLY_COMMENTS(Script.sse().comment("PROCESSING").comment("PROCESSING").build()),
        HALF_AN_EVENT(Script.sse().text(HALF_EVENT).fin().build());

        private final Script script;

        EarlyCut(Script script) {
            this.script = script;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStreamCutBeforeItsFirstEventIsAnErrorStatus(EarlyCut cut) {
        try (var upstream = ScriptedUpstream.start().always(cut.script);
                var gateway = TestGateway.before(upstream.url())) {
            JsonNode error = ask(gateway, streamed()).error(502);
            assertThat(error.path("type").asString()).isEqualTo("upstream_error");
            assertThat(error.path("code").asString()).isIn("upstream_cut", "upstream_unreachable");
            JsonNode row = Chats.row(gateway);
            assertThat(row.path("outcome").asString()).isEqualTo("cut");
            assertThat(row.path("status").asInt()).isEqualTo(502);
            assertThat(row.has("output_tokens")).isFalse();
            Chats.settled(gateway);
        }
    }

    @Test
    void aHeadThatBreaksOffIsCutToo() {
        Script halfHead =
                Script.raw().rawText("HTTP/1.1 200 OK\r\nContent-Ty").fin().build();
        try (var upstream = ScriptedUpstream.start().always(halfHead);
                var gateway = TestGateway.before(upstream.url())) {
            ask(gateway, streamed()).error(502);
            endedAs("cut", gateway, upstream);
        }
    }

    @Test
    void aUnaryAnswerCutInItsMiddleIsAnErrorStatus() {
        Script cut = Script.status(200)
                .header("Content-Type", "application/json")
                .text("{\"id\":\"x\",\"choices\":[")
                .fin()
                .text("1234567890")
                .build();
        try (var upstream = ScriptedUpstream.start().always(cut);
                var gateway = TestGateway.before(upstream.url())) {
            JsonNode error = ask(gateway, unary()).error(502);
            assertThat(error.path("code").asString()).isEqualTo("upstream_cut");
            endedAs("cut", gateway, upstream);
        }
    }

    @Test
    void aTornCommentAtACleanEndDoesNotHideTheMarker() {
        Script script = OpenAiScripts.streaming().text("Hi").withoutDone().toBuilder()
                .text(": keep-al")
                .build();
        try (var upstream = ScriptedUpstream.start().always(script);
                var gateway = TestGateway.before(upstream.url())) {
            Chats.Answer answer = ask(gateway, streamed());
            assertThat(answer.body()).endsWith("}\n\ndata: [DONE]\n\n").doesNotContain("keep-al");
        }
    }

    @Test
    void aLargeEventThatLacksOnlyItsBlankLineIsDeliveredBeforeTheError() {
        String text = "x".repeat(100_000);
        Script script = Script.sse()
                .event(OpenAiScripts.roleChunk())
                .text("data: ")
                .split(30_000)
                .text(OpenAiScripts.contentChunk(text))
                .missingLastChunk()
                .build();
        try (var upstream = ScriptedUpstream.start().always(script);
                var gateway = TestGateway.before(upstream.url())) {
            Chats.Answer answer = ask(gateway, streamed());
            assertThat(answer.errorEvent().path("code").asString()).isEqualTo("upstream_cut");
            assertThat(answer.text()).isEqualTo(text);
            endedAs("cut", gateway, upstream);
        }
    }

    @Test
    void aStreamWithoutLastChunkIsCompleteAfterDone() {
        Script script = OpenAiScripts.streaming().text("Hi").toBuilder()
                .missingLastChunk()
                .build();
        try (var upstream = ScriptedUpstream.start().always(script);
                var gateway = TestGateway.before(upstream.url())) {
            Chats.Answer answer = read(gateway.post(streamed()));
            assertThat(answer.clean()).isTrue();
            assertThat(answer.done()).isTrue();
            endedAs("complete", gateway, upstream);
        }
    }

    @Test
    void refusedConnectionsAreAnErrorStatus() {
        try (var gateway = TestGateway.before(ScriptedUpstream.refusingUrl())) {
            JsonNode error = ask(gateway, streamed()).error(502);
            assertThat(error.path("code").asString()).isEqualTo("upstream_unreachable");
            assertThat(error.path("message").asString()).contains("refused");
            assertThat(Chats.row(gateway).path("outcome").asString()).isEqualTo("cut");
            Chats.settled(gateway);
        }
    }

    @Test
    void anUnknownHostIsAnErrorStatusThatDoesNotNameIt() {
        try (var gateway = TestGateway.before("http://no-such-host.invalid")) {
            Chats.Answer answer = ask(gateway, streamed());
            JsonNode error = answer.error(502);
            assertThat(error.path("message").asString()).contains("unknown");
            assertThat(answer.body()).doesNotContain("no-such-host");
            Chats.settled(gateway);
        }
    }
}
