package dev.thalweg.core.dialect.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.core.dialect.AnswerHead;
import dev.thalweg.core.dialect.EventWriter;
import dev.thalweg.core.dialect.FrameSink;
import dev.thalweg.core.dialect.ToolCallPiece;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.ChatRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a caller gets as a stream: the events, checked to be well-formed and in the protocol's order. */
final class Written {
    private static final ChatRequest REQUEST = ChatRequest.of("m", "Hi");

    final List<JsonNode> events = new ArrayList<>();

    /** The events for what an upstream of this protocol tells. */
    static Written by(String upstream, Consumer<FrameSink> upstreamTells) {
        EventWriter writer = new AnthropicDialect().eventWriter(head(upstream), REQUEST);
        upstreamTells.accept(writer);
        writer.complete();
        return new Written(writer.written().toString());
    }

    static AnswerHead head(String upstream, String... warnings) {
        return new AnswerHead("req-7/x", upstream, "the-model", 1L, true, List.of(warnings));
    }

    Written(String stream) {
        assertThat(stream).endsWith("\n\n").doesNotContain("\u2028", "\u2029", "\u0085", "\r");
        for (String event : stream.split("\n\n")) {
            String[] lines = event.split("\n");
            assertThat(lines).as(event).hasSize(2);
            assertThat(lines[0]).startsWith("event: ");
            assertThat(lines[1]).startsWith("data: ");
            JsonNode data = JsonMapper.shared().readTree(lines[1].substring(6));
            assertThat(data.path("type").asString()).isEqualTo(lines[0].substring(7));
            events.add(data);
        }
        inOrder();
    }

    private void inOrder() {
        assertThat(events.get(0).path("type").asString()).isEqualTo("message_start");
        int next = 0;
        boolean open = false;
        for (JsonNode event : events) {
            int index = event.path("index").asInt(-1);
            switch (event.path("type").asString()) {
                case "content_block_start" -> {
                    assertThat(open).isFalse();
                    assertThat(index).isEqualTo(next);
                    open = true;
                }
                case "content_block_delta" -> assertThat(open && index == next).isTrue();
                case "content_block_stop" -> {
                    assertThat(open && index == next).isTrue();
                    open = false;
                    next++;
                }
                default -> assertThat(open).isFalse();
            }
        }
    }

    /** One line for each block, its pieces joined; and the reason. */
    List<String> summary() {
        List<String> lines = new ArrayList<>();
        StringBuilder block = new StringBuilder();
        String input = "";
        for (JsonNode event : events) {
            JsonNode delta = event.path("delta");
            switch (event.path("type").asString()) {
                case "content_block_start" -> {
                    JsonNode begun = event.path("content_block");
                    block.append(begun.path("type").asString());
                    for (String name : List.of("id", "name", "data")) {
                        block.append(begun.has(name) ? " " + begun.path(name).asString() : "");
                    }
                    block.append(":");
                    input = begun.path("input").toString();
                }
                case "content_block_delta" -> {
                    String type = delta.path("type").asString();
                    String piece = delta.path("text").asString("")
                            + delta.path("thinking").asString("")
                            + delta.path("partial_json").asString("");
                    block.append(piece);
                    block.append(
                            type.equals("signature_delta")
                                    ? " #" + delta.path("signature").asString()
                                    : "");
                    block.append(type.equals("citations_delta") ? " @" + delta.path("citation") + " " : "");
                }
                case "content_block_stop" -> {
                    boolean isToolWithoutPieces = block.toString().contains("tool_use ")
                            && block.toString().endsWith(":");
                    lines.add(isToolWithoutPieces ? block + input : block.toString());
                    block.setLength(0);
                }
                case "message_delta" -> lines.add(delta.path("stop_reason").asString());
                case "error" ->
                    lines.add("error " + event.path("error").path("type").asString());
                default -> {}
            }
        }
        return lines;
    }

    JsonNode start() {
        return events.get(0).path("message");
    }

    JsonNode end() {
        return events.get(events.size() - 2);
    }

    static JsonText text(String text) {
        return JsonText.of(text);
    }

    static JsonValue json(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return new JsonValue().set(bytes, 0, bytes.length);
    }

    static ToolCallPiece piece(int index, @Nullable String id, @Nullable String name, @Nullable String arguments) {
        ToolCallPiece piece = new ToolCallPiece().begin(index);
        piece.id(id == null ? null : text(id));
        piece.name(name == null ? null : text(name));
        piece.arguments(arguments == null ? null : text(arguments));
        return piece;
    }
}
