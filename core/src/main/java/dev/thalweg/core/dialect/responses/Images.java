package dev.thalweg.core.dialect.responses;

import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.Part;
import org.jspecify.annotations.Nullable;

/** Makes items of images that stand in an answer as chat completions have them. */
final class Images {
    private Images() {}

    /** The item; null where the image's bytes are not in it. */
    static byte @Nullable [] item(JsonValue image, String id) {
        String url = url(image);
        String bytes = url == null ? "" : Part.Source.url(url).base64();
        if (bytes.isEmpty()) {
            return null;
        }
        return new ByteBuilder(bytes.length() + 128)
                .ascii("{\"id\":")
                .string(id)
                .ascii(",\"type\":\"image_generation_call\",\"status\":\"completed\",\"result\":")
                .string(bytes)
                .ascii("}")
                .toBytes();
    }

    private static @Nullable String url(JsonValue image) {
        if (JsonFields.kind(image) != '{') {
            return null;
        }
        JsonCursor cursor = new JsonCursor(JsonCursor.DEFAULT_DEPTH, false)
                .reset(image.array(), image.start(), image.end() - image.start());
        @Nullable String url = null;
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("image_url") && cursor.peek() == '{') {
                cursor.enterObject();
                while (cursor.nextMember()) {
                    if (cursor.keyIs("url")) {
                        url = JsonText.decodeOrNull(cursor.textOrSkip(new JsonText()));
                    } else {
                        cursor.skip();
                    }
                }
            } else {
                cursor.skip();
            }
        }
        return url;
    }
}
