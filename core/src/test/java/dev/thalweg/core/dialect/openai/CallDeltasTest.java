package dev.thalweg.core.dialect.openai;

import static dev.thalweg.core.dialect.openai.Translated.answer;
import static dev.thalweg.core.dialect.openai.Translated.data;
import static dev.thalweg.core.dialect.openai.Translated.events;
import static dev.thalweg.core.dialect.openai.Translated.head;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.core.dialect.FrameSink;
import dev.thalweg.core.dialect.ToolCallPiece;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.StreamEvent.ExtraField.Owner;
import dev.thalweg.model.ToolCall;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tool calls in a stream, as the clients want them that join their pieces. */
class CallDeltasTest {
    @Test
    void aCallSaysWhoItIsInItsFirstDeltaOnly() {
        String stream = events("openai", sink -> {
            call(sink, 0, "id1", "f", "{\"a\"");
            call(sink, 0, "id1", "f", ":1}");
            call(sink, 1, "id2", "g", null);
            sink.finish(0, text("stop"));
        });
        assertThat(calls(stream))
                .containsExactly(
                        "{\"index\":0,\"id\":\"id1\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"a\\\"\"}}",
                        "{\"index\":0,\"function\":{\"arguments\":\":1}\"}}",
                        "{\"index\":1,\"id\":\"id2\",\"type\":\"function\",\"function\":{\"name\":\"g\",\"arguments\":\"\"}}",
                        "{\"index\":1,\"function\":{\"arguments\":\"{}\"}}");
        assertThat(stream).contains("\"finish_reason\":\"tool_calls\",\"native_finish_reason\":\"stop\"");
    }

    @Test
    void aCallWaitsForItsNameAndGetsAnIdWhereItHasNone() {
        String stream = events("openai", sink -> {
            call(sink, ToolCallPiece.NO_INDEX, null, "f", null);
            call(sink, ToolCallPiece.NO_INDEX, null, null, "{}");
            call(sink, ToolCallPiece.NO_INDEX, null, "g", "[1");
            call(sink, ToolCallPiece.NO_INDEX, null, null, "]");
            call(sink, 7, null, null, "{\"late\"");
            call(sink, 7, "id7", "h", ":1}");
        });
        assertThat(answer(stream).toolCalls())
                .containsExactly(
                        ToolCall.of("call_req1_0_0", "f", "{}"),
                        ToolCall.of("call_req1_0_1", "g", "[1]"),
                        ToolCall.of("id7", "h", "{\"late\":1}"));
        assertThat(data(stream).get(1).toString()).contains("\"id\":", "\"name\":\"f\"", "\"index\":0");
    }

    @Test
    void aCutCallIsNotMadeWhole() {
        String stream = events("openai", sink -> {
            call(sink, 0, "id1", "f", null);
            sink.finish(0, text("max_tokens"));
        });
        assertThat(calls(stream)).hasSize(1);
        assertThat(stream).contains("\"finish_reason\":\"length\"");
    }

    @Test
    void aCustomCallHasInputAndFurtherFieldsStayWithTheirCall() {
        String stream = events("openai", sink -> {
            ToolCallPiece piece = piece(0, "id1", "f", null);
            piece.type(text("custom"));
            sink.toolCall(0, piece);
            call(sink, 0, null, null, "any");
            call(sink, 1, null, "g", null);
            sink.extra(Owner.TOOL_CALL, 0, text("extra_content"), value("{\"s\":1}"));
            call(sink, 1, "id2", null, "{}");
            sink.extra(Owner.TOOL_CALL, 0, text("more"), value("2"));
        });
        assertThat(calls(stream))
                .containsExactly(
                        "{\"index\":0,\"id\":\"id1\",\"type\":\"custom\",\"custom\":{\"name\":\"f\",\"input\":\"\"}}",
                        "{\"index\":0,\"custom\":{\"input\":\"any\"}}",
                        "{\"index\":1,\"id\":\"id2\",\"type\":\"function\",\"function\":{\"name\":\"g\",\"arguments\":\"{}\"},\"extra_content\":{\"s\":1}}",
                        "{\"index\":1,\"more\":2,\"function\":{\"arguments\":\"\"}}");
    }

    @Test
    void whoAskedForFunctionsIsAnsweredSo() {
        ChatRequest request =
                Translated.REQUEST.toBuilder().extra("functions", "[]").build();
        String stream = events(head("anthropic", false), request, sink -> {
            call(sink, 0, "id1", "f", null);
            call(sink, 0, null, null, "{\"a\":1}");
            call(sink, 1, "id2", "g", "{}");
            sink.finish(0, text("tool_use"));
        });
        assertThat(stream)
                .contains("\"delta\":{\"function_call\":{\"name\":\"f\",\"arguments\":\"\"}}")
                .contains("\"delta\":{\"function_call\":{\"arguments\":\"{\\\"a\\\":1}\"}}")
                .contains("\"finish_reason\":\"function_call\"")
                .doesNotContain("tool_calls", "id2", "\"g\"");
    }

    private static List<String> calls(String stream) {
        return data(stream).stream()
                .map(chunk -> chunk.path("choices").path(0).path("delta").path("tool_calls"))
                .filter(JsonNode::isArray)
                .flatMap(list -> Stream.of(list.get(0).toString()))
                .toList();
    }

    static void call(
            FrameSink sink, int index, @Nullable String id, @Nullable String name, @Nullable String arguments) {
        sink.toolCall(0, piece(index, id, name, arguments));
    }

    private static ToolCallPiece piece(
            int index, @Nullable String id, @Nullable String name, @Nullable String arguments) {
        ToolCallPiece piece = new ToolCallPiece().begin(index);
        piece.id(id == null ? null : text(id));
        piece.name(name == null ? null : text(name));
        piece.arguments(arguments == null ? null : text(arguments));
        return piece;
    }

    private static JsonText text(String text) {
        return JsonText.of(text);
    }

    private static JsonValue value(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return new JsonValue().set(bytes, 0, bytes.length);
    }
}
