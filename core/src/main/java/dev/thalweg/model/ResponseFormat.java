package dev.thalweg.model;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What shape the answer must have: any JSON, or JSON of a schema. Immutable. */
public final class ResponseFormat {
    /** Any JSON object. */
    public static final ResponseFormat JSON = new ResponseFormat("", null, null, null);

    private final String name;
    private final @Nullable String description;
    private final @Nullable RawJson schema;
    private final @Nullable Boolean strict;

    private ResponseFormat(
            String name, @Nullable String description, @Nullable RawJson schema, @Nullable Boolean strict) {
        this.name = name;
        this.description = description;
        this.schema = schema;
        this.strict = strict;
    }

    /**
     * JSON of this schema.
     *
     * @param name letters, digits, {@code _} and {@code -}
     * @param schema a JSON schema
     */
    public static ResponseFormat schema(String name, RawJson schema) {
        return new ResponseFormat(name, null, schema, true);
    }

    /** The same with what it is for, and whether the schema binds; null: not said. */
    public ResponseFormat with(@Nullable String newDescription, @Nullable Boolean newStrict) {
        return new ResponseFormat(name, newDescription, schema, newStrict);
    }

    /** The schema's name; empty where there is no schema. */
    public String name() {
        return name;
    }

    /** What it is for. */
    public Optional<String> description() {
        return Optional.ofNullable(description);
    }

    /** The schema; empty where any JSON will do. */
    public Optional<RawJson> schema() {
        return Optional.ofNullable(schema);
    }

    /** Whether the schema binds; empty where that was not said. */
    public Optional<Boolean> strict() {
        return Optional.ofNullable(strict);
    }
}
