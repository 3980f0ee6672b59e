package dev.thalweg.core.dialect.bedrock;

import dev.thalweg.core.dialect.JsonElements;
import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.model.Message;
import dev.thalweg.model.Part;
import dev.thalweg.model.RawJson;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a conversation: the system's words apart from it, and the user and the model by turns. What tools gave back is part
 * of the user's turn, and its beginning.
 */
final class MessageWriter {
    private final ByteBuilder json;
    private final Warnings warnings;
    private final PartWriter parts;

    MessageWriter(ByteBuilder json, Warnings warnings) {
        this.json = json;
        this.warnings = warnings;
        this.parts = new PartWriter(json, warnings);
    }

    /** Appends the {@code system} member, with this instruction at its end; nothing where there is nothing to say. */
    void system(List<Message> messages, @Nullable String instruction) {
        String before = ",\"system\":[";
        boolean spoken = false;
        for (Message message : messages) {
            if (!isSystem(message)) {
                spoken = true;
                continue;
            }
            if (spoken) {
                warnings.add("a later '" + message.role() + "' message was moved to the beginning");
            }
            for (Part part : message.parts()) {
                if (!(part instanceof Part.Text) && !(part instanceof Part.Native)) {
                    warnings.add("a part of a '" + message.role() + "' message was left out: bedrock takes text there");
                } else if (parts.write(part, before)) {
                    before = ",";
                }
            }
        }
        if (instruction != null && parts.write(new Part.Text(instruction), before)) {
            before = ",";
        }
        json.ascii(before.equals(",") ? "]" : "");
    }

    /** Appends the {@code messages} member, the first one of the body. */
    void messages(List<Message> messages) {
        json.ascii("\"messages\":[");
        String comma = "";
        int i = 0;
        while (i < messages.size()) {
            if (isSystem(messages.get(i))) {
                i++;
                continue;
            }
            boolean model = isModel(messages.get(i));
            List<Message> turn = new ArrayList<>(1);
            for (; i < messages.size() && (isSystem(messages.get(i)) || isModel(messages.get(i)) == model); i++) {
                if (!isSystem(messages.get(i))) {
                    turn.add(messages.get(i));
                }
            }
            comma = turn(turn, model, comma);
        }
        json.ascii("]");
    }

    /** One turn; what stands before the next one. */
    private String turn(List<Message> turn, boolean model, String comma) {
        String start = comma + "{\"role\":\"" + (model ? "assistant" : "user") + "\",\"content\":[";
        String before = start;
        if (!model) {
            before = all(turn, true, before);
        }
        for (Message message : turn) {
            before = blocks(message, before);
        }
        before = all(turn, false, before);
        if (!before.equals(",")) {
            warnings.add("a message without content was left out");
            return comma;
        }
        json.ascii("]}");
        return ",";
    }

    /** The parts of a turn: the results of tools, or all else. */
    private String all(List<Message> turn, boolean results, String start) {
        String before = start;
        for (Message message : turn) {
            for (Part part : message.parts()) {
                if (part instanceof Part.ToolResult == results && parts.write(part, before)) {
                    before = ",";
                }
            }
        }
        return before;
    }

    /** Blocks of this protocol that came back with a message of another. */
    private String blocks(Message message, String start) {
        String before = start;
        for (var field : message.extra().entrySet()) {
            RawJson value = field.getValue();
            if (field.getKey().equals(BedrockDialect.CONTENT_BLOCKS) && isModel(message)) {
                for (String block : JsonElements.objects(value)) {
                    json.ascii(before).append(Bytes.utf8(block));
                    before = ",";
                }
            } else {
                warnings.dropped("messages[]." + field.getKey(), BedrockDialect.NAME);
            }
        }
        return before;
    }

    private static boolean isSystem(Message message) {
        return message.role().equals("system") || message.role().equals("developer");
    }

    private static boolean isModel(Message message) {
        return message.role().equals("assistant");
    }
}
