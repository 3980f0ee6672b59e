package dev.thalweg.core.dialect.ollama;

import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonSyntaxException;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.RawJson;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/** Writes the options of a request: those of the vocabulary, and those that only this API has. */
final class OptionsWriter {
    private static final String OBJECT = "options";

    private final ByteBuilder json;
    private final Map<String, String> options = new LinkedHashMap<>();

    OptionsWriter(ByteBuilder json) {
        this.json = json;
    }

    /** Whether a further field of a request is an option here, or the object of them. */
    static boolean isOption(String name) {
        return Options.OWN.contains(name) || Options.SHARED.contains(name) || name.equals(OBJECT);
    }

    /** Appends the member; nothing without any. */
    void write(ChatRequest request) {
        request.maxOutputTokens().ifPresent(limit -> options.put("num_predict", Integer.toString(limit)));
        number("temperature", request.temperature());
        number("top_p", request.topP());
        request.topK().ifPresent(topK -> options.put("top_k", Integer.toString(topK)));
        request.seed().ifPresent(seed -> options.put("seed", Long.toString(seed)));
        number("frequency_penalty", request.frequencyPenalty());
        number("presence_penalty", request.presencePenalty());
        stop(request);
        request.extra().forEach((name, value) -> {
            if (name.equals(OBJECT)) {
                members(value);
            } else if (isOption(name)) {
                options.put(name, value.text());
            }
        });
        String before = ",\"options\":{";
        for (Map.Entry<String, String> option : options.entrySet()) {
            json.ascii(before).string(option.getKey()).ascii(":").append(Bytes.utf8(option.getValue()));
            before = ",";
        }
        json.ascii(options.isEmpty() ? "" : "}");
    }

    private void number(String name, OptionalDouble value) {
        value.ifPresent(number -> options.put(name, Double.toString(number)));
    }

    private void stop(ChatRequest request) {
        if (!request.stop().isEmpty()) {
            ByteBuilder list = new ByteBuilder(32);
            String before = "[";
            for (String text : request.stop()) {
                list.ascii(before).string(text);
                before = ",";
            }
            options.put("stop", list.ascii("]").toString());
        }
    }

    /** What a caller of another protocol says in this API's own object. */
    private void members(RawJson object) {
        byte[] bytes = Bytes.utf8(object.text());
        JsonCursor cursor = new JsonCursor(JsonCursor.DEFAULT_DEPTH, false).reset(bytes, 0, bytes.length);
        try {
            cursor.enterObject();
            while (cursor.nextMember()) {
                String name = cursor.key().decode();
                int unused = cursor.peek();
                int start = cursor.position();
                cursor.skip();
                options.put(name, text(bytes, start, cursor.position()));
            }
        } catch (JsonSyntaxException noObject) {
            return;
        }
    }

    private static String text(byte[] bytes, int start, int end) {
        return new ByteBuilder(end - start).append(bytes, start, end - start).toString();
    }
}
