package dev.thalweg.core.dialect.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.core.dialect.Dialect;
import dev.thalweg.core.dialect.Dialect.CallerError;
import dev.thalweg.core.dialect.EventReader.Kind;
import dev.thalweg.core.dialect.FrameSink;
import dev.thalweg.core.stream.Assembler;
import dev.thalweg.core.stream.EventCollector;
import dev.thalweg.core.wire.JsonSyntaxException;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.model.Part;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.ReasoningBlock;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whole answers, ends of streams, errors. */
class OpenAiAnswerTest {
    private static final Dialect CHAT = new OpenAiDialect();

    @Test
    void aWholeAnswerSaysWhatAStreamOfItSays() {
        ChatResponse response = answer("""
                {"id":"msg_1","model":"claude","service_tier":"x","choices":[{"index":0,"message":{"content":"T","thinking_blocks":[
                {"type":"thinking","thinking":"a","signature":"s"}],"tool_calls":[{"function":{"name":"f","arguments":""}}]},
                "finish_reason":"stop"}],"usage":{"input_tokens":3,"output_tokens":4}}""");
        byte[] body = CHAT.writeAnswer(response, Translated.head("anthropic", false, "w"), Translated.REQUEST);
        JsonNode json = JsonMapper.shared().readTree(body);
        assertThat(json.path("id").asString()).isEqualTo("chatcmpl-req1");
        assertThat(json.path("model").asString()).isEqualTo("alias");
        assertThat(json.path("created").asInt()).isEqualTo(17);
        assertThat(json.path("thalweg_warnings").toString()).isEqualTo("[\"w\"]");
        assertThat(json.path("service_tier").asString()).isEqualTo("x");
        assertThat(json.path("usage").path("prompt_tokens").asInt()).isEqualTo(3);
        JsonNode choice = json.path("choices").path(0);
        assertThat(choice.path("finish_reason").asString()).isEqualTo("tool_calls");
        assertThat(choice.path("native_finish_reason").asString()).isEqualTo("stop");
        JsonNode message = choice.path("message");
        assertThat(message.has("thinking_blocks")).isFalse();
        assertThat(message.path("tool_calls").path(0).path("id").asString()).isEqualTo("call_req1_0_0");
        assertThat(message.path("tool_calls")
                        .path(0)
                        .path("function")
                        .path("arguments")
                        .asString())
                .isEqualTo("{}");
        assertThat(answer(json.toString()).choices().get(0).reasoningBlocks())
                .containsExactly(ReasoningBlock.of("a", "thalweg.anthropic.s"));
    }

    @Test
    void aSignatureReturnsToTheUpstreamItCameFrom() {
        ChatResponse response = answer("""
                {"choices":[{"message":{"content":"T","thinking_blocks":[{"thinking":"a","signature":"s"}]}}]}""");
        JsonNode message = JsonMapper.shared()
                .readTree(CHAT.writeAnswer(response, Translated.head("anthropic", false), Translated.REQUEST))
                .path("choices")
                .path(0)
                .path("message");
        byte[] body = ("{\"model\":\"m\",\"messages\":[" + message + "]}").getBytes(StandardCharsets.UTF_8);
        ChatRequest next = CHAT.readRequest(body, 0, body.length);
        assertThat(next.messages().get(0).parts().get(0))
                .isEqualTo(new Part.Reasoning(ReasoningBlock.of("a", "s").withDialect("anthropic")));
    }

    @Test
    void theMarkerEndsAStreamAndAnErrorInAnyFormFailsIt() {
        String chunk = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"x\"}}]}\n\n";
        assertThat(kind(chunk + "data: [DONE]\n\n")).isEqualTo(Kind.END);
        assertThat(kind(": ping\n\n" + chunk + "data: \n\n")).isEqualTo(Kind.PART);
        assertThat(kind(chunk + "data: {\"error\":{\"message\":\"m\"}}\n\n")).isEqualTo(Kind.ERROR);
        assertThat(kind("event: error\ndata: {\"a\":1}\n\n")).isEqualTo(Kind.ERROR);
        assertThat(kind("[{\"error\":{\"code\":404,\"message\":\"m\"}}]\n\n")).isEqualTo(Kind.ERROR);
        assertThat(kind("data: {\"object\":\"error\",\"message\":\"m\"}\n\n")).isEqualTo(Kind.ERROR);
        assertThatThrownBy(() -> kind("data: [DONE]\n\n")).isInstanceOf(JsonSyntaxException.class);
        assertThatThrownBy(() -> kind("<html>\n\n")).isInstanceOf(JsonSyntaxException.class);
        assertThatThrownBy(() -> kind("{\"choices\":[]}\n\n")).isInstanceOf(JsonSyntaxException.class);
    }

    @Test
    void aBodyIsAnAnswerOrAnErrorOrNeither() {
        assertThat(CHAT.readAnswer("{\"choices\":[]}".getBytes(StandardCharsets.UTF_8), 0, 14, new FrameSink() {}))
                .isNull();
        byte[] error = "{\"error\":{\"message\":\"m\",\"code\":\"c\"}}".getBytes(StandardCharsets.UTF_8);
        assertThat(CHAT.readAnswer(error, 0, error.length, new FrameSink() {}))
                .satisfies(body -> assertThat(body.code()).isEqualTo("c"));
        assertThatThrownBy(() -> CHAT.readAnswer("{}".getBytes(StandardCharsets.UTF_8), 0, 2, new FrameSink() {}))
                .isInstanceOf(JsonSyntaxException.class);
    }

    @Test
    void errorsHaveTheEnvelopeThatEveryClientReads() {
        CallerError error = new CallerError(
                429, "m", "rate_limit_error", "c", null, "req1", List.of(new CallerError.Attempt("d", 500, null)));
        String body = "{\"error\":{\"message\":\"m\",\"type\":\"rate_limit_error\",\"param\":null,\"code\":\"c\","
                + "\"request_id\":\"req1\",\"attempts\":[{\"deployment\":\"d\",\"status\":500,\"code\":null}]}}";
        assertThat(new String(CHAT.writeError(error), StandardCharsets.UTF_8)).isEqualTo(body);
        assertThat(new String(CHAT.writeErrorEvent(error, null), StandardCharsets.UTF_8))
                .isEqualTo("event: error\ndata: " + body + "\n\n");
    }

    private static Kind kind(String stream) {
        return Translated.read(stream.getBytes(StandardCharsets.UTF_8), new FrameSink() {});
    }

    private static ChatResponse answer(String json) {
        EventCollector collector = new EventCollector();
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        assertThat(CHAT.readAnswer(body, 0, body.length, collector)).isNull();
        return Assembler.assemble(List.of(collector.takeChunk(new RawJson(json))));
    }
}
