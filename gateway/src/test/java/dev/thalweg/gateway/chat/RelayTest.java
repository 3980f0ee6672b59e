package dev.thalweg.gateway.chat;

import static dev.thalweg.gateway.chat.Chats.SOON;
import static dev.thalweg.gateway.chat.Chats.ask;
import static dev.thalweg.gateway.chat.Chats.json;
import static dev.thalweg.gateway.chat.Chats.streamed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.gateway.TestGateway;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.OpenAiStream;
import dev.thalweg.testkit.RawClient;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptBuilder;
import dev.thalweg.testkit.ScriptedUpstream;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams on their way through: what arrives is what was sent, but for what has to change. */
class RelayTest {
    private static final String USAGE = "\"stream_options\":{\"include_usage\":true}";
    private static final String MODEL = "\"model\":\"gpt-4o-mini\"";
    private static final String ALIAS = "\"model\":\"gpt\"";

    /** Streams of every kind. */
    enum Kind {
        TEXT(OpenAiScripts.streaming().text("Hel", "lo ", "wörld 🌊", "\u2028\"\\\n")),
        USAGE_AT_THE_END(OpenAiScripts.streaming().text("Hi").usage(11, 3)),
        TWO_CHOICES(OpenAiScripts.streaming().text("a", "b", "c").choices(2)),
        TOOLS(OpenAiScripts.streaming()
                .toolCall("call_1", "get_country", "{\"a\":", "1}")
                .toolCall("call_2", "get_city", "{}"));

        private final OpenAiStream stream;

        Kind(OpenAiStream stream) {
            this.stream = stream;
        }
    }

    private static String direct(ScriptedUpstream upstream) {
        try (RawClient client = RawClient.connect(upstream.port())) {
            client.post("/chat/completions", Map.of("Connection", "close"), streamed(USAGE));
            return Chats.read(client).body();
        }
    }

