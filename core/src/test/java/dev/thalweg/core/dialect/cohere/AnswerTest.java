package dev.thalweg.core.dialect.cohere;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.core.dialect.AnswerHead;
import dev.thalweg.core.dialect.Dialect.CallerError;
import dev.thalweg.core.stream.Assembler;
import dev.thalweg.core.stream.EventCollector;
import dev.thalweg.core.wire.Framing;
import dev.thalweg.core.wire.JsonSyntaxException;
import dev.thalweg.model.ChatChoice;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.model.FinishReason;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.ReasoningBlock;
import dev.thalweg.model.ToolCall;
import dev.thalweg.model.Usage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AnswerTest {
    private static final CohereDialect DIALECT = new CohereDialect();

    @Test
    void aWholeAnswerIsReadLikeItsStream() {
        assertThat(whole(Fixtures.ANSWER).toJson())
                .isEqualTo(streamed(Fixtures.TEXT).toJson());
        assertThat(whole(Fixtures.CALLS_ANSWER).toJson())
                .isEqualTo(streamed(Fixtures.CALLS).toJson());
    }

    @Test
    void aCallWithoutArgumentsHasAnEmptyObject() {
        ChatResponse response = whole(Fixtures.CALLS_ANSWER);
        assertThat(response.toolCalls())
                .containsExactly(ToolCall.of("w1", "weather", "{\"city\":\"Bern\"}"), ToolCall.of("n1", "now", "{}"));
        assertThat(response.reasoning()).isEqualTo("I will look.");
        assertThat(response.finishReason().orElseThrow().kind()).isEqualTo(FinishReason.Kind.TOOL_CALLS);
    }

    @Test
    void anAnswerOfThisProtocolComesOutTheSame() {
        JsonNode expected = tree(Fixtures.ANSWER.replace("[1,2],\"logprobs\":[-0.25,-0.5]", "[],\"logprobs\":[-0.75]"));
        assertThat(write(whole(Fixtures.ANSWER), "cohere")).isEqualTo(expected);
    }

    @Test
    void anAnswerOfAnother() {
        ChatResponse response = ChatResponse.builder()
                .id("chatcmpl-1")
                .choices(List.of(
                        ChatChoice.builder(0)
                                .reasoningBlocks(List.of(ReasoningBlock.of("R", "s"), ReasoningBlock.redacted("d")))
                                .content("A")
                                .refusal("No.")
                                .annotations(List.of(
                                        new RawJson("{\"type\":\"url_citation\",\"url_citation\":{\"url\":\"u\","
                                                + "\"title\":\"T\",\"start_index\":0,\"end_index\":1}}"),
                                        new RawJson("{\"x\":1}")))
                                .toolCalls(List.of(
                                        ToolCall.of("c1", "a", ""),
                                        ToolCall.of("c3", "c", "ls").withType(ToolCall.CUSTOM)))
                                .finishReason(FinishReason.of("length"))
                                .build(),
                        ChatChoice.builder(1).content("B").build()))
                .usage(Usage.builder()
                        .inputTokens(9)
                        .cacheReadTokens(4)
                        .outputTokens(2)
                        .build())
                .build();
        assertThat(write(response, "anthropic")).isEqualTo(tree("""
                        {"id":"req-7x","finish_reason":"MAX_TOKENS","message":{"role":"assistant","content":[
                          {"type":"thinking","thinking":"R","signature":"thalweg.anthropic.s"},
                          {"type":"thinking","thinking":"","data":"thalweg.anthropic.d"},
                          {"type":"text","text":"ANo."}],
                         "tool_calls":[{"id":"c1","type":"function","function":{"name":"a","arguments":"{}"}},
                          {"id":"c3","type":"function","function":{"name":"c","arguments":"{\\"input\\":\\"ls\\"}"}}],
                         "citations":[{"start":0,"end":1,"sources":[{"type":"document","id":"u","document":{"id":"u","url":"u","title":"T"}}],"type":"TEXT_CONTENT"}]},
                         "usage":{"billed_units":{"input_tokens":9,"output_tokens":2},"tokens":{"input_tokens":9,"output_tokens":2},"cached_tokens":4},
                         "warnings":["all choices but the first were left out: this protocol has one answer to a request",
                          "a citation was left out: this protocol has no place for one of its kind"]}"""));
    }

    @ParameterizedTest
    @CsvSource({
        "stop, COMPLETE, ''",
        "end_turn, COMPLETE, ''",
        "stop_sequence, STOP_SEQUENCE, ''",
        "STOP_SEQUENCE, STOP_SEQUENCE, ''",
        "pause_turn, COMPLETE, pause_turn",
        "length, MAX_TOKENS, ''",
        "max_tokens, MAX_TOKENS, ''",
        "tool_calls, TOOL_CALL, ''",
        "content_filter, ERROR, content_filter",
        "refusal, ERROR, refusal",
        "error, ERROR, error",
        "what, COMPLETE, what"
    })
    void finishReasons(String raw, String word, String nativeWord) {
        ChatResponse response = ChatResponse.builder()
                .choices(List.of(ChatChoice.builder(0)
                        .content("A")
                        .finishReason(FinishReason.of(raw))
                        .build()))
                .build();
        JsonNode written = write(response, "openai");
        assertThat(written.path("finish_reason").asString()).isEqualTo(word);
        assertThat(written.path("native_finish_reason").asString("")).isEqualTo(nativeWord);
        assertThat(written.has("error")).isEqualTo(word.equals("ERROR"));
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"id\":\"x\",\"message\":\"Broken\"}', null: Broken",
        "'{\"id\":\"x\",\"finish_reason\":\"ERROR\",\"message\":{\"role\":\"assistant\"}}', "
                + "'server_error: The provider ended its answer with the reason ''ERROR''.'"
    })
    void anErrorInsteadOfAnAnswer(String body, String error) {
        Told told = Told.ofAnswer(body);
        assertThat(told.error).isEqualTo(error);
        assertThat(told.lines).isEmpty();
    }

    @Test
    void whatIsNoAnswerIsRefused() {
        assertThatThrownBy(() -> Told.ofAnswer("{\"id\":\"x\"}")).isInstanceOf(JsonSyntaxException.class);
    }

    @Test
    void anErrorHasAnIdAndAMessageAndEndsAStreamAsAMessageThatFailed() {
        CallerError error = new CallerError(
                429,
                "Enough",
                "rate_limit_error",
                "rate_limit_exceeded",
                null,
                "r1",
                List.of(new CallerError.Attempt("a", 500, null)));
        String further = "\"type\":\"rate_limit_error\",\"code\":\"rate_limit_exceeded\","
                + "\"attempts\":[{\"deployment\":\"a\",\"status\":500}]}";
        assertThat(text(DIALECT.writeError(error))).isEqualTo("{\"id\":\"r1\",\"message\":\"Enough\"," + further);
        assertThat(text(DIALECT.writeErrorEvent(error, 3, "id-1", Framing.SSE)))
                .isEqualTo(
                        "event: message-end\ndata: {\"type\":\"message-end\",\"id\":\"id-1\",\"delta\":{\"error\":\"Enough\","
                                + "\"finish_reason\":\"ERROR\"," + further + "}\n\n");
        assertThat(text(DIALECT.writeErrorEvent(error, null))).doesNotContain("\"id\"");
    }

    static ChatResponse whole(String json) {
        EventCollector collector = new EventCollector();
        byte[] bytes = Fixtures.bytes(json);
        assertThat(DIALECT.readAnswer(bytes, 0, bytes.length, collector)).isNull();
        Assembler assembler = new Assembler();
        assembler.add(collector.takeChunk(new RawJson("{}")));
        return assembler.complete();
    }

    static ChatResponse streamed(String stream) {
        EventCollector collector = new EventCollector();
        Told.read(List.of(Fixtures.bytes(stream)), collector, new Told());
        Assembler assembler = new Assembler();
        assembler.add(collector.takeChunk(new RawJson("{}")));
        return assembler.complete();
    }

    private static JsonNode write(ChatResponse response, String upstream) {
        AnswerHead head = new AnswerHead("req-7x", upstream, "the-model", 1L, true, List.of());
        return tree(text(DIALECT.writeAnswer(response, head, ChatRequest.of("m", "Hi"))));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static JsonNode tree(String json) {
        return JsonMapper.shared().readTree(json);
    }
}
