package dev.thalweg.core.stream;

import java.util.HashMap;
import java.util.Map;
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
        final int part;
        String id = "";
        boolean named;

        Call(int part) {
            this.part = part;
        }
    }

    /** The latest call of each index: one that is used again stands for its latest call. */
    private final Map<Integer, Call> byIndex = new HashMap<>(4);

    private final Map<String, Call> byId = new HashMap<>(4);
    private final Map<Integer, Call> byPart = new HashMap<>(4);
    private @Nullable Call last;
    private int nextPart;

    /** The part that this piece belongs to: its index where no other call has that part, else the next free one. */
    int find(int index, @Nullable String id, @Nullable String name) {
        Call known = index == NO_INDEX ? withoutIndex(id, name) : byIndex.get(index);
        Call call = known == null || isAnother(known, id, name) ? begin(index) : known;
        if (id != null) {
            call.id = id;
            byId.put(id, call);
        }
        call.named |= name != null;
        return call.part;
    }

    private static boolean isAnother(Call call, @Nullable String id, @Nullable String name) {
        return id != null && name != null && !call.id.isEmpty() && !call.id.equals(id);
    }

    private Call begin(int index) {
        boolean taken = index == NO_INDEX || byPart.containsKey(index);
        Call call = new Call(taken ? nextPart : index);
        nextPart = Math.max(nextPart, call.part == Integer.MAX_VALUE ? 0 : call.part + 1);
        byPart.put(call.part, call);
        if (index != NO_INDEX) {
            byIndex.put(index, call);
        }
        last = call;
        return call;
    }

    private @Nullable Call withoutIndex(@Nullable String id, @Nullable String name) {
        Call known = id == null ? null : byId.get(id);
        if (known != null || last == null) {
            return known;
        }
        boolean begins = id != null || name != null;
        boolean lacksIt = (id == null || last.id.isEmpty()) && (name == null || !last.named);
        return begins && !lacksIt ? null : last;
    }
}
