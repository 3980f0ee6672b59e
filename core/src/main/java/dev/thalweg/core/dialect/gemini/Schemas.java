package dev.thalweg.core.dialect.gemini;

import dev.thalweg.core.dialect.Warnings;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Google's own kind of schema, a part of OpenAPI's, in which older models take parameters: JSON schema made to fit it, and it
 * made JSON schema.
 */
final class Schemas {
    private static final int DEEPEST = 32;

    /** What it has. Anything else is refused. */
    private static final Set<String> TAKEN = Set.of(
            "type",
            "format",
            "title",
            "description",
            "nullable",
            "enum",
            "maxItems",
            "minItems",
            "properties",
            "required",
            "minProperties",
            "maxProperties",
            "minLength",
            "maxLength",
            "pattern",
            "example",
            "anyOf",
            "propertyOrdering",
            "default",
            "items",
            "minimum",
            "maximum");

    private static final Set<String> TEXT_FORMATS = Set.of("enum", "date-time");

    /** What says nothing of the values that fit: nobody misses it. */
    private static final Set<String> SILENT = Set.of("$schema", "$id", "$comment", "$defs", "definitions");

    /** A schema that refers to itself has no end when it is written out. */
    private static final int MOST_NODES = 5_000;

    private final JsonNode root;
    private final String tool;
    private final Warnings warnings;
    private int nodes;

    private Schemas(JsonNode root, String tool, Warnings warnings) {
        this.root = root;
        this.tool = tool;
        this.warnings = warnings;
    }

    /** The JSON schema of a tool's parameters as one of Google's, with a warning of what it has no word for. */
    static JsonNode own(JsonNode schema, String tool, Warnings warnings) {
        return new Schemas(schema, tool, warnings).own(schema, 0);
    }

    private JsonNode own(JsonNode schema, int depth) {
        ObjectNode written = JsonNodeFactory.instance.objectNode();
        if (!schema.isObject() || depth > DEEPEST || ++nodes > MOST_NODES) {
            return written;
        }
        boolean refers = schema.path("$ref").isString();
        if (refers) {
            referred(schema.path("$ref").asString()).forEachEntry((name, value) -> member(name, value, depth, written));
        }
        schema.forEachEntry((name, value) -> {
            if (!refers || !name.equals("$ref")) {
                member(name, value, depth, written);
            }
        });
        return written;
    }

    private void member(String name, JsonNode value, int depth, ObjectNode into) {
        switch (name) {
            case "type" -> type(value, into);
            case "properties" -> {
                ObjectNode properties = JsonNodeFactory.instance.objectNode();
                value.forEachEntry((key, property) -> properties.set(key, own(property, depth + 1)));
                if (!properties.isEmpty()) {
                    into.set(name, properties);
                }
            }
            case "items" -> into.set(name, own(value.isArray() ? value.path(0) : value, depth + 1));
            case "anyOf", "oneOf" -> alternatives(value, depth, into);
            case "allOf" ->
                value.forEach(one -> {
                    if (own(one, depth + 1) instanceof ObjectNode all) {
                        into.setAll(all);
                    }
                });
            case "const" -> {
                into.putArray("enum").add(value.asString(value.toString()));
                into.put("type", "string");
            }
            case "enum" -> texts(value, into);
            case "format" -> {
                if (TEXT_FORMATS.contains(value.asString("")) || isNumberFormat(value.asString(""))) {
                    into.set(name, value);
                }
            }
            default -> {
                if (TAKEN.contains(name)) {
                    into.set(name, value);
                } else if (!SILENT.contains(name)) {
                    warnings.add("'" + name + "' in the parameters of the tool '" + tool
                            + "' was left out: the model takes no such word in a schema");
                }
            }
        }
    }

    private static boolean isNumberFormat(String format) {
        return format.equals("int32") || format.equals("int64") || format.equals("float") || format.equals("double");
    }

    /** A list of types with null in it is one that may be null. */
    private static void type(JsonNode value, ObjectNode into) {
        if (!value.isArray()) {
            into.set("type", value);
            return;
        }
        ArrayNode others = JsonNodeFactory.instance.arrayNode();
        for (JsonNode one : value) {
            if (one.asString("").equals("null")) {
                into.put("nullable", true);
            } else {
                others.addObject().set("type", one);
            }
        }
        if (others.size() == 1) {
            into.set("type", others.path(0).path("type"));
        } else {
            into.set("anyOf", others);
        }
    }

    private void alternatives(JsonNode value, int depth, ObjectNode into) {
        ArrayNode others = JsonNodeFactory.instance.arrayNode();
        for (JsonNode one : value) {
            if (one.path("type").asString("").equals("null")) {
                into.put("nullable", true);
            } else {
                others.add(own(one, depth + 1));
            }
        }
        if (others.size() == 1 && others.path(0) instanceof ObjectNode only) {
            into.setAll(only);
        } else {
            into.set("anyOf", others);
        }
    }

    /** Only texts can be listed. */
    private static void texts(JsonNode value, ObjectNode into) {
        ArrayNode texts = JsonNodeFactory.instance.arrayNode();
        value.forEach(one -> texts.add(one.isString() ? one.asString() : one.toString()));
        into.set("enum", texts);
        into.put("type", "string");
    }

    private JsonNode referred(String reference) {
        if (!reference.startsWith("#/")) {
            return JsonNodeFactory.instance.objectNode();
        }
        JsonNode found = root;
        for (String step : reference.substring(2).split("/", -1)) {
            found = found.path(step.replace("~1", "/").replace("~0", "~"));
        }
        return found;
    }

    /** One of Google's schemas as JSON schema. */
    static JsonNode standard(JsonNode schema) {
        return standard(schema, 0);
    }

    private static JsonNode standard(JsonNode schema, int depth) {
        if (!schema.isObject() || depth > DEEPEST) {
            return schema;
        }
        ObjectNode written = JsonNodeFactory.instance.objectNode();
        boolean nullable = schema.path("nullable").asBoolean(false);
        schema.forEachEntry((spelled, value) -> {
            String name = Fields.camel(spelled);
            switch (name) {
                case "type" -> {
                    String type = value.asString("").toLowerCase(Locale.ROOT);
                    if (nullable) {
                        written.putArray(name).add(type).add("null");
                    } else if (!type.equals("type_unspecified")) {
                        written.put(name, type);
                    }
                }
                case "nullable", "propertyOrdering" -> {}
                case "properties" -> {
                    ObjectNode properties = written.putObject(name);
                    value.forEachEntry((key, property) -> properties.set(key, standard(property, depth + 1)));
                }
                case "items" -> written.set(name, standard(value, depth + 1));
                case "anyOf" -> {
                    ArrayNode all = written.putArray(name);
                    value.forEach(one -> all.add(standard(one, depth + 1)));
                }
                case "minItems", "maxItems", "minLength", "maxLength", "minProperties", "maxProperties" ->
                    written.set(name, whole(value));
                case "format" -> {
                    if (!value.asString("").equals("enum")) {
                        written.set(name, value);
                    }
                }
                default -> written.set(name, value);
            }
        });
        return written;
    }

    /** Google spells long numbers as texts. */
    private static JsonNode whole(JsonNode value) {
        return value.isString() && value.asString().matches("\\d{1,18}")
                ? JsonNodeFactory.instance.numberNode(Long.parseLong(value.asString()))
                : value;
    }
}
