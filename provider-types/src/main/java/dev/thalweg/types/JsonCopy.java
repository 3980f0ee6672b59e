package dev.thalweg.types;

import dev.thalweg.model.RawJson;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/** Copies values with their numbers as they are spelled, which a number in between might not be able to say. */
final class JsonCopy {
    private JsonCopy() {}

    /** The value the parser stands at; it stands at its end afterwards. */
    static RawJson of(JsonParser parser) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = JsonMapper.shared().createGenerator(text)) {
            int depth = 0;
            @Nullable JsonToken token = parser.currentToken();
            while (token != null) {
                copy(token, parser, generator);
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                token = depth == 0 ? null : parser.nextToken();
            }
        }
        return new RawJson(text.toString());
    }

    private static void copy(JsonToken token, JsonParser parser, JsonGenerator generator) {
        if (token == JsonToken.VALUE_NUMBER_FLOAT) {
            generator.writeNumber(parser.getString());
        } else {
            generator.copyCurrentEvent(parser);
        }
    }
}
