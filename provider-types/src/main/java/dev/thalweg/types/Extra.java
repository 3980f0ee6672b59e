package dev.thalweg.types;

import dev.thalweg.model.RawJson;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an object that its record has no component for, by their names in the wire and in their order. Immutable.
 *
 * <p>It also remembers, for writing only, how the fields that are empty in the record were spelled: not at all, as null or
 * as an empty list. Two that differ in nothing else are equal.
 */
public final class Extra extends AbstractMap<String, RawJson> {
    /** The spelling of a field that was not there. */
    static final String MISSING = "";

    private static final Extra NONE = new Extra(Map.of(), Map.of());

    private final Map<String, RawJson> fields;
    private final Map<String, String> spellings;

    private Extra(Map<String, RawJson> fields, Map<String, String> spellings) {
        this.fields = fields;
        this.spellings = spellings;
    }

    /** No further fields. */
    public static Extra none() {
        return NONE;
    }

    /** These fields, by their names in the wire. */
    public static Extra of(Map<String, RawJson> fields) {
        return new Extra(Collections.unmodifiableMap(new LinkedHashMap<>(fields)), Map.of());
    }

    /** What a reader found; it does not change the maps any more. */
    static Extra read(Map<String, RawJson> fields, Map<String, String> spellings) {
        return fields.isEmpty() && spellings.isEmpty()
                ? NONE
                : new Extra(Collections.unmodifiableMap(fields), spellings);
    }

    /** The JSON text an empty field was spelled with, or {@link #MISSING}; null where nothing is known. */
    @Nullable
    String spelling(String name) {
        return spellings.get(name);
    }

    @Override
    public @Nullable RawJson get(@Nullable Object name) {
        return fields.get(name);
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return fields.containsKey(name);
    }

    @Override
    public Set<Entry<String, RawJson>> entrySet() {
        return fields.entrySet();
    }
}
