package dev.thalweg.core.dialect.cohere;

import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.model.ToolCall;

/** A tool's arguments as the text of an object that this protocol wants. */
final class ToolArguments {
    static final String NONE = "{}";

    private ToolArguments() {}

    /** The text for a call whose arguments are an object, nothing, or any text ({@link ToolCall#CUSTOM}). */
    static String of(ToolCall call) {
        if (call.type().equals(ToolCall.CUSTOM)) {
            return ofText(call.arguments());
        }
        return call.arguments().isBlank() ? NONE : call.arguments();
    }

    /** The text for arguments that are any text. */
    static String ofText(String text) {
        return new ByteBuilder(text.length() + 16)
                .ascii("{\"input\":")
                .string(text)
                .ascii("}")
                .toString();
    }
}
