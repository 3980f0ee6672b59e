package dev.thalweg.core.dialect.bedrock;

import dev.thalweg.core.dialect.FrameSink;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;

/** Reads an image in an answer, and tells it as chat completions spell one. */
final class Images {
    private Images() {}

    static void tell(JsonValue image, FrameSink sink) {
        JsonCursor cursor = new JsonCursor(JsonCursor.DEFAULT_DEPTH, false);
        JsonText format = JsonText.of("png");
        JsonText bytes = new JsonText();
        boolean found = false;
        cursor.reset(image.array(), image.start(), image.end() - image.start());
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("format")) {
                cursor.textOrSkip(format);
            } else if (cursor.keyIs("source") && cursor.peek() == '{') {
                cursor.enterObject();
                while (cursor.nextMember()) {
                    if (cursor.keyIs("bytes")) {
                        found = cursor.textOrSkip(bytes) != null;
                    } else {
                        cursor.skip();
                    }
                }
            } else {
                cursor.skip();
            }
        }
        if (found) {
            ByteBuilder json = new ByteBuilder(bytes.end() - bytes.start() + 64);
            json.ascii("{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/")
                    .characters(format)
                    .ascii(";base64,")
                    .characters(bytes)
                    .ascii("\"}}");
            sink.image(0, new JsonValue().set(json.array(), 0, json.length()));
        }
    }
}
