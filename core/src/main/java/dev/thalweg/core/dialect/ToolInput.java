package dev.thalweg.core.dialect;

import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonSyntaxException;
import dev.thalweg.model.ToolCall;

/** A tool's arguments as the object some protocols want, where others have a text. */
public final class ToolInput {
    /** Deep enough for what a model writes, and not so deep that a provider refuses the whole request for it. */
    private static final int DEPTH = JsonCursor.DEFAULT_DEPTH - 8;

    /** That of a call without any. */
    public static final String NONE = "{}";

    private ToolInput() {}

    /** Whether the text is a JSON object. */
    public static boolean isObject(String text) {
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

    /** The object for a call whose arguments are an object, nothing, or any text ({@link ToolCall#CUSTOM}). */
    public static String of(ToolCall call) {
        return call.type().equals(ToolCall.CUSTOM)
                ? ofText(call.arguments())
                : call.arguments().isBlank() ? NONE : call.arguments();
    }

    /** The object for arguments that are any text. */
    public static String ofText(String text) {
        return new ByteBuilder(text.length() + 16)
                .ascii("{\"input\":")
                .string(text)
                .ascii("}")
                .toString();
    }
}
