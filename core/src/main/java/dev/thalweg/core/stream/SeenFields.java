package dev.thalweg.core.stream;

import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;
import java.util.Arrays;

/** Remembers fields that come again with every frame, by two hashes each. */
final class SeenFields {
    private long[] names = new long[8];
    private long[] values = new long[8];
    private int size;

    /** Whether this field is new or has another value than last time. */
    boolean isNew(JsonText name, JsonValue value) {
        long key = name.hash();
        long hash = value.hash();
        for (int i = 0; i < size; i++) {
            if (names[i] == key) {
                boolean changed = values[i] != hash;
                values[i] = hash;
                return changed;
            }
        }
        if (size == names.length) {
            names = Arrays.copyOf(names, size * 2);
            values = Arrays.copyOf(values, size * 2);
        }
        names[size] = key;
        values[size++] = hash;
        return true;
    }
}
