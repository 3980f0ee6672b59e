package dev.thalweg.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A model's wish to have a tool called. Immutable. */
public final class ToolCall {
    /** The usual {@link #type()}: arguments are JSON. */
    public static final String FUNCTION = "function";

    /** The {@link #type()} of a tool whose arguments are any text. */
    public static final String CUSTOM = "custom";

    /** The {@link #type()} of the one call of a message in the form before tool calls existed; it has no id. */
    public static final String FUNCTION_CALL = "function_call";

    private final String type;
    private final String id;
    private final String name;
    private final String arguments;
    private final Map<String, RawJson> extra;

    private ToolCall(String type, String id, String name, String arguments, Map<String, RawJson> extra) {
        this.type = type;
        this.id = id;
        this.name = name;
        this.arguments = arguments;
        this.extra = extra;
    }

    /** A call of a function. */
    public static ToolCall of(String id, String name, String arguments) {
        return new ToolCall(FUNCTION, id, name, arguments, Map.of());
    }

    /** The same call of this type. */
    public ToolCall withType(String value) {
        return new ToolCall(value, id, name, arguments, extra);
    }

    /** The same call with these further fields. */
    public ToolCall withExtra(Map<String, RawJson> value) {
        return new ToolCall(type, id, name, arguments, Collections.unmodifiableMap(new LinkedHashMap<>(value)));
    }

    /** {@code function}, {@code custom} or {@code function_call}. */
    public String type() {
        return type;
    }

    /** What the tool's result refers to; empty where the provider gave none. */
    public String id() {
        return id;
    }

    /** The tool's name. */
    public String name() {
        return name;
    }

    /** The arguments as JSON text; not valid JSON where the answer was cut by its token limit. */
    public String arguments() {
        return arguments;
    }

    /** Further fields of the provider's, to be sent back with the call: Gemini's thought signatures for example. */
    public Map<String, RawJson> extra() {
        return extra;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ToolCall that
                && type.equals(that.type)
                && id.equals(that.id)
                && name.equals(that.name)
                && arguments.equals(that.arguments)
                && extra.equals(that.extra);
    }

    @Override
    public int hashCode() {
        return Objects.hash(type, id, name, arguments);
    }

    @Override
    public String toString() {
        return name + "(" + arguments + ")" + (id.isEmpty() ? "" : "#" + id);
    }
}
