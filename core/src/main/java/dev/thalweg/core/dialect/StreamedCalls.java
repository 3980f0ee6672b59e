package dev.thalweg.core.dialect;

import dev.thalweg.core.wire.JsonText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tool calls of a streamed message, and whose piece is whose. A piece belongs to the call of its index, without one to
 * the call of its id, without either to the last one; unless it brings an id and a name that the call does not have: then it
 * begins another. Not thread-safe.
 */
public final class StreamedCalls {
    /** One call. */
    public static final class Call {
        private final int index;
        /** Its id; empty while it is not known. */
        public String id = "";

        /** The tool's name; empty while it is not known. */
        public String name = "";

        /** Whether the tool takes a text and no JSON. */
        public boolean custom;

        /** Whether it has its turn, or waits for it. */
        public boolean queued;

        /** Whether its block is, or was, open. */
        public boolean opened;

        /** Whether any of its input was written. */
        public boolean hasInput;

        /** Whether its block was closed, or never will be opened. */
        public boolean closed;

        /** Arguments that are not written yet. */
        public final StringBuilder waiting = new StringBuilder(0);

        private Call(int index) {
            this.index = index;
        }
    }

    private final List<Call> all = new ArrayList<>(2);

    /** Whether there were any. */
    public boolean any() {
        return !all.isEmpty();
    }

    /** How many there were. */
    public int count() {
        return all.size();
    }

    /** The call this is a piece of, with what the piece says of its id, name and type. */
    public Call take(ToolCallPiece piece) {
        String id = nonEmpty(piece.id());
        String name = nonEmpty(piece.name());
        Call known = piece.index() == ToolCallPiece.NO_INDEX ? withoutIndex(id, name) : byIndex(piece.index());
        Call call = known == null || isAnother(known, id, name) ? begin(piece.index()) : known;
        call.id = id == null ? call.id : id;
        call.name = name == null ? call.name : name;
        JsonText type = piece.type();
        call.custom |= type != null && type.is("custom");
        return call;
    }

    private static boolean isAnother(Call call, @Nullable String id, @Nullable String name) {
        return id != null && name != null && !call.id.isEmpty() && !call.id.equals(id);
    }

    private Call begin(int index) {
        Call call = new Call(index);
        all.add(call);
        return call;
    }

    private @Nullable Call byIndex(int index) {
        for (int i = all.size() - 1; i >= 0; i--) {
            if (all.get(i).index == index) {
                return all.get(i);
            }
        }
        return null;
    }

    private @Nullable Call withoutIndex(@Nullable String id, @Nullable String name) {
        for (Call call : all) {
            if (id != null && call.id.equals(id)) {
                return call;
            }
        }
        if (all.isEmpty()) {
            return null;
        }
        Call last = all.get(all.size() - 1);
        boolean begins = (id != null && !last.id.isEmpty()) || (name != null && !last.name.isEmpty());
        return begins ? null : last;
    }

    private static @Nullable String nonEmpty(@Nullable JsonText text) {
        return text == null || text.isEmpty() ? null : text.decode();
    }
}
