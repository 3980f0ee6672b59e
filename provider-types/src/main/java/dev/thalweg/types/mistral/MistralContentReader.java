package dev.thalweg.types.mistral;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;

/** Tells the two forms of content apart. */
final class MistralContentReader extends ValueDeserializer<MistralContent> {
    @Override
    public MistralContent deserialize(JsonParser parser, DeserializationContext context) {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            return new MistralContent.Text(parser.getString());
        }
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            return context.reportInputMismatch(MistralContent.class, "content should be a text or a list");
        }
        List<MistralPart> parts = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            parts.add(context.readValue(parser, MistralPart.class));
        }
        return new MistralContent.Parts(parts);
    }
}
