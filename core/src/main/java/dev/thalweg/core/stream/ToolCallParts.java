package dev.thalweg.core.stream;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which tool call a piece belongs to, within one choice. Providers differ: most count their calls by index and send id and
 * name with the first piece; some repeat the id, send it late or never, use one index for every call, or none at all. The
 * rule: a piece belongs to the call of its index, without one to the call of its id, without either to the last one;
 * unless it brings both a new id and a name, or a name without an id or index: then it begins a call. Not thread-safe.
 */
final class ToolCallParts {
    private static final int NO_INDEX = -1;

    private static final class Call {
        final int index;
        final int part;
        String id;
        boolean named;

        Call(int index, int part, String id, boolean named) {
            this.index = index;
            this.part = part;
            this.id = id;
            this.named = named;
        }
    }

    private final List<Call> calls = new ArrayList<>(2);

    /** The part that this piece belongs to: its index where no other call has that part, else the next free one. */
    int find(int index, @Nullable String id, @Nullable String name) {
        int found = index == NO_INDEX ? byId(id, name) : byIndex(index);
        if (found >= 0) {
            Call call = calls.get(found);
            boolean another = id != null && name != null && !call.id.isEmpty() && !call.id.equals(id);
            if (!another) {
                call.id = id == null ? call.id : id;
                call.named |= name != null;
                return call.part;
            }
        }
        Call call = new Call(index, part(index), id == null ? "" : id, name != null);
        calls.add(call);
        return call.part;
    }

    private int part(int index) {
        int next = 0;
        boolean taken = index == NO_INDEX;
        for (Call call : calls) {
            next = Math.max(next, call.part + 1);
            taken |= call.part == index;
        }
        return taken ? next : index;
    }

    /** The last call of this index: one that is used again stands for its latest call. */
    private int byIndex(int index) {
        int i = calls.size() - 1;
        while (i >= 0 && calls.get(i).index != index) {
            i--;
        }
        return i;
    }

    private int byId(@Nullable String id, @Nullable String name) {
        int last = calls.size() - 1;
        if (id != null) {
            for (int i = last; i >= 0; i--) {
                if (calls.get(i).id.equals(id)) {
                    return i;
                }
            }
        }
        boolean begins = id != null || name != null;
        boolean unfinishedHead =
                last >= 0 && (id == null || calls.get(last).id.isEmpty()) && (name == null || !calls.get(last).named);
        return begins && !unfinishedHead ? -1 : last;
    }
}
