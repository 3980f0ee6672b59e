package dev.thalweg.processor.schema;

import java.util.List;

/** A JSON schema, as far as Java types need one. Immutable; written in one order only, because providers cache prompts. */
public sealed interface JsonSchema {
    /**
     * A value without parts.
     *
     * @param type {@code string}, {@code integer}, {@code number} or {@code boolean}
     * @param format what kind of string, {@code date} for example; empty: any
     */
    record Simple(String type, String format) implements JsonSchema {}

    /** One of these texts. */
    record Choice(List<String> values) implements JsonSchema {}

    /** A list. */
    record Items(JsonSchema element) implements JsonSchema {}

    /** An object whose members are named by the model. */
    record Members(JsonSchema value) implements JsonSchema {}

    /** An object of these members, in order. */
    record Properties(List<Property> properties) implements JsonSchema {}

    /** One of several. */
    record AnyOf(List<JsonSchema> cases) implements JsonSchema {}

    /** A schema and what its value means. */
    record Described(JsonSchema schema, String description) implements JsonSchema {}

    /** A member of an object. */
    record Property(String name, JsonSchema schema, boolean required) {}

    /** The schema with this description instead of its own; as it is where that is empty. */
    default JsonSchema described(String description) {
        return description.isEmpty()
                ? this
                : new Described(this instanceof Described own ? own.schema() : this, description);
    }

    /** As compact JSON text. */
    default String json() {
        return SchemaWriter.write(this).replace("\n", "");
    }

    /** The same with line breaks where people like them, and no other white space. */
    default List<String> lines() {
        return List.of(SchemaWriter.write(this).split("\n"));
    }
}
