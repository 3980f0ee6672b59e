package dev.thalweg.core.dialect.gemini;

import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonSyntaxException;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.model.Part;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.ToolCall;
import org.jspecify.annotations.Nullable;

/** Writes single parts of content. What comes from outside is brought onto one line, for every reader's idea of a line. */
final class PartJson {
    /** Deep enough for what a model writes, and not so deep that the whole is refused for it. */
    private static final int DEPTH = JsonCursor.DEFAULT_DEPTH - 16;

    private PartJson() {}

    /** A piece of text. */
    static ByteBuilder text(ByteBuilder json, JsonText text) {
        return json.ascii("{\"text\":").string(text).ascii("}");
    }

    /** Text that a signature may stand on. */
    static void text(ByteBuilder json, String text, @Nullable String signature) {
        json.ascii("{\"text\":").string(text);
        sign(json, signature).ascii("}");
    }

    /** A piece of thought. */
    static void thought(ByteBuilder json, JsonText text) {
        json.ascii("{\"text\":").string(text).ascii(",\"thought\":true}");
    }

    /** Thought that a signature may vouch for. */
    static void thought(ByteBuilder json, String text, @Nullable String signature) {
        json.ascii("{\"text\":").string(text).ascii(",\"thought\":true");
        sign(json, signature).ascii("}");
    }

    /** A call; its id is left out where it is null. */
    static void call(ByteBuilder json, @Nullable String id, String name, String arguments, @Nullable String signature) {
        json.ascii("{\"functionCall\":{");
        if (id != null) {
            json.ascii("\"id\":").string(id).ascii(",");
        }
        json.ascii("\"name\":").string(name).ascii(",\"args\":");
        line(json, arguments).ascii("}");
        sign(json, signature).ascii("}");
    }

    /** Bytes that a signature may stand on. */
    static void inline(ByteBuilder json, Part.Source source, @Nullable String signature) {
        json.ascii("{\"inlineData\":{\"mimeType\":").string(source.mediaType());
        json.ascii(",\"data\":").string(source.base64()).ascii("}");
        sign(json, signature).ascii("}");
    }

    /** An image of an answer as OpenAI's chat completions spell it; false, and nothing, where its bytes are not in it. */
    static boolean image(ByteBuilder json, RawJson image, @Nullable String signature) {
        try {
            String url = Nodes.read(image.text()).path("image_url").path("url").asString("");
            Part.Source source = Part.Source.url(url);
            if (source.isData()) {
                inline(json, source, signature);
                return true;
            }
        } catch (JsonSyntaxException e) {
            // Then it is no image.
        }
        return false;
    }

    /** The arguments of a call as the object they are here; null where they are none, because they were cut. */
    static @Nullable String arguments(ToolCall call) {
        return arguments(call.type(), call.arguments());
    }

    /** The same of a call that is being written. */
    static @Nullable String arguments(String type, String arguments) {
        if (type.equals(ToolCall.CUSTOM)) {
            return new ByteBuilder(arguments.length() + 16)
                    .ascii("{\"input\":")
                    .string(arguments)
                    .ascii("}")
                    .toString();
        }
        return arguments.isBlank() ? "{}" : isObject(arguments) ? arguments : null;
    }

    /** Whether the text is a JSON object. */
    static boolean isObject(String text) {
        byte[] json = Bytes.utf8(text);
        JsonCursor cursor = new JsonCursor(DEPTH, true).reset(json, 0, json.length);
        try {
            if (cursor.peek() != '{') {
                return false;
            }
            cursor.skip();
            cursor.finish();
            return true;
        } catch (JsonSyntaxException e) {
            return false;
        }
    }

    /** JSON on one line: line ends stand between its tokens, where a blank will do; in a string they can be escaped. */
    static ByteBuilder line(ByteBuilder out, String json) {
        StringBuilder line = new StringBuilder(json.length() + 16);
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            switch (c) {
                case '\n', '\r' -> line.append(' ');
                case '\u0085' -> line.append("\\u0085");
                case '\u2028' -> line.append("\\u2028");
                case '\u2029' -> line.append("\\u2029");
                default -> line.append(c);
            }
        }
        return out.append(Bytes.utf8(line.toString()));
    }

    private static ByteBuilder sign(ByteBuilder json, @Nullable String signature) {
        return signature == null ? json : json.ascii(",\"thoughtSignature\":").string(signature);
    }
}
