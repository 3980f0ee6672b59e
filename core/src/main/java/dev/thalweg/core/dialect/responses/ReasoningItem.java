package dev.thalweg.core.dialect.responses;

import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.core.wire.JsonText;
import org.jspecify.annotations.Nullable;

/** Reasoning that is being written: its words are one part of a summary, and what goes back to the provider comes last. */
final class ReasoningItem implements OpenItem {
    private final EventLines lines;
    private final String id;
    private final int index;
    private final ByteBuilder text = new ByteBuilder(256);
    private final byte[] place;
    private @Nullable String encrypted;
    private boolean open;

    /** Opens it. */
    ReasoningItem(EventLines lines, String id, int index) {
        this.lines = lines;
        this.id = id;
        this.index = index;
        this.place = Bytes.utf8(new ByteBuilder(96)
                        .ascii(",\"item_id\":")
                        .string(id)
                        .ascii(",\"output_index\":")
                        .number(index)
                + ",\"summary_index\":0");
        lines.begin("response.output_item.added")
                .ascii(",\"output_index\":")
                .number(index)
                .ascii(",\"item\":");
        item(lines.written());
        lines.end();
    }

    String id() {
        return id;
    }

    void words(JsonText piece) {
        if (!open) {
            open = true;
            lines.begin("response.reasoning_summary_part.added")
                    .append(place)
                    .ascii(",\"part\":{\"type\":\"summary_text\",\"text\":\"\"}");
            lines.end();
        }
        SafeText.append(text, piece);
        lines.delta("response.reasoning_summary_text.delta", place, piece);
    }

    /** What goes back to the provider. */
    void encrypted(String content) {
        encrypted = content;
    }

    @Override
    public int index() {
        return index;
    }

    @Override
    public int size() {
        return text.length();
    }

    @Override
    public byte[] close(String status) {
        if (open) {
            lines.begin("response.reasoning_summary_text.done")
                    .append(place)
                    .ascii(",\"text\":\"")
                    .append(text.array(), 0, text.length())
                    .ascii("\"");
            lines.end();
            part(lines.begin("response.reasoning_summary_part.done")
                    .append(place)
                    .ascii(",\"part\":"));
            lines.end();
        }
        return unfinished();
    }

    @Override
    public byte[] unfinished() {
        ByteBuilder json = new ByteBuilder(text.length() + 128);
        item(json);
        return json.toBytes();
    }

    private void item(ByteBuilder json) {
        json.ascii("{\"id\":").string(id).ascii(",\"type\":\"reasoning\",\"summary\":[");
        if (open) {
            part(json);
        }
        json.ascii("]");
        if (encrypted != null) {
            json.ascii(",\"encrypted_content\":").string(encrypted);
        }
        json.ascii("}");
    }

    private void part(ByteBuilder json) {
        json.ascii("{\"type\":\"summary_text\",\"text\":\"")
                .append(text.array(), 0, text.length())
                .ascii("\"}");
    }
}
