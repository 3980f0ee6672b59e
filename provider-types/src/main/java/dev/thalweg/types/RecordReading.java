package dev.thalweg.types;

import dev.thalweg.model.RawJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;

/** One object while it is read. */
final class RecordReading {
    private final Class<?> type;
    private final RecordShape shape;
    private final JsonParser parser;
    private final DeserializationContext context;
    private final @Nullable Object[] values;
    private final Map<String, RawJson> extra = new LinkedHashMap<>();
    private final Map<String, String> spellings = new LinkedHashMap<>();

    RecordReading(Class<?> type, JsonParser parser, DeserializationContext context) {
        this.type = type;
        this.shape = RecordShape.of(type);
        this.parser = parser;
        this.context = context;
        this.values = new @Nullable Object[shape.fields().size() + 1];
    }

    /** Takes the field of this name, whose value the parser stands at. Of two of the same name the last counts. */
    void field(String name) {
        @Nullable Integer index = shape.indexOf(name);
        if (index != null) {
            spellings.remove(name);
            values[index] = value(shape.fields().get(index));
        } else if (!name.equals("type") || shape.typeName() == null) {
            extra.put(name, JsonCopy.of(parser));
        }
    }

    private @Nullable Object value(WireField field) {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            spellings.put(field.name(), "null");
            return null;
        }
        if (!field.list()) {
            return single(field.type());
        }
        List<?> elements = elements(field);
        if (elements.isEmpty()) {
            spellings.put(field.name(), "[]");
        }
        return elements;
    }

    private List<?> elements(WireField field) {
        if (!parser.isExpectedStartArrayToken()) {
            return context.reportInputMismatch(type, "%s should be a list", field.name());
        }
        List<Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            @Nullable Object element = parser.currentToken() == JsonToken.VALUE_NULL ? null : single(field.type());
            if (element == null) {
                return context.reportInputMismatch(type, "%s has null in its list", field.name());
            }
            elements.add(element);
        }
        return elements;
    }

    private @Nullable Object single(Class<?> valueType) {
        if (valueType == RawJson.class) {
            return JsonCopy.of(parser);
        }
        // Most values are one of these two, and looking up their readers would be most of the work.
        if (valueType == String.class && parser.currentToken() == JsonToken.VALUE_STRING) {
            return parser.getString();
        }
        if (valueType.isRecord()) {
            return RecordReader.read(valueType, parser, context);
        }
        return context.readValue(parser, valueType);
    }

    /** The record, after the last field. */
    WireRecord end() {
        for (int i = 0; i < shape.fields().size(); i++) {
            if (values[i] == null) {
                values[i] = missing(shape.fields().get(i));
            }
        }
        values[values.length - 1] = Extra.read(extra, spellings);
        return (WireRecord) shape.create(values);
    }

    private @Nullable Object missing(WireField field) {
        if (field.nullable() || field.list()) {
            return field.missing();
        }
        @Nullable Object value = field.missing();
        if (value == null) {
            return context.reportInputMismatch(type, "%s is missing", field.name());
        }
        spellings.putIfAbsent(field.name(), Extra.MISSING);
        return value;
    }
}
