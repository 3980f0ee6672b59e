package dev.thalweg.types;

import dev.thalweg.model.RawJson;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.jsontype.TypeSerializer;

/** Writes a wire record as the JSON object it was read from, or could have been. */
final class RecordWriter extends ValueSerializer<WireRecord> {
    @Override
    public void serialize(WireRecord value, JsonGenerator generator, SerializationContext context) {
        RecordShape shape = RecordShape.of(value.getClass());
        generator.writeStartObject();
        if (shape.typeName() != null) {
            generator.writeStringProperty("type", shape.typeName());
        }
        for (WireField field : shape.fields()) {
            write(field, value, generator, context);
        }
        value.extra().forEach((name, json) -> {
            generator.writeName(name);
            generator.writeRawValue(json.text());
        });
        generator.writeEndObject();
    }

    private static void write(
            WireField field, WireRecord owner, JsonGenerator generator, SerializationContext context) {
        @Nullable Object value = field.value(owner);
        @Nullable String spelling = owner.extra().spelling(field.name());
        if (spelling != null && Objects.equals(value, field.missing())) {
            if (!spelling.equals(Extra.MISSING)) {
                generator.writeName(field.name());
                generator.writeRawValue(spelling);
            }
        } else if (value instanceof List<?> elements) {
            if (!elements.isEmpty()) {
                generator.writeName(field.name());
                generator.writeStartArray();
                elements.forEach(element -> write(element, generator, context));
                generator.writeEndArray();
            }
        } else if (value != null) {
            generator.writeName(field.name());
            write(value, generator, context);
        }
    }

    private static void write(Object value, JsonGenerator generator, SerializationContext context) {
        if (value instanceof RawJson json) {
            generator.writeRawValue(json.text());
        } else {
            context.writeValue(generator, value);
        }
    }

    /** The type is a field like any other, and written with them. */
    @Override
    public void serializeWithType(
            WireRecord value, JsonGenerator generator, SerializationContext context, TypeSerializer types) {
        serialize(value, generator, context);
    }
}
