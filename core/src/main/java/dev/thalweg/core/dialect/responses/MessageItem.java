package dev.thalweg.core.dialect.responses;

import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;
import org.jspecify.annotations.Nullable;

/** A message that is being written: its parts open and close within it, texts and refusals. */
final class MessageItem implements OpenItem {
    private final EventLines lines;
    private final String id;
    private final int index;
    private final @Nullable String phase;
    private final ByteBuilder content = new ByteBuilder(256);
    private final ByteBuilder text = new ByteBuilder(256);
    private final ByteBuilder annotations = new ByteBuilder(0);
    private final ByteBuilder logprobs = new ByteBuilder(0);
    private int parts;
    private int annotated;
    private boolean open;
    private boolean refusal;
    private byte[] place = {};

    /** Opens it. */
    MessageItem(EventLines lines, String id, int index, @Nullable String phase) {
        this.lines = lines;
        this.id = id;
        this.index = index;
        this.phase = phase;
        lines.begin("response.output_item.added")
                .ascii(",\"output_index\":")
                .number(index)
                .ascii(",\"item\":");
        item(lines.written(), "in_progress", new ByteBuilder(0));
        lines.end();
    }

    void text(JsonText piece) {
        part(false);
        SafeText.append(text, piece);
        lines.textDelta(place, piece);
    }

    void refusal(JsonText piece) {
        part(true);
        SafeText.append(text, piece);
        lines.delta("response.refusal.delta", place, piece);
    }

    /** A citation, as this protocol spells it. */
    void annotation(JsonValue annotation) {
        part(false);
        annotations.ascii(annotated == 0 ? "" : ",");
        SafeText.append(annotations, annotation);
        ByteBuilder out = lines.begin("response.output_text.annotation.added").append(place);
        out.ascii(",\"annotation_index\":").number(annotated).ascii(",\"annotation\":");
        SafeText.append(out, annotation);
        lines.end();
        annotated++;
    }

    /** The probabilities of the tokens just written, as the elements of a list. */
    void logprobs(JsonValue elements) {
        if (open && !refusal) {
            logprobs.ascii(logprobs.length() == 0 ? "" : ",");
            SafeText.append(logprobs, elements);
            lines.logprobs(elements);
        }
    }

    @Override
    public int index() {
        return index;
    }

    @Override
    public int size() {
        return content.length() + text.length() + annotations.length() + logprobs.length();
    }

    @Override
    public byte[] close(String status) {
        closePart();
        ByteBuilder item = new ByteBuilder(content.length() + 128);
        item(item, status, content);
        return item.toBytes();
    }

    @Override
    public byte[] unfinished() {
        ByteBuilder parts = new ByteBuilder(size() + 64).append(content.array(), 0, content.length());
        if (open) {
            parts.ascii(parts.length() == 0 ? "" : ",");
            part(parts, text);
        }
        ByteBuilder item = new ByteBuilder(parts.length() + 128);
        item(item, "incomplete", parts);
        return item.toBytes();
    }

    private void item(ByteBuilder json, String status, ByteBuilder parts) {
        json.ascii("{\"id\":")
                .string(id)
                .ascii(",\"type\":\"message\",\"status\":\"")
                .ascii(status);
        json.ascii("\",\"content\":[").append(parts.array(), 0, parts.length()).ascii("]");
        if (phase != null) {
            SafeText.append(json.ascii(",\"phase\":"), phase);
        }
        json.ascii(",\"role\":\"assistant\"}");
    }

    private void part(boolean refuses) {
        if (open && refusal == refuses) {
            return;
        }
        closePart();
        open = true;
        refusal = refuses;
        place = Bytes.utf8(new ByteBuilder(96)
                        .ascii(",\"item_id\":")
                        .string(id)
                        .ascii(",\"output_index\":")
                        .number(index)
                + ",\"content_index\":" + parts);
        part(lines.begin("response.content_part.added").append(place).ascii(",\"part\":"), new ByteBuilder(0));
        lines.end();
    }

    private void closePart() {
        if (!open) {
            return;
        }
        ByteBuilder out = lines.begin(refusal ? "response.refusal.done" : "response.output_text.done")
                .append(place);
        out.ascii(refusal ? ",\"refusal\":\"" : ",\"text\":\"").append(text.array(), 0, text.length());
        out.ascii("\"");
        if (!refusal) {
            out.ascii(",\"logprobs\":[")
                    .append(logprobs.array(), 0, logprobs.length())
                    .ascii("]");
        }
        lines.end();
        part(lines.begin("response.content_part.done").append(place).ascii(",\"part\":"), text);
        lines.end();
        part(content.ascii(parts == 0 ? "" : ","), text);
        parts++;
        annotated = 0;
        text.clear();
        annotations.clear();
        logprobs.clear();
        open = false;
    }

    private void part(ByteBuilder json, ByteBuilder words) {
        if (refusal) {
            json.ascii("{\"type\":\"refusal\",\"refusal\":\"");
        } else {
            json.ascii("{\"type\":\"output_text\",\"annotations\":[")
                    .append(annotations.array(), 0, annotations.length());
            json.ascii("],\"logprobs\":[").append(logprobs.array(), 0, logprobs.length());
            json.ascii("],\"text\":\"");
        }
        json.append(words.array(), 0, words.length()).ascii("\"}");
    }
}
