package dev.thalweg.core.dialect;

import dev.thalweg.core.wire.Bytes;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonSyntaxException;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.RawJson;
import java.util.ArrayList;
import java.util.List;

/** The elements of a list that comes from outside. */
public final class JsonElements {
    private JsonElements() {}

    /** The objects in it, as they are spelled; none where it is no list. */
    public static List<String> objects(RawJson list) {
        byte[] bytes = Bytes.utf8(list.text());
        JsonCursor cursor = new JsonCursor(JsonCursor.DEFAULT_DEPTH * 2, false).reset(bytes, 0, bytes.length);
        List<String> objects = new ArrayList<>();
        JsonValue element = new JsonValue();
        try {
            if (cursor.peek() == '[') {
                cursor.enterArray();
                while (cursor.nextElement()) {
                    boolean object = cursor.peek() == '{';
                    cursor.skip(element);
                    if (object) {
                        objects.add(element.decode());
                    }
                }
            }
        } catch (JsonSyntaxException e) {
            return List.of();
        }
        return objects;
    }
}
