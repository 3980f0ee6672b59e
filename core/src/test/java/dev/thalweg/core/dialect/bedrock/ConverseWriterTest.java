package dev.thalweg.core.dialect.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.core.dialect.AnswerHead;
import dev.thalweg.core.dialect.Dialect.CallerError;
import dev.thalweg.core.dialect.EventReader.Kind;
import dev.thalweg.core.dialect.EventWriter;
import dev.thalweg.core.dialect.FrameSink;
import dev.thalweg.core.dialect.ToolCallPiece;
import dev.thalweg.core.wire.Framing;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.model.ChatChoice;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.model.FinishReason;
import dev.thalweg.model.ReasoningBlock;
import dev.thalweg.model.ToolCall;
import dev.thalweg.model.Usage;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ConverseWriterTest {
    private static final BedrockDialect DIALECT = new BedrockDialect();

    @Test
    void whatIsWrittenIsReadAgain() {
        for (byte[] stream : List.of(Fixtures.TEXT, Fixtures.REASONING_AND_CALLS)) {
            Told original = Told.ofStream(List.of(stream));
            Told again = written("bedrock", sink -> Told.read(List.of(stream), sink, new Told()));
            assertThat(pieces(again)).isEqualTo(pieces(original));
            assertThat(again.last).isEqualTo(Kind.END);
            assertThat(again.usage.inputTokens()).isEqualTo(original.usage.inputTokens());
        }
    }

    @Test
    void callsWhosePiecesComeMixedFollowOneAnother() {
        Told told = written("openai", sink -> {
            sink.toolCall(0, piece(0, "a", "one", "{\"x\":"));
            sink.toolCall(0, piece(1, "b", "two", ""));
            sink.text(0, JsonText.of("meanwhile"));
            sink.toolCall(0, piece(0, null, null, "1}"));
            sink.finish(0, JsonText.of("tool_calls"));
        });
        assertThat(pieces(told))
                .containsExactly(
                        "call 0 function a one null",
                        "call 0 null null null {\"x\":",
                        "call 0 null null null 1}",
                        "call 1 function b two null",
                        "call 1 null null null {}",
                        "text meanwhile",
                        "finish tool_use");
    }

    @Test
    void encryptedReasoningOfOthersIsInBase64SoThatClientsCanDecodeIt() {
        Told told = written("anthropic", sink -> {
            sink.redacted(0, JsonText.of("not base 64"));
            sink.reasoning(0, JsonText.of("Hm"));
            sink.signature(0, JsonText.of("Sig=="));
            sink.finish(0, JsonText.of("refusal"));
        });
        String sealed = pieces(told).get(0).substring("redacted ".length());
        assertThat(Sealed.ofCaller(sealed))
                .isEqualTo(ReasoningBlock.redacted("not base 64").withDialect("anthropic"));
        assertThat(pieces(told)).contains("signature thalweg.anthropic.Sig==", "finish content_filtered");
        assertThat(Sealed.ofCaller("QWIrLzk9"))
                .isEqualTo(ReasoningBlock.redacted("QWIrLzk9").withDialect("bedrock"));
    }

    @Test
    void anEndThatIsAnErrorDoesNotLookLikeAnAnswer() {
        Told told = written("gemini", sink -> {
            sink.text(0, JsonText.of("Hel"));
            sink.finish(0, JsonText.of("error"));
        });
        assertThat(told.last).isEqualTo(Kind.ERROR);
        assertThat(told.error).startsWith("internalServerException: ");
    }

    @Test
    void warningsAreInTheLastEvent() {
        EventWriter writer = DIALECT.eventWriter(head("openai", "w1"), ChatRequest.of("m", "Hi"));
        writer.text(0, JsonText.of("Hi"));
        writer.finish(0, JsonText.of("stop"));
        writer.complete();
        assertThat(Told.ofStream(List.of(writer.written().toBytes())).lines)
                .contains("ANSWER warnings [\"w1\"]", "ANSWER metrics {\"latencyMs\":0}", "finish end_turn");
        assertThat(writer.keepAlive()).isEmpty();
    }

    @Test
    void aWholeAnswer() {
        ChatResponse response = ChatResponse.builder()
                .choices(List.of(ChatChoice.builder(0)
                        .content("Hi")
                        .reasoningBlocks(List.of(ReasoningBlock.of("Hm", "S"), ReasoningBlock.redacted("Zz")))
                        .toolCalls(List.of(ToolCall.of("t", "n", "{\"a\":1}")))
                        .finishReason(FinishReason.of("tool_calls"))
                        .build()))
                .usage(Usage.builder()
                        .inputTokens(10)
                        .cacheReadTokens(4)
                        .outputTokens(3)
                        .build())
                .build();
        byte[] body = DIALECT.writeAnswer(response, head("bedrock"), ChatRequest.of("m", "Hi"));
        assertThat(JsonMapper.shared().readTree(body))
                .isEqualTo(JsonMapper.shared().readTree("""
                {"output":{"message":{"role":"assistant","content":[
                {"reasoningContent":{"reasoningText":{"text":"Hm","signature":"S"}}},
                {"reasoningContent":{"redactedContent":"Zz"}},{"text":"Hi"},
                {"toolUse":{"toolUseId":"t","name":"n","input":{"a":1}}}]}},"stopReason":"tool_use",
                "usage":{"inputTokens":6,"outputTokens":3,"totalTokens":13,"cacheReadInputTokens":4},
                "metrics":{"latencyMs":0}}"""));
    }

    @Test
    void errors() {
        CallerError limited =
                new CallerError(429, "Slow \"down\"", "rate_limit_error", "code", "p", "req-1", List.of());
        assertThat(new String(DIALECT.writeError(limited), UTF_8))
                .isEqualTo("{\"message\":\"Slow \\\"down\\\"\",\"code\":\"code\",\"param\":\"p\"}");
        assertThat(BedrockErrors.type(limited)).isEqualTo("ThrottlingException");
        Told told = Told.ofStream(List.of(DIALECT.writeErrorEvent(limited, 3, "", Framing.AWS)));
        assertThat(told.error).isEqualTo("throttlingException: Slow \"down\"");
        CallerError own = new CallerError(200, "m", "modelStreamErrorException", null, null, "req-1", List.of());
        assertThat(BedrockErrors.type(own)).isEqualTo("ModelStreamErrorException");
        assertThat(Told.ofStream(List.of(DIALECT.writeErrorEvent(own, null))).error)
                .isEqualTo("modelStreamErrorException: m");
    }

    private static List<String> pieces(Told told) {
        return told.lines.stream()
                .filter(line -> line.matches("(?s)(text|reasoning|signature|redacted|call|finish) .+"))
                .toList();
    }

    private static Told written(String upstream, Consumer<FrameSink> tells) {
        EventWriter writer = DIALECT.eventWriter(head(upstream), ChatRequest.of("m", "Hi"));
        tells.accept(writer);
        writer.complete();
        return Told.ofStream(List.of(writer.written().toBytes()));
    }

    private static AnswerHead head(String upstream, String... warnings) {
        return new AnswerHead("req-7/x", upstream, "m", 1L, true, Framing.AWS, List.of(warnings));
    }

    private static ToolCallPiece piece(int index, @Nullable String id, @Nullable String name, String arguments) {
        ToolCallPiece piece = new ToolCallPiece().begin(index);
        piece.id(id == null ? null : JsonText.of(id));
        piece.name(name == null ? null : JsonText.of(name));
        piece.arguments(JsonText.of(arguments));
        return piece;
    }
}
