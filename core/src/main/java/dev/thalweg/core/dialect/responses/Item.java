package dev.thalweg.core.dialect.responses;

import dev.thalweg.core.dialect.ToolCallPiece;

/** What is known of an item of an answer that is being read: what of it was told already. */
final class Item {
    enum Kind {
        MESSAGE,
        REASONING,
        FUNCTION_CALL,
        CUSTOM_CALL,
        OTHER
    }

    Kind kind = Kind.OTHER;
    boolean begun;
    boolean done;

    /** Whether anything of the reasoning, the arguments or the annotations came piece by piece. */
    boolean pieces;

    boolean annotated;
    boolean named;
    boolean grouped;

    /** The last part of a summary that was told. */
    int summary;

    int call = ToolCallPiece.NO_INDEX;

    /** The parts of the content that were told, a bit each. */
    private long told;

    /** Whether this part was told; from now on it was. */
    boolean tell(int part) {
        long bit = 1L << Math.min(part, Long.SIZE - 1);
        boolean before = (told & bit) != 0;
        told |= bit;
        return before;
    }

    boolean isCall() {
        return kind == Kind.FUNCTION_CALL || kind == Kind.CUSTOM_CALL;
    }
}
