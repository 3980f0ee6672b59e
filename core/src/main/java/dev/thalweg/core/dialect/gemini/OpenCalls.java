package dev.thalweg.core.dialect.gemini;

import dev.thalweg.core.dialect.ToolCallPiece;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.model.ToolCall;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The calls of a candidate that is being written, each gathered until it is whole. A piece belongs to the call of its index,
 * without one to the call of its id, without either to the last one; unless it brings an id and a name that the call does not
 * have: then it begins another.
 */
final class OpenCalls {
    /** One call. */
    static final class Call {
        private final int index;
        final int number;
        String type = ToolCall.FUNCTION;
        String id = "";
        String name = "";
        final StringBuilder arguments = new StringBuilder();

        @Nullable
        String signature;

        boolean written;

        private Call(int index, int number) {
            this.index = index;
            this.number = number;
        }
    }

    private final List<Call> all = new ArrayList<>(2);
    private @Nullable Call last;

    /** All of them, in order. */
    List<Call> all() {
        return all;
    }

    /** The one that grew last. */
    @Nullable
    Call last() {
        return last;
    }

    void take(ToolCallPiece piece) {
        String id = nonEmpty(piece.id());
        String name = nonEmpty(piece.name());
        Call known = piece.index() == ToolCallPiece.NO_INDEX ? withoutIndex(id, name) : byIndex(piece.index());
        boolean another = known != null && id != null && name != null && !known.id.isEmpty() && !known.id.equals(id);
        Call call = known == null || another ? begin(piece.index()) : known;
        last = call;
        call.id = id == null ? call.id : id;
        call.name = name == null ? call.name : name;
        String type = nonEmpty(piece.type());
        call.type = type == null ? call.type : type;
        JsonText arguments = piece.arguments();
        if (arguments != null && !call.written) {
            call.arguments.append(arguments.decode());
        }
    }

    private Call begin(int index) {
        Call call = new Call(index, all.size());
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
        Call latest = all.get(all.size() - 1);
        boolean begins = (id != null && !latest.id.isEmpty()) || (name != null && !latest.name.isEmpty());
        return begins ? null : latest;
    }

    private static @Nullable String nonEmpty(@Nullable JsonText text) {
        return text == null || text.isEmpty() ? null : text.decode();
    }
}
