package dev.thalweg.core.dialect.responses;

import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.JsonValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The output of an answer that is being written: each item has its place from when it opens, and is kept when it is whole. */
final class OutputItems {
    private final EventLines lines;
    private final List<byte @Nullable []> items = new ArrayList<>();
    private int bytes;

    OutputItems(EventLines lines) {
        this.lines = lines;
    }

    /** The place of an item that opens now. */
    int next() {
        items.add(null);
        return items.size() - 1;
    }

    /** Closes an item. */
    void close(OpenItem item, String status) {
        done(item.index(), item.close(status));
    }

    /** An item that comes whole. */
    void whole(JsonValue item) {
        int index = next();
        ByteBuilder safe = new ByteBuilder(item.end() - item.start());
        byte[] json = SafeText.append(safe, item).toBytes();
        event("response.output_item.added", index, json);
        done(index, json);
    }

    private void done(int index, byte[] json) {
        event("response.output_item.done", index, json);
        items.set(index, json);
        bytes += json.length;
    }

    private void event(String type, int index, byte[] json) {
        lines.begin(type)
                .ascii(",\"output_index\":")
                .number(index)
                .ascii(",\"item\":")
                .append(json);
        lines.end();
    }

    /** How many items there are, open ones included. */
    int count() {
        return items.size();
    }

    /** How many bytes are kept. */
    int size() {
        return bytes;
    }

    /** All items that are whole, and those still open as far as they have come. */
    List<byte[]> all(Collection<? extends OpenItem> open) {
        List<byte @Nullable []> copy = new ArrayList<>(items);
        open.forEach(item -> copy.set(item.index(), item.unfinished()));
        List<byte[]> all = new ArrayList<>(copy.size());
        for (byte @Nullable [] item : copy) {
            if (item != null) {
                all.add(item);
            }
        }
        return all;
    }
}