    private static void sameThroughTheGateway(ScriptBuilder script) {
        try (var upstream = ScriptedUpstream.start().always(script.build());
                var gateway = TestGateway.before(upstream.url())) {
            Chats.Answer answer = ask(gateway, streamed(USAGE));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.clean()).isTrue();
            assertThat(answer.body()).isEqualTo(direct(upstream).replace(MODEL, ALIAS));
            assertThat(Chats.row(gateway).path("outcome").asString()).isEqualTo("complete");
            Chats.settled(gateway);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerIsTheSameThroughTheGatewayWhateverTheCut(Kind kind) {
        for (int size : new int[] {1, 2, 3, 7, 1000}) {
            var events = kind.stream.toBuilder().build().steps();
            ScriptBuilder script = Script.sse().splitWire(size);
            events.forEach(script::step);
            sameThroughTheGateway(script);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void anAnswerIsTheSameThroughTheGatewayWithRandomCuts(long seed) {
        Random random = new Random(seed);
        int[] cuts = IntStream.generate(() -> random.nextInt(2_000))
                .limit(random.nextInt(1, 40))
                .filter(cut -> cut > 0)
                .distinct()
                .sorted()
                .toArray();
        ScriptBuilder script = Script.sse().splitAt(cuts);
        Kind.values()[(int) (seed % 4)].stream.toBuilder().build().steps().forEach(script::step);
        sameThroughTheGateway(script);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\r"})
    void lineEndsAreKept(String lineEnd) {
        ScriptBuilder script = Script.sse()
                .lineEnd(lineEnd)
                .splitWire(3)
                .comment("first")
                .event(OpenAiScripts.roleChunk())
                .event(OpenAiScripts.contentChunk("Hi"))
                .comment("between")
                .event(OpenAiScripts.finishChunk("stop"))
                .event("[DONE]");
        sameThroughTheGateway(script);
    }

    @Test
    void unknownFieldsNamesAndCommentsAreKept() {
        sameThroughTheGateway(Script.sse()
                .comment("OPENROUTER PROCESSING")
                .text("retry: 3000\nid: 7\n\n")
                .event(OpenAiScripts.roleChunk())
                .event(
                        "{\"x\":[{\"y\":null}],\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\",\"padding\":\"ab\"},"
                                + "\"content_filter_results\":{}}],\"model\":\"gpt-4o-mini\",\"obfuscation\":\"zz\"}")
                .event("chunk", OpenAiScripts.finishChunk("stop"))
                .event("[DONE]"));
    }

    @Test
    void theModelIsShownUnderTheNameItWasAskedBy() {
        try (var upstream = ScriptedUpstream.start().always(Kind.TWO_CHOICES.stream.build());
                var gateway = TestGateway.before(upstream.url())) {
            Chats.Answer answer = ask(gateway, streamed());
            assertThat(answer.body()).doesNotContain("gpt-4o-mini");
            answer.data().stream()
                    .filter(data -> !data.equals("[DONE]"))
                    .forEach(data ->
                            assertThat(json(data).path("model").asString()).isEqualTo("gpt"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"stream_options\":{\"include_usage\":false}", "\"stream_options\":null"})
    void usageNobodyAskedForIsHiddenAndRecorded(String options) {
        Script script = Kind.USAGE_AT_THE_END.stream.build();
        try (var upstream = ScriptedUpstream.start().always(script);
                var gateway = TestGateway.before(upstream.url())) {
            Chats.Answer answer = options.isEmpty() ? ask(gateway, streamed()) : ask(gateway, streamed(options));
            assertThat(answer.body()).doesNotContain("usage");
            assertThat(answer.data()).hasSize(4);
            assertThat(answer.done()).isTrue();
            var asked = json(upstream.takeRequest(SOON).bodyText());
            assertThat(asked.at("/stream_options/include_usage").asBoolean()).isTrue();
            var row = Chats.row(gateway);
            assertThat(row.path("input_tokens").asInt()).isEqualTo(11);
            assertThat(row.path("output_tokens").asInt()).isEqualTo(3);
            assertThat(row.path("estimated").asBoolean()).isFalse();
        }
    }

    @Test
    void usageBesideChoicesIsPassedOnAndTheLastOneCounts() {
        String chunk = "{\"id\":\"x\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"%s\"},"
                + "\"finish_reason\":%s}],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":%d}}";
        Script script = Script.sse()
                .event(chunk.formatted("a", "null", 1))
                .event(chunk.formatted("b", "null", 2))
                .event(chunk.formatted("", "\"stop\"", 3))
                .event("[DONE]")
                .build();
        try (var upstream = ScriptedUpstream.start().always(script);
                var gateway = TestGateway.before(upstream.url())) {
            Chats.Answer answer = ask(gateway, streamed());
            assertThat(answer.data().subList(0, 3))
                    .extracting(
                            data -> json(data).at("/usage/completion_tokens").asInt())
                    .containsExactly(1, 2, 3);
            assertThat(answer.text()).isEqualTo("ab");
            assertThat(Chats.row(gateway).path("output_tokens").asInt()).isEqualTo(3);
        }
    }

    @Test
    void aMissingDoneIsAddedAfterACleanEnd() {
        Script script = OpenAiScripts.streaming().text("Hi").withoutDone().build();
        try (var upstream = ScriptedUpstream.start().always(script);
                var gateway = TestGateway.before(upstream.url())) {
            Chats.Answer answer = ask(gateway, streamed());
            assertThat(answer.done()).isTrue();
            assertThat(answer.data()).hasSize(4);
            assertThat(Chats.row(gateway).path("outcome").asString()).isEqualTo("complete");
        }
    }

    @Test
    void aLastEventWithoutItsBlankLineIsDelivered() {
        Script script = Script.sse()
                .event(OpenAiScripts.contentChunk("Hi"))
                .text("data: " + OpenAiScripts.finishChunk("stop"))
                .build();
        try (var upstream = ScriptedUpstream.start().always(script);
                var gateway = TestGateway.before(upstream.url())) {
            Chats.Answer answer = ask(gateway, streamed());
            assertThat(answer.body()).endsWith("\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n");
        }
    }

    @Test
    void whatFollowsDoneIsIgnored() {
        Script script = OpenAiScripts.streaming().text("Hi").toBuilder()
                .event("[DONE]")
                .event(OpenAiScripts.contentChunk("never"))
                .event("error", OpenAiScripts.errorBody("server_error", null, "never"))
                .build();
        try (var upstream = ScriptedUpstream.start().always(script);
                var gateway = TestGateway.before(upstream.url())) {
            Chats.Answer answer = ask(gateway, streamed());
            assertThat(answer.body()).doesNotContain("never");
            assertThat(answer.data().stream().filter("[DONE]"::equals)).hasSize(1);
            assertThat(answer.done()).isTrue();
            assertThat(Chats.row(gateway).path("outcome").asString()).isEqualTo("complete");
        }
    }

    @Test
    void theAnswerEndsWithDoneAlthoughTheUpstreamStaysOpen() {
        Script script = OpenAiScripts.streaming().text("Hi").toBuilder().hang().build();
        try (var upstream = ScriptedUpstream.start().always(script);
                var gateway = TestGateway.before(upstream.url())) {
            assertThat(ask(gateway, streamed()).done()).isTrue();
            upstream.awaitOpenConnections(0, SOON);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLargeEventPassesPieceByPiece(boolean first) {
        String half = "x".repeat(150 * 1024);
        CountDownLatch seen = new CountDownLatch(1);
        String chunk = OpenAiScripts.contentChunk(half + half);
        int middle = chunk.length() / 2;
        ScriptBuilder script = Script.sse();
        if (!first) {
            script.event(OpenAiScripts.roleChunk());
        }
        script.text("data: " + chunk.substring(0, middle))
                .awaitSignal(seen)
                .text(chunk.substring(middle) + "\n\n")
                .event(OpenAiScripts.finishChunk("stop"))
                .event("[DONE]");
        try (var upstream = ScriptedUpstream.start().always(script.build());
                var gateway = TestGateway.before(upstream.url(), "stream_keep_alive: 0");
                RawClient client = gateway.post(streamed())) {
            RawClient.Head head = client.timeout(SOON).readHead();
            String before = client.readUntil("x".repeat(60 * 1024));
            seen.countDown();
            RawClient.Body rest = client.readBody();
            var answer = new Chats.Answer(head, before + rest.text(), rest.clean());
            assertThat(answer.text()).isEqualTo(half + half);
            assertThat(answer.body()).doesNotContain("gpt-4o-mini");
            assertThat(answer.done()).isTrue();
            assertThat(List.of(Chats.row(gateway).path("outcome").asString())).containsExactly("complete");
            Chats.settled(gateway);
        }
    }

    @Test
    void aLargeEventThatIsCutEndsInAnErrorEventOfItsOwn() {
        Script script = Script.sse()
                .event(OpenAiScripts.roleChunk())
                .text("data: " + OpenAiScripts.contentChunk("x".repeat(300_000)).substring(0, 200_000))
                .build();
        try (var upstream = ScriptedUpstream.start().always(script);
                var gateway = TestGateway.before(upstream.url())) {
            Chats.Answer answer = ask(gateway, streamed());
            assertThat(answer.errorEvent().path("code").asString()).isEqualTo("upstream_cut");
            assertThat(Chats.row(gateway).path("outcome").asString()).isEqualTo("cut");
            Chats.settled(gateway);
        }
    }
}
