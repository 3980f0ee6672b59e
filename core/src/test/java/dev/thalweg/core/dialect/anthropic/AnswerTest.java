package dev.thalweg.core.dialect.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.core.dialect.Dialect.CallerError;
import dev.thalweg.core.stream.Assembler;
import dev.thalweg.core.stream.EventCollector;
import dev.thalweg.model.ChatChoice;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.model.FinishReason;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.ReasoningBlock;
import dev.thalweg.model.ToolCall;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AnswerTest {
    private static final AnthropicDialect DIALECT = new AnthropicDialect();

    @Test
    void aWholeAnswerIsReadLikeItsStream() {
        ChatResponse whole = whole(Fixtures.ANSWER);
        assertThat(whole.toJson())
                .isEqualTo(streamed(Fixtures.THINKING_AND_CALLS).toJson());
        assertThat(whole.id()).isEqualTo("msg_01");
        assertThat(whole.content()).isEqualTo("I look.");
        assertThat(whole.choices().get(0).reasoningBlocks())
                .containsExactly(ReasoningBlock.of("Let me see.", "EqQB+/=="), ReasoningBlock.redacted("Ab+/9=="));
        assertThat(whole.toolCalls())
                .containsExactly(
                        ToolCall.of("toolu_1", "weather", "{\"city\": \"Paris\"}"),
                        ToolCall.of("toolu_2", "now", "{}"));
        assertThat(whole.finishReason().orElseThrow().kind()).isEqualTo(FinishReason.Kind.TOOL_CALLS);
        assertThat(whole.usage().orElseThrow().inputTokens()).isEqualTo(3_211);
    }

    @Test
    void blocksOfItsOwnAreKeptTogether() {
        ChatChoice choice = streamed(Fixtures.SEARCH).choices().get(0);
        JsonNode blocks = tree(choice.messageExtra().get("content_blocks").text());
        assertThat(blocks.path(0).path("input").path("query").asString()).isEqualTo("é");
        assertThat(blocks.path(1).path("type").asString()).isEqualTo("web_search_tool_result");
        assertThat(choice.annotations()).hasSize(2);
    }

    @Test
    void anErrorInsteadOfAnAnswer() {
        Told told = Told.ofAnswer("{\"error\":{\"type\":\"api_error\",\"message\":\"Broken\"},\"type\":\"error\"}");
        assertThat(told.error).isEqualTo("api_error: Broken");
        assertThat(told.lines).isEmpty();
    }

    @Test
    void anAnswerOfThisProtocolComesOutTheSame() {
        JsonNode written = write(whole(Fixtures.ANSWER), "anthropic");
        JsonNode expected = tree(Fixtures.ANSWER.replace("claude-x", "the-model"));
        assertThat(written).isEqualTo(expected);
    }

    @Test
    void anAnswerOfAnother() {
        ChatResponse response = ChatResponse.builder()
                .id("chatcmpl-1")
                .choices(List.of(
                        ChatChoice.builder(0)
                                .reasoning("Hm.")
                                .content("A")
                                .refusal("No.")
                                .annotations(List.of(
                                        new RawJson("{\"url_citation\":{\"url\":\"u\"}}"), new RawJson("{\"x\":1}")))
                                .toolCalls(List.of(
                                        ToolCall.of("c1", "a", ""),
                                        ToolCall.of("c2", "b", "{\"cut"),
                                        ToolCall.of("c3", "c", "ls").withType(ToolCall.CUSTOM)))
                                .finishReason(FinishReason.of("length"))
                                .build(),
                        ChatChoice.builder(1).content("B").build()))
                .warnings(List.of("w"))
                .build();
        JsonNode written = write(response, "openai");
        assertThat(written).isEqualTo(tree("""
                        {"id":"msg_req-7x","type":"message","role":"assistant","model":"the-model","content":[
                         {"type":"thinking","thinking":"Hm.","signature":""},
                         {"type":"text","text":"A","citations":[{"type":"web_search_result_location","cited_text":"","url":"u","title":"","encrypted_index":""}]},
                         {"type":"text","text":"No."},
                         {"type":"tool_use","id":"c1","name":"a","input":{}},
                         {"type":"tool_use","id":"c2","name":"b","input":{}},
                         {"type":"tool_use","id":"c3","name":"c","input":{"input":"ls"}}],
                         "stop_reason":"max_tokens","stop_sequence":null,"usage":{"input_tokens":0,"output_tokens":0},
                         "warnings":["w","all choices but the first were left out: this protocol has one answer to a request",
                          "the arguments of a tool call are not a JSON object, and were left out"]}"""));
    }

    @Test
    void signaturesOfOthersAreMarkedAndOwnBlocksAreOnlyOfOwnProviders() {
        ChatResponse response = ChatResponse.builder()
                .choices(List.of(ChatChoice.builder(0)
                        .reasoningBlocks(List.of(ReasoningBlock.of("R", "s"), ReasoningBlock.redacted("d")))
                        .messageExtra(Map.of("content_blocks", new RawJson("[{\"type\":\"x\"}]")))
                        .build()))
                .build();
        assertThat(write(response, "responses").path("content")).isEqualTo(tree("""
                        [{"type":"thinking","thinking":"R","signature":"thalweg.responses.s"},
                         {"type":"redacted_thinking","data":"thalweg.responses.d"}]"""));
        assertThat(write(response, "anthropic").path("content")).isEqualTo(tree("""
                        [{"type":"thinking","thinking":"R","signature":"s"},{"type":"redacted_thinking","data":"d"},{"type":"x"}]"""));
    }

    @ParameterizedTest
    @CsvSource({
        "400, invalid_request_error",
        "401, authentication_error",
        "402, billing_error",
        "403, permission_error",
        "404, not_found_error",
        "409, invalid_request_error",
        "413, request_too_large",
        "429, rate_limit_error",
        "500, api_error",
        "502, api_error",
        "503, overloaded_error",
        "504, timeout_error",
        "529, overloaded_error"
    })
    void errorsHaveTheProtocolsNames(int status, String type) {
        assertThat(error(status, null).path("error").path("type").asString()).isEqualTo(type);
    }

    @Test
    void anErrorTellsAllThatIsKnown() {
        CallerError error = new CallerError(
                429,
                "Enough",
                "rate_limit_error",
                "rate_limit_exceeded",
                "model",
                "r1",
                List.of(new CallerError.Attempt("a", 500, "internal_error"), new CallerError.Attempt("b", 429, null)));
        assertThat(tree(new String(DIALECT.writeError(error), StandardCharsets.UTF_8)))
                .isEqualTo(tree("""
                        {"type":"error","error":{"type":"rate_limit_error","message":"Enough","code":"rate_limit_exceeded","param":"model",
                         "attempts":[{"deployment":"a","status":500,"code":"internal_error"},{"deployment":"b","status":429}]},"request_id":"r1"}"""));
        assertThat(error(429, "insufficient_quota").path("error").path("type").asString())
                .isEqualTo("billing_error");
    }

    @Test
    void countedTokens() {
        assertThat(new String(TokenCount.body(42), StandardCharsets.UTF_8)).isEqualTo("{\"input_tokens\":42}");
    }

    private static JsonNode error(int status, String code) {
        CallerError error = new CallerError(status, "m", "t", code, null, "r", List.of());
        return tree(new String(DIALECT.writeError(error), StandardCharsets.UTF_8));
    }

    static ChatResponse whole(String json) {
        EventCollector collector = new EventCollector();
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
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
        byte[] body = DIALECT.writeAnswer(response, Written.head(upstream), ChatRequest.of("m", "Hi"));
        return JsonMapper.shared().readTree(body);
    }

    private static JsonNode tree(String json) {
        return JsonMapper.shared().readTree(json);
    }
}
