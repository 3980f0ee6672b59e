package dev.thalweg.core.dialect.openai;

import dev.thalweg.core.dialect.ToolCallPiece;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.model.ToolCall;
import org.jspecify.annotations.Nullable;

/** What is known of a tool call that is being written. Its first delta waits until it has a name and an id. */
final class OpenCall {
    /** Its place among the calls of its choice. */
    final int number;

    String type = ToolCall.FUNCTION;
    String id = "";
    String name = "";

    /** Arguments that wait for the first delta; empty once that is written. */
    final ByteBuilder held = new ByteBuilder(0);

    /** Further fields that wait for it, as members. */
    final ByteBuilder extras = new ByteBuilder(0);

    boolean written;
    boolean hasArguments;

    OpenCall(int number) {
        this.number = number;
    }

    /** Takes what a piece says of who it is. */
    void identify(ToolCallPiece piece) {
        type = or(piece.type(), type);
        id = or(piece.id(), id);
        name = or(piece.name(), name);
    }

    /** Where the arguments stand in a delta. */
    boolean isCustom() {
        return type.equals(ToolCall.CUSTOM);
    }

    private static String or(@Nullable JsonText said, String otherwise) {
        return said == null || said.isEmpty() ? otherwise : said.decode();
    }
}
