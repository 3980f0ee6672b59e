package dev.thalweg.core.stream;

import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;
import java.util.HashMap;
import java.util.Map;

/** Remembers fields that come again with every frame, by two hashes each. */
final class SeenFields {
    private final Map<Long, Long> values = new HashMap<>();

    /** Whether this field is new or has another value than last time. */
    boolean isNew(JsonText name, JsonValue value) {
        long hash = value.hash();
        Long before = values.put(name.hash(), hash);
        return before == null || before != hash;
    }
}
