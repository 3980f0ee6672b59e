package dev.thalweg.types;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;

/** Reads the JSON object of a wire record. */
final class RecordReader extends ValueDeserializer<WireRecord> {
    private final Class<?> type;

    RecordReader() {
        this(WireRecord.class);
    }

    private RecordReader(Class<?> type) {
        this.type = type;
    }

    @Override
    public ValueDeserializer<?> createContextual(DeserializationContext context, @Nullable BeanProperty property) {
        return new RecordReader(context.getContextualType().getRawClass());
    }

    @Override
    public WireRecord deserialize(JsonParser parser, DeserializationContext context) {
        if (!type.isRecord()) {
            return context.reportInputMismatch(type, "%s is not a record of a provider", type.getName());
        }
        return read(type, parser, context);
    }

    /** The object the parser stands at as this record. */
    static WireRecord read(Class<?> type, JsonParser parser, DeserializationContext context) {
        // Where the type was found out before, the object has been entered.
        JsonToken token = parser.isExpectedStartObjectToken() ? parser.nextToken() : parser.currentToken();
        if (token != JsonToken.PROPERTY_NAME && token != JsonToken.END_OBJECT) {
            return context.reportInputMismatch(type, "expected an object, got %s", token);
        }
        RecordReading reading = new RecordReading(type, parser, context);
        for (; token == JsonToken.PROPERTY_NAME; token = parser.nextToken()) {
            String name = parser.currentName();
            parser.nextToken();
            reading.field(name);
        }
        return reading.end();
    }

    @Override
    public Object getNullValue(DeserializationContext context) {
        return context.reportInputMismatch(type, "expected an object, got null");
    }

    @Override
    public Object getAbsentValue(DeserializationContext context) {
        return getNullValue(context);
    }
}
