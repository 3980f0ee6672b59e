package dev.thalweg.core.dialect.ollama;

import dev.thalweg.core.dialect.ToolCallPiece;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.model.ToolCall;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the pieces of a streamed answer's calls, which go on whole. A piece belongs to the call of its index, without one to
 * the call of its id, without either to the last one; unless it brings an id and a name that the call does not have: then it
 * begins another.
 */
final class HeldCalls {
    private static final class Call {
        final int index;
        final StringBuilder arguments = new StringBuilder(0);
        String id = "";
        String name = "";
        boolean custom;

        Call(int index) {
            this.index = index;
        }
    }

    private final List<Call> all = new ArrayList<>(0);

    /** Takes a piece. */
    void take(ToolCallPiece piece) {
        String id = nonEmpty(piece.id());
        String name = nonEmpty(piece.name());
        Call known = piece.index() == ToolCallPiece.NO_INDEX ? withoutIndex(id, name) : byIndex(piece.index());
        Call call = known == null || isAnother(known, id, name) ? begin(piece.index()) : known;
        call.id = id == null ? call.id : id;
        call.name = name == null ? call.name : name;
        JsonText type = piece.type();
        call.custom |= type != null && type.is(ToolCall.CUSTOM);
        JsonText arguments = piece.arguments();
        if (arguments != null) {
            call.arguments.append(arguments.decode());
        }
    }

    /** All calls, which are taken. */
    List<ToolCall> taken() {
        List<ToolCall> calls = new ArrayList<>(all.size());
        for (Call call : all) {
            ToolCall whole = ToolCall.of(call.id, call.name, call.arguments.toString());
            calls.add(call.custom ? whole.withType(ToolCall.CUSTOM) : whole);
        }
        all.clear();
        return calls;
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
