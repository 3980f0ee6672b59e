package dev.thalweg.processor.schema;

import dev.thalweg.processor.schema.JsonSchema.AnyOf;
import dev.thalweg.processor.schema.JsonSchema.Choice;
import dev.thalweg.processor.schema.JsonSchema.Described;
import dev.thalweg.processor.schema.JsonSchema.Items;
import dev.thalweg.processor.schema.JsonSchema.Members;
import dev.thalweg.processor.schema.JsonSchema.Properties;
import dev.thalweg.processor.schema.JsonSchema.Property;
import dev.thalweg.processor.schema.JsonSchema.Simple;
import java.util.List;
import java.util.stream.Collectors;

/** Writes a schema as JSON, each property on a line of its own. */
final class SchemaWriter {
    private SchemaWriter() {}

    static String write(JsonSchema schema) {
        return "{" + members(schema) + "}";
    }

    private static String members(JsonSchema schema) {
        return switch (schema) {
            case Simple simple ->
                type(simple.type()) + (simple.format().isEmpty() ? "" : ",\"format\":" + quoted(simple.format()));
            case Choice choice -> type("string") + ",\"enum\":" + list(choice.values());
            case Items items -> type("array") + ",\"items\":" + write(items.element());
            case Members members -> type("object") + ",\"additionalProperties\":" + write(members.value());
            case Properties object -> type("object") + ",\"properties\":" + properties(object) + required(object);
            case AnyOf any ->
                "\"anyOf\":["
                        + any.cases().stream().map(one -> "\n" + write(one)).collect(Collectors.joining(",")) + "]";
            case Described described ->
                members(described.schema()) + ",\"description\":" + quoted(described.description());
        };
    }

    private static String type(String name) {
        return "\"type\":" + quoted(name);
    }

    private static String properties(Properties object) {
        return object.properties().stream()
                .map(property -> "\n" + quoted(property.name()) + ":" + write(property.schema()))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String required(Properties object) {
        List<String> names = object.properties().stream()
                .filter(Property::required)
                .map(Property::name)
                .toList();
        return names.isEmpty() ? "" : ",\n\"required\":" + list(names);
    }

    private static String list(List<String> texts) {
        return texts.stream().map(SchemaWriter::quoted).collect(Collectors.joining(",", "[", "]"));
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\n' -> json.append("\\n");
                case '\t' -> json.append("\\t");
                default -> json.append(c < ' ' ? "\\u%04x".formatted((int) c) : String.valueOf(c));
            }
        }
        return json.append('"').toString();
    }
}
