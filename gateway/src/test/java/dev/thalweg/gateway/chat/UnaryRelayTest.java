package dev.thalweg.gateway.chat;

import static dev.thalweg.gateway.chat.Chats.ask;
import static dev.thalweg.gateway.chat.Chats.json;
import static dev.thalweg.gateway.chat.Chats.streamed;
import static dev.thalweg.gateway.chat.Chats.unary;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.gateway.TestGateway;
import dev.thalweg.testkit.Framing;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptedUpstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Answers in one piece, and those that come in one piece where a stream was asked for. */
class UnaryRelayTest {
    private static final String ANSWER = """
            {"id":"x","model" : "m-1",
             "choices":[{"message":{"content":"Hi 🌊"},"finish_reason":"stop","index":0}], "unknown":{"a":[1,2.50]},
             "usage":{"prompt_tokens":7,"completion_tokens":2,"total_tokens":9}}
            """;

    @ParameterizedTest
    @EnumSource(
            value = Framing.class,
            names = {"CHUNKED", "LENGTH", "CLOSE"})
    void theBytesAreTheSameButForTheModel(Framing framing) {
        Script script = Script.status(200)
                .framing(framing)
                .header("Content-Type", "application/json")
                .split(7)
                .text(ANSWER)
                .build();
        try (var upstream = ScriptedUpstream.start().always(script);
                var gateway = TestGateway.before(upstream.url())) {
            Chats.Answer answer = ask(gateway, unary());
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.head().header("content-type")).contains("application/json");
            assertThat(answer.body()).isEqualTo(ANSWER.replace("\"m-1\"", "\"gpt\""));
            JsonNode row = Chats.row(gateway);
            assertThat(row.path("outcome").asString()).isEqualTo("complete");
            assertThat(row.path("finish_reason").asString()).isEqualTo("stop");
            assertThat(row.path("input_tokens").asInt()).isEqualTo(7);
            assertThat(row.path("output_tokens").asInt()).isEqualTo(2);
            assertThat(row.path("estimated").asBoolean()).isFalse();
            Chats.settled(gateway);
        }
    }

    @Test
    void blankLinesBeforeTheAnswerAreFine() {
        try (var upstream = ScriptedUpstream.start().always(Script.json(200, "\n\n\n" + ANSWER));
                var gateway = TestGateway.before(upstream.url())) {
            assertThat(json(ask(gateway, unary()).body()).path("model").asString())
                    .isEqualTo("gpt");
        }
    }

    @Test
    void aCompletionInsteadOfAStreamBecomesAStream() {
        try (var upstream = ScriptedUpstream.start().always(OpenAiScripts.completion("Hello there"));
                var gateway = TestGateway.before(upstream.url())) {
            Chats.Answer answer = ask(gateway, streamed("\"stream_options\":{\"include_usage\":true}"));
            assertThat(answer.head().header("content-type").orElseThrow()).startsWith("text/event-stream");
            assertThat(answer.text()).isEqualTo("Hello there");
            assertThat(answer.done()).isTrue();
            assertThat(answer.body())
                    .contains("\"finish_reason\":\"stop\"", "\"role\":\"assistant\"", "\"usage\":{")
                    .doesNotContain("gpt-4o-mini");
            JsonNode row = Chats.row(gateway);
            assertThat(row.path("outcome").asString()).isEqualTo("complete");
            assertThat(row.path("output_tokens").asInt()).isEqualTo(5);
            assertThat(ask(gateway, streamed()).body()).doesNotContain("usage");
            Chats.settled(gateway);
        }
    }

    @Test
    void aToolCallInOnePieceBecomesAStreamToo() {
        Script script = Script.json(200, """
                {"id":"x","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":null,"tool_calls":[
                {"id":"call_1","type":"function","function":{"name":"f","arguments":"{\\"a\\":1}"}}]},
                "finish_reason":"tool_calls"}]}""");
        try (var upstream = ScriptedUpstream.start().always(script);
                var gateway = TestGateway.before(upstream.url())) {
            Chats.Answer answer = ask(gateway, streamed());
            assertThat(answer.body())
                    .contains("\"call_1\"", "\"name\":\"f\"", "\"finish_reason\":\"tool_calls\"")
                    .contains("{\\\"a\\\":1}");
            assertThat(answer.done()).isTrue();
        }
    }

    private static final String EVERYTHING = """
            {"id":"x","created":17,"model":"m-1","system_fingerprint":"fp","citations":["u"],"choices":[
             {"index":0,"message":{"role":"assistant","content":"Hi 🌊","reasoning_content":"hm","thinking_blocks":[
             {"type":"thinking","thinking":"hm","signature":"s"}],"annotations":[{"n":1}],"notes":[1]},
             "logprobs":{"content":[{"token":"Hi"}]},"finish_reason":"stop","native":"end"},
             {"index":1,"message":{"role":"assistant","content":null,"tool_calls":[
             {"id":"a","type":"function","function":{"name":"f","arguments":"{}"},"extra_content":{"g":1}},
             {"id":"b","type":"custom","custom":{"name":"c","input":"x"}}]},"logprobs":null,"finish_reason":"tool_calls"}],
             "usage":{"prompt_tokens":7,"completion_tokens":2,"total_tokens":9}}
            """;

    @Test
    void aWholeAnswerToAStreamingRequestLosesNothingOnItsWay() {
        try (var upstream = ScriptedUpstream.start().always(Script.json(200, EVERYTHING));
                var gateway = TestGateway.before(upstream.url())) {
            Chats.Answer streamed = ask(gateway, streamed("\"stream_options\":{\"include_usage\":true}"));
            assertThat(streamed.body()).endsWith("data: [DONE]\n\n");

            try (var again = ScriptedUpstream.start()
                            .always(Script.sse().text(streamed.body()).build());
                    var second = TestGateway.before(again.url())) {
                Chats.Answer whole = ask(second, unary());
                assertThat(whole.head().header("content-type")).contains("application/json");
                JsonNode expected = json(EVERYTHING.replace("m-1", "gpt"));
                JsonNode answer = json(whole.body());
                expected.propertyNames()
                        .forEach(name -> assertThat(answer.get(name)).as(name).isEqualTo(expected.get(name)));
                assertThat(Chats.row(second).path("output_tokens").asInt()).isEqualTo(2);
                Chats.settled(second);
            }
        }
    }

    @Test
    void aStreamedAnswerToAUnaryRequestFailsAsWholeOnesDo() {
        Script cut =
                Script.sse().event(OpenAiScripts.contentChunk("Half")).fin().build();
        Script error = Script.sse()
                .event(OpenAiScripts.contentChunk("Half"))
                .event(OpenAiScripts.errorBody("server_error", "overloaded", "Busy"))
                .build();
        try (var upstream = ScriptedUpstream.start().enqueue(cut).always(error);
                var gateway = TestGateway.before(upstream.url())) {
            assertThat(ask(gateway, unary()).status()).isEqualTo(502);
            Chats.Answer failed = ask(gateway, unary());
            assertThat(failed.status()).isGreaterThanOrEqualTo(500);
            assertThat(failed.body()).contains("overloaded");
            Chats.settled(gateway);
        }
    }
}
