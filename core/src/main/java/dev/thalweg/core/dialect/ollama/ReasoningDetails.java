package dev.thalweg.core.dialect.ollama;

import dev.thalweg.core.dialect.Members;
import dev.thalweg.core.dialect.Origin;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.Part;
import dev.thalweg.model.ReasoningBlock;
import java.util.ArrayList;
import java.util.List;

/**
 * Signed and encrypted reasoning in a message: this API has words for neither, so they travel in a field of the gateway's own,
 * spelled as in chat completions. A caller who sends the message back as it came gives them back to who made them.
 */
final class ReasoningDetails {
    static final String FIELD = "reasoning_details";

    private ReasoningDetails() {}

    /** Appends a block, marked with where it comes from. */
    static void write(ByteBuilder json, ReasoningBlock block, String upstream) {
        String redacted = block.redacted().orElse(null);
        if (redacted != null) {
            json.ascii("{\"type\":\"reasoning.encrypted\",\"data\":")
                    .string(Origin.mark(upstream, OllamaDialect.NAME, redacted))
                    .ascii("}");
            return;
        }
        json.ascii("{\"type\":\"reasoning.text\",\"text\":").string(block.text());
        block.signature()
                .ifPresent(signature ->
                        json.ascii(",\"signature\":").string(Origin.mark(upstream, OllamaDialect.NAME, signature)));
        json.ascii("}");
    }

    /** Those of a caller's message; none where it has no such field. */
    static List<Part> read(Members message) {
        List<Part> parts = new ArrayList<>(0);
        for (JsonValue value : message.list(FIELD)) {
            Members detail = new Members(message.cursor(), value, message.path(FIELD) + "[" + parts.size() + "]");
            String data = detail.text("data");
            String text = detail.text("text");
            parts.add(new Part.Reasoning(
                    data == null
                            ? Origin.signed(text == null ? "" : text, detail.text("signature"), OllamaDialect.NAME)
                            : Origin.redacted(data, OllamaDialect.NAME)));
        }
        return parts;
    }
}
