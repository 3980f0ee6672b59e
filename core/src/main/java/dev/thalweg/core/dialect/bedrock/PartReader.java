package dev.thalweg.core.dialect.bedrock;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the blocks of a caller's message. One that no other protocol has a word for stays as it is. */
final class PartReader {
    private final JsonCursor cursor;

    PartReader(JsonCursor cursor) {
        this.cursor = cursor;
    }

    /** A list of blocks; nothing where it is left out. */
    List<Part> content(Members owner, String name) {
        List<JsonValue> blocks = owner.list(name);
        List<Part> parts = new ArrayList<>(blocks.size());
        for (int i = 0; i < blocks.size(); i++) {
            Members block = new Members(cursor, blocks.get(i), owner.path(name) + "[" + i + "]");
            Part.Native own = new Part.Native(
                    BedrockDialect.NAME, new RawJson(blocks.get(i).decode()));
            @Nullable Part cached = block.has("cachePoint") && !parts.isEmpty() ? cached(parts.getLast(), block) : null;
            if (cached != null) {
                parts.set(parts.size() - 1, cached);
            } else {
                @Nullable Part part = part(block);
                parts.add(part == null ? own : part);
            }
        }
        return parts;
    }

    private @Nullable Part part(Members block) {
        if (block.has("text")) {
            return new Part.Text(block.required("text"));
        } else if (block.has("image")) {
            return image(object(block, "image"));
        } else if (block.has("document")) {
            return document(object(block, "document"));
        } else if (block.has("audio")) {
            return audio(object(block, "audio"));
        } else if (block.has("toolUse")) {
            return toolUse(object(block, "toolUse"));
        } else if (block.has("toolResult")) {
            return toolResult(object(block, "toolResult"));
        } else if (block.has("reasoningContent")) {
            return reasoning(object(block, "reasoningContent"));
        } else if (block.has("citationsContent")) {
            return cited(block);
        }
        return null;
    }

    /** Up to here a prompt is cached: other protocols say so of the part before. Null for one that cannot say it. */
    private @Nullable Part cached(Part part, Members block) {
        String ttl = object(block, "cachePoint").text("ttl");
        boolean known = "5m".equals(ttl) || "1h".equals(ttl);
        RawJson control =
                new RawJson(known ? "{\"type\":\"ephemeral\",\"ttl\":\"" + ttl + "\"}" : "{\"type\":\"ephemeral\"}");
        Map<String, RawJson> extra = new LinkedHashMap<>(part.extra());
        extra.put(CachePoint.CONTROL, control);
        return switch (part) {
            case Part.Text text -> new Part.Text(text.text(), extra);
            case Part.Image image -> new Part.Image(image.source(), image.detail(), extra);
            case Part.File file -> new Part.File(file.source(), file.name(), extra);
            case Part.Call call -> new Part.Call(call.call(), extra);
            case Part.ToolResult result ->
                new Part.ToolResult(result.callId(), result.content(), result.error(), extra);
            default -> null;
        };
    }

    private static Members object(Members block, String name) {
        Members object = block.object(name);
        if (object == null) {
            throw Members.problem(
                    "'" + block.path(name) + "' must be an object.", block.path(name), "invalid_parameter_type");
        }
        return object;
    }

    private static @Nullable Part image(Members image) {
        Part.Source source = source(image, "image/" + image.required("format"));
        return source == null ? null : new Part.Image(source, null, owner(image));
    }

    private static @Nullable Part document(Members document) {
        Members from = object(document, "source");
        if (from.has("text")) {
            byte[] text = from.required("text").getBytes(StandardCharsets.UTF_8);
            Part.Source source =
                    Part.Source.base64("text/plain", Base64.getEncoder().encodeToString(text));
            return new Part.File(source, document.text("name"), document.others(Set.of("format", "name", "source")));
        }
        String format = document.text("format");
        Part.Source source = source(document, Formats.mediaType(format == null ? "" : format));
        if (source == null) {
            return null;
        }
        Map<String, RawJson> extra = new LinkedHashMap<>(document.others(Set.of("format", "name", "source")));
        extra.putAll(owner(document));
        return new Part.File(source, document.text("name"), extra);
    }

    private static @Nullable Part audio(Members audio) {
        String format = audio.required("format");
        Part.Source source = source(audio, "audio/" + format);
        return source == null ? null : new Part.Sound(source, format, Map.of());
    }

    /** Where the bytes are; null for a source that only this protocol has. */
    private static Part.@Nullable Source source(Members media, String mediaType) {
        Members source = object(media, "source");
        String bytes = source.text("bytes");
        if (bytes != null) {
            return Part.Source.base64(mediaType, bytes);
        }
        Members place = source.object("s3Location");
        return place == null ? null : Part.Source.url(place.required("uri"));
    }

    /** Whose bucket it is, where it is another's. */
    private static Map<String, RawJson> owner(Members media) {
        Members place = object(media, "source").object("s3Location");
        RawJson owner = place == null ? null : place.raw("bucketOwner");
        return owner == null ? Map.of() : Map.of("bucketOwner", owner);
    }

    private static @Nullable Part toolUse(Members tool) {
        if ("server_tool_use".equals(tool.text("type"))) {
            return null;
        }
        @Nullable RawJson input = tool.raw("input");
        Members unused = tool.object("input");
        return new Part.Call(ToolCall.of(
                tool.required("toolUseId"), tool.required("name"), input == null ? ToolInput.NONE : input.text()));
    }

    private @Nullable Part toolResult(Members result) {
        if (result.has("type")) {
            return null; // of a tool at the provider
        }
        List<Part> parts = new ArrayList<>();
        for (Part part : content(result, "content")) {
            parts.add(part instanceof Part.Native own ? json(own) : part);
        }
        return new Part.ToolResult(
                result.required("toolUseId"), parts, "error".equals(result.text("status")), Map.of());
    }

    /** A result in JSON is text elsewhere. */
    private Part json(Part.Native block) {
        byte[] bytes = block.json().text().getBytes(StandardCharsets.UTF_8);
        RawJson json = new Members(cursor, new JsonValue().set(bytes, 0, bytes.length), "").raw("json");
        return json == null ? block : new Part.Text(json.text());
    }

    private static Part reasoning(Members content) {
        String redacted = content.text("redactedContent");
        if (redacted != null) {
            return new Part.Reasoning(Sealed.ofCaller(redacted));
        }
        Members words = object(content, "reasoningText");
        return new Part.Reasoning(Origin.signed(words.required("text"), words.text("signature"), BedrockDialect.NAME));
    }

    /** The words of an earlier answer, and what they cited, which only this protocol has a place for. */
    private Part cited(Members block) {
        Members content = object(block, "citationsContent");
        StringBuilder text = new StringBuilder();
        for (Part part : content(content, "content")) {
            text.append(part instanceof Part.Text one ? one.text() : "");
        }
        RawJson all = block.raw("citationsContent");
        return new Part.Text(text.toString(), all == null ? Map.of() : Map.of("citationsContent", all));
    }
}
