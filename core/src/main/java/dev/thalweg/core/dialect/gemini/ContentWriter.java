package dev.thalweg.core.dialect.gemini;

import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.JsonSyntaxException;
import dev.thalweg.model.Message;
import dev.thalweg.model.Part;
import dev.thalweg.model.RawJson;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a conversation: the system's words apart from it, and the results of the calls of one turn together in one content,
 * because each call must have its result there.
 */
final class ContentWriter {
    private static final String IMAGES = "images";

    private final ByteBuilder json;
    private final Warnings warnings;
    private final PartWriter parts;
    private String comma = "";

    ContentWriter(ByteBuilder json, ModelTraits model, Warnings warnings) {
        this.json = json;
        this.warnings = warnings;
        this.parts = new PartWriter(json, model, warnings);
    }

    /** Appends the {@code contents} member, which is the first of all. */
    void write(List<Message> messages) {
        json.ascii("\"contents\":[");
        List<Part.ToolResult> results = new ArrayList<>();
        boolean spoken = false;
        for (Message message : messages) {
            if (isSystem(message)) {
                if (spoken) {
                    warnings.add("a later '" + message.role() + "' message was moved to the beginning");
                }
                continue;
            }
            spoken = true;
            List<Part> rest = new ArrayList<>(message.parts().size());
            for (Part part : message.parts()) {
                if (part instanceof Part.ToolResult result) {
                    results.add(result);
                } else {
                    rest.add(part);
                }
            }
            if (!rest.isEmpty()) {
                results(results);
                content(message, rest);
            }
        }
        results(results);
        json.ascii("]");
    }

    /** Appends the {@code systemInstruction} member; nothing where there is nothing to say. */
    void system(List<Message> messages) {
        String before = ",\"systemInstruction\":{\"parts\":[";
        for (Message message : messages) {
            if (!isSystem(message)) {
                continue;
            }
            for (Part part : message.parts()) {
                if (!(part instanceof Part.Text text)) {
                    warnings.add("a part of a '" + message.role() + "' message was left out: gemini takes text there");
                } else if (!text.text().isEmpty()) {
                    PartJson.text(json.ascii(before), text.text(), null);
                    before = ",";
                }
            }
        }
        json.ascii(before.equals(",") ? "]}" : "");
    }

    private void results(List<Part.ToolResult> results) {
        if (results.isEmpty()) {
            return;
        }
        parts.begin(start("user"));
        results.forEach(parts::result);
        results.forEach(parts::attachments);
        end();
        results.clear();
    }

    private void content(Message message, List<Part> said) {
        boolean model = message.role().equals("assistant");
        parts.begin(start(model ? "model" : "user"));
        List<Part> all = new ArrayList<>(said);
        message.extra().forEach((name, value) -> {
            if (model && name.equals(GeminiDialect.PARTS)) {
                own(value);
            } else if (model && name.equals(IMAGES)) {
                all.addAll(images(value));
            } else {
                warnings.dropped("messages[]." + name, GeminiDialect.NAME);
            }
        });
        if (model) {
            parts.answer(all);
        } else {
            all.forEach(parts::write);
        }
        end();
    }

    /** Images that came back as chat completions have them in an answer. */
    private List<Part> images(RawJson list) {
        List<Part> images = new ArrayList<>();
        try {
            Nodes.read(list.text()).forEach(image -> {
                String url = image.path("image_url").path("url").asString("");
                if (!url.isEmpty()) {
                    images.add(new Part.Image(url));
                }
            });
        } catch (JsonSyntaxException e) {
            warnings.dropped("messages[]." + IMAGES, GeminiDialect.NAME);
        }
        return images;
    }

    /** Parts of this protocol that came back with a message of another. */
    private void own(RawJson list) {
        try {
            Nodes.read(list.text()).forEach(part -> {
                if (part.isObject()) {
                    parts.raw(Nodes.text(part));
                }
            });
        } catch (JsonSyntaxException e) {
            warnings.add("'" + GeminiDialect.PARTS + "' of a message was left out: it is not a list");
        }
    }

    private String start(String role) {
        return comma + "{\"role\":\"" + role + "\",\"parts\":[";
    }

    private void end() {
        if (parts.any()) {
            json.ascii("]}");
            comma = ",";
        } else {
            warnings.add("a message without content was left out");
        }
    }

    private static boolean isSystem(Message message) {
        return message.role().equals("system") || message.role().equals("developer");
    }
}
