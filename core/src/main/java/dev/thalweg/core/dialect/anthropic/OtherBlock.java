package dev.thalweg.core.dialect.anthropic;

import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonSyntaxException;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;
import java.util.Objects;

/**
 * Puts a block together that only this protocol has a word for: its input from the pieces it came in, any other member as it
 * came last.
 */
final class OtherBlock {
    /** The input stands deeper in the block, which every other reader has to be able to read. */
    private static final int INPUT_DEPTH = JsonCursor.DEFAULT_DEPTH - 8;

    private final JsonCursor cursor = new JsonCursor(JsonCursor.DEFAULT_DEPTH, false);
    private final JsonCursor inputs = new JsonCursor(INPUT_DEPTH, false);
    private final JsonText name = new JsonText();
    private final JsonValue value = new JsonValue();
    private final JsonValue whole = new JsonValue();

    void grow(OpenBlock block, DeltaFields delta) {
        if (delta.is("input_json_delta")) {
            JsonText piece = delta.text;
            if (piece != null) {
                block.input.characters(piece);
            }
            return;
        }
        JsonValue all = delta.all;
        cursor.reset(all.array(), all.start(), all.end() - all.start());
        if (cursor.peek() != '{') {
            return;
        }
        cursor.enterObject();
        while (cursor.nextMember()) {
            cursor.skipMember(name, value);
            if (!name.is("type")) {
                byte[] copy = new ByteBuilder(64).value(value).toBytes();
                block.changed.put(name.decode(), new JsonValue().set(copy, 0, copy.length));
            }
        }
    }

    /** The block as a list of one, as fields of a message are added up. Valid until the next one. */
    JsonValue whole(OpenBlock block) {
        byte[] begun = Bytes.utf8(Objects.requireNonNull(block.begun));
        ByteBuilder json = new ByteBuilder(begun.length + 64).ascii("[{");
        String comma = "";
        if (block.input.length() > 0) {
            byte[] input = input(block);
            block.changed.put("input", new JsonValue().set(input, 0, input.length));
        }
        cursor.reset(begun, 0, begun.length);
        cursor.enterObject();
        while (cursor.nextMember()) {
            cursor.skipMember(name, value);
            JsonValue later = block.changed.remove(name.decode());
            json.ascii(comma).string(name).ascii(":").value(later == null ? value : later);
            comma = ",";
        }
        for (var member : block.changed.entrySet()) {
            json.ascii(comma).string(member.getKey()).ascii(":").value(member.getValue());
            comma = ",";
        }
        json.ascii("}]");
        return whole.set(json.array(), 0, json.length());
    }

    /** The input the pieces make; what is no JSON, because it was cut, as a text. */
    private byte[] input(OpenBlock block) {
        byte[] quoted = new ByteBuilder(block.input.length() + 2)
                .ascii("\"")
                .append(block.input.array(), 0, block.input.length())
                .ascii("\"")
                .toBytes();
        cursor.reset(quoted, 0, quoted.length);
        cursor.readText(name);
        byte[] json = Bytes.utf8(name.decode());
        try {
            inputs.reset(json, 0, json.length);
            inputs.skip();
            inputs.finish();
            return json;
        } catch (JsonSyntaxException e) {
            return quoted;
        }
    }
}
