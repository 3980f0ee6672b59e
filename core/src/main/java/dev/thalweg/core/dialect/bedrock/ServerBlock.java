package dev.thalweg.core.dialect.bedrock;

import dev.thalweg.core.dialect.ToolInput;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonSyntaxException;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;

/** Puts a block together that only this protocol has a word for, as a list of one: fields of a message are added up. */
final class ServerBlock {
    /** The input stands deeper in the block, which every other reader has to be able to read. */
    private static final int INPUT_DEPTH = JsonCursor.DEFAULT_DEPTH - 8;

    private final JsonValue whole = new JsonValue();

    /** What stands between the braces of an object. */
    static String members(JsonValue object) {
        String json = object.decode();
        return json.substring(1, json.length() - 1).strip();
    }

    /** A block that came whole. Valid until the next one. */
    JsonValue listed(JsonValue block) {
        return set(new ByteBuilder(block.end() - block.start() + 2)
                .ascii("[")
                .value(block)
                .ascii("]"));
    }

    /** A block that came in pieces. Valid until the next one. */
    JsonValue whole(OpenBlock block) {
        boolean call = block.kind == OpenBlock.Kind.SERVER_CALL;
        ByteBuilder json = new ByteBuilder(block.grown.length() + block.begun.length() + 64);
        json.ascii(call ? "[{\"toolUse\":{" : "[{\"toolResult\":{").append(Bytes.utf8(block.begun));
        json.ascii(block.begun.isEmpty() ? "" : ",");
        if (call) {
            json.ascii("\"input\":").append(input(block));
        } else {
            json.ascii("\"content\":[")
                    .append(block.grown.array(), 0, block.grown.length())
                    .ascii("]");
        }
        return set(json.ascii("}}]"));
    }

    /** The input the pieces make; what is no JSON, because it was cut, as a text. */
    private static byte[] input(OpenBlock block) {
        byte[] quoted = new ByteBuilder(block.grown.length() + 2)
                .ascii("\"")
                .append(block.grown.array(), 0, block.grown.length())
                .ascii("\"")
                .toBytes();
        JsonCursor cursor = new JsonCursor(INPUT_DEPTH, false).reset(quoted, 0, quoted.length);
        JsonText text = new JsonText();
        cursor.readText(text);
        byte[] json = Bytes.utf8(text.isEmpty() ? ToolInput.NONE : text.decode());
        try {
            cursor.reset(json, 0, json.length).skip();
            cursor.finish();
            return json;
        } catch (JsonSyntaxException e) {
            return quoted;
        }
    }

    private JsonValue set(ByteBuilder json) {
        return whole.set(json.array(), 0, json.length());
    }
}
