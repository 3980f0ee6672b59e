package dev.thalweg.core.dialect.openai;

import dev.thalweg.core.dialect.ToolCallPiece;
import dev.thalweg.core.wire.JsonText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tool calls of one choice that is being written, and which of them a piece belongs to: that of its index, without one
 * that of its id, without either the last one; unless it brings another id and a name, or begins a call without an index.
 * Not thread-safe.
 */
final class OpenCalls {
    private final List<OpenCall> all = new ArrayList<>(2);
    private final Map<Integer, OpenCall> byIndex = new HashMap<>(4);
    private @Nullable OpenCall last;
    private boolean lastEnded;

    List<OpenCall> all() {
        return all;
    }

    /** The call of the last piece. */
    @Nullable
    OpenCall last() {
        return last;
    }

    /** The last call is complete: a piece that does not say otherwise begins another. */
    void end() {
        lastEnded = true;
    }

    /** The call of this piece, which now knows all that the piece says of it. */
    OpenCall of(ToolCallPiece piece) {
        boolean indexed = piece.index() != ToolCallPiece.NO_INDEX;
        OpenCall known = indexed ? byIndex.get(piece.index()) : withoutIndex(piece);
        OpenCall call = known == null || isAnother(known, piece) ? begin(piece.index()) : known;
        if (!call.written) {
            call.identify(piece);
        }
        last = call;
        return call;
    }

    private OpenCall begin(int index) {
        OpenCall call = new OpenCall(all.size());
        all.add(call);
        lastEnded = false;
        if (index != ToolCallPiece.NO_INDEX) {
            byIndex.put(index, call);
        }
        return call;
    }

    private static boolean isAnother(OpenCall call, ToolCallPiece piece) {
        return has(piece.id()) && has(piece.name()) && !call.id.isEmpty() && !isId(call, piece.id());
    }

    private @Nullable OpenCall withoutIndex(ToolCallPiece piece) {
        for (OpenCall call : all) {
            if (has(piece.id()) && isId(call, piece.id())) {
                return call;
            }
        }
        if (last == null || lastEnded) {
            return null;
        }
        boolean begins = has(piece.id()) || has(piece.name());
        boolean lacksIt = (!has(piece.id()) || last.id.isEmpty()) && (!has(piece.name()) || last.name.isEmpty());
        return begins && !lacksIt ? null : last;
    }

    private static boolean has(@Nullable JsonText text) {
        return text != null && !text.isEmpty();
    }

    private static boolean isId(OpenCall call, @Nullable JsonText id) {
        return id != null && call.id.equals(id.decode());
    }
}
