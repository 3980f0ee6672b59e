package dev.thalweg.core.dialect.anthropic;

import dev.thalweg.core.dialect.Members;
import dev.thalweg.core.dialect.Origin;
import dev.thalweg.core.dialect.ToolInput;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.Part;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.ToolCall;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the blocks of a caller's message. One that no other protocol has a word for stays as it is. */
final class PartReader {
    private final JsonCursor cursor;

    PartReader(JsonCursor cursor) {
        this.cursor = cursor;
    }

    /** A member that is a text or a list of blocks; nothing where it is left out. */
    List<Part> content(Members owner, String name) {
        if (owner.isText(name)) {
            return List.of(new Part.Text(owner.required(name)));
        }
        List<JsonValue> blocks = owner.list(name);
        List<Part> parts = new ArrayList<>(blocks.size());
        for (int i = 0; i < blocks.size(); i++) {
            parts.add(part(blocks.get(i), owner.path(name) + "[" + i + "]"));
        }
        return parts;
    }

    private Part part(JsonValue value, String path) {
        Members block = new Members(cursor, value, path);
        String type = block.required("type");
        Part part = switch (type) {
            case "text" -> new Part.Text(block.required("text"), RequestReader.extra(block, "type", "text"));
            case "image" -> image(block);
            case "document" -> document(block);
            case "thinking" -> thinking(block);
            case "redacted_thinking" ->
                new Part.Reasoning(
                        Origin.redacted(block.required("data"), AnthropicDialect.NAME),
                        RequestReader.extra(block, "type", "data"));
            case "tool_use" -> toolUse(block);
            case "tool_result" -> toolResult(block);
            default -> null;
        };
        return part == null ? new Part.Native(AnthropicDialect.NAME, new RawJson(value.decode())) : part;
    }

    private static Part.Reasoning thinking(Members block) {
        String signature = block.text("signature");
        String unmarked = signature == null || signature.isEmpty() ? null : signature;
        return new Part.Reasoning(
                Origin.signed(block.required("thinking"), unmarked, AnthropicDialect.NAME),
                RequestReader.extra(block, "type", "thinking", "signature"));
    }

    private static Part.Call toolUse(Members block) {
        @Nullable RawJson input = block.raw("input");
        Members unused = block.object("input");
        ToolCall call = ToolCall.of(
                block.required("id"), block.required("name"), input == null ? ToolInput.NONE : input.text());
        return new Part.Call(call, RequestReader.extra(block, "type", "id", "name", "input"));
    }

    private Part.ToolResult toolResult(Members block) {
        Boolean error = block.bool("is_error");
        return new Part.ToolResult(
                block.required("tool_use_id"),
                content(block, "content"),
                error != null && error,
                RequestReader.extra(block, "type", "tool_use_id", "content", "is_error"));
    }

    private static @Nullable Part image(Members block) {
        Part.Source source = source(block);
        return source == null ? null : new Part.Image(source, null, RequestReader.extra(block, "type", "source"));
    }

    private static @Nullable Part document(Members block) {
        Part.Source source = source(block);
        return source == null
                ? null
                : new Part.File(source, block.text("title"), RequestReader.extra(block, "type", "source", "title"));
    }

    /** Where the bytes are; null for a source that only this protocol has. */
    private static Part.@Nullable Source source(Members block) {
        Members source = block.object("source");
        if (source == null) {
            throw Members.problem(
                    "Missing required field '" + block.path("source") + "'.",
                    block.path("source"),
                    "missing_parameter");
        }
        return switch (source.required("type")) {
            case "base64" -> Part.Source.base64(source.required("media_type"), source.required("data"));
            case "url" -> Part.Source.url(source.required("url"));
            case "file" -> Part.Source.file(source.required("file_id"));
            case "text" -> {
                byte[] text = source.required("data").getBytes(StandardCharsets.UTF_8);
                yield Part.Source.base64("text/plain", Base64.getEncoder().encodeToString(text));
            }
            default -> null;
        };
    }
}
