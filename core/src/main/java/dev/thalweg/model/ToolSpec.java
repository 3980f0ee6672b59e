package dev.thalweg.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A tool a model may want called. Immutable. */
public final class ToolSpec {
    private static final RawJson NO_PARAMETERS = new RawJson("{\"type\":\"object\",\"properties\":{}}");

    private final String name;
    private final String description;
    private final RawJson parameters;
    private final @Nullable Boolean strict;
    private final @Nullable String dialect;
    private final Map<String, RawJson> extra;

    private ToolSpec(
            String name,
            String description,
            RawJson parameters,
            @Nullable Boolean strict,
            @Nullable String dialect,
            Map<String, RawJson> extra) {
        this.name = name;
        this.description = description;
        this.parameters = parameters;
        this.strict = strict;
        this.dialect = dialect;
        this.extra = extra;
    }

    /**
     * A tool.
     *
     * @param name letters, digits, {@code _} and {@code -}
     * @param description when to use it, for the model
     * @param parameters the arguments as a JSON schema
     */
    public ToolSpec(String name, String description, RawJson parameters) {
        this(name, description, parameters, null, null, Map.of());
    }

    /**
     * A tool whose parameters are this JSON schema text.
     *
     * @throws IllegalArgumentException when the text is not one JSON value
     */
    public static ToolSpec of(String name, String description, String parametersSchema) {
        return new ToolSpec(name, description, RawJson.checked(parametersSchema, "ToolSpec.of(…)"));
    }

    /** A tool without arguments. */
    public static ToolSpec of(String name, String description) {
        return new ToolSpec(name, description, NO_PARAMETERS);
    }

    /**
     * A tool that one protocol has its own spelling for, because it runs at the provider or takes any text.
     *
     * @param dialect the protocol: {@code openai}, {@code responses}, {@code anthropic}
     * @param json the tool in its spelling
     */
    public static ToolSpec nativeTo(String dialect, String name, RawJson json) {
        return new ToolSpec(name, "", json, null, dialect, Map.of());
    }

    /** The same tool whose arguments must fit the schema, or need not; null: not said. */
    public ToolSpec withStrict(@Nullable Boolean value) {
        return new ToolSpec(name, description, parameters, value, dialect, extra);
    }

    /** The same tool with these further fields of the provider's, by name: {@code cache_control} for example. */
    public ToolSpec withExtra(Map<String, RawJson> fields) {
        Map<String, RawJson> copy = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        return new ToolSpec(name, description, parameters, strict, dialect, copy);
    }

    /** Letters, digits, {@code _} and {@code -}. */
    public String name() {
        return name;
    }

    /** When to use it, for the model. */
    public String description() {
        return description;
    }

    /** The arguments as a JSON schema; of a {@linkplain #dialect() native} tool all of it. */
    public RawJson parameters() {
        return parameters;
    }

    /** Whether the arguments must fit the schema; empty where that was not said. */
    public Optional<Boolean> strict() {
        return Optional.ofNullable(strict);
    }

    /** The only protocol that knows this tool; empty for functions, which all know. */
    public Optional<String> dialect() {
        return Optional.ofNullable(dialect);
    }

    /** Further fields of the provider's, by name. */
    public Map<String, RawJson> extra() {
        return extra;
    }

    @Override
    public String toString() {
        return "ToolSpec[" + name + "]";
    }
}
