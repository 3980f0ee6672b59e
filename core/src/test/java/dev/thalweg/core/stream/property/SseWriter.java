package dev.thalweg.core.stream.property;

import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes chunks as server-sent events, in one of the ways there are. */
final class SseWriter {
    private static final String[] COMMENTS = {":", ": keep-alive", ": OPENROUTER PROCESSING", ":\u20AC data: {}"};

    final String lineEnd;
    final boolean pretty;
    final boolean escaped;
    final boolean mark;
    final boolean openEnd;
    private final Rng rng;
    private final JsonMapper mapper;
    private final String colon;
    private final double between;

    SseWriter(Rng rng) {
        this.rng = rng;
        lineEnd = rng.pick("\n", "\n", "\n", "\r\n", "\r\n", "\r");
        pretty = rng.chance(0.1);
        escaped = rng.chance(0.4);
        mark = rng.chance(0.04);
        openEnd = rng.chance(0.1);
        colon = rng.chance(0.8) ? "data: " : "data:";
        between = rng.pick(0.0, 0.03, 0.3);
        mapper = JsonMapper.builder()
                .configure(JsonWriteFeature.ESCAPE_NON_ASCII, escaped)
                .configure(JsonWriteFeature.ESCAPE_FORWARD_SLASHES, escaped && rng.chance(0.5))
                .configure(SerializationFeature.INDENT_OUTPUT, pretty)
                .build();
    }

    String json(ObjectNode tree) {
        return mapper.writeValueAsString(tree);
    }

    byte[] write(List<ObjectNode> chunks, boolean done) {
        StringBuilder out = new StringBuilder(mark ? "\uFEFF" : "");
        for (ObjectNode chunk : chunks) {
            between(out);
            if (rng.chance(between / 3)) {
                out.append(rng.pick("event: message", "id: 7", "retry: 3000")).append(lineEnd);
            }
            json(chunk).lines().forEach(line -> out.append(colon).append(line).append(lineEnd));
            out.append(lineEnd);
        }
        if (done) {
            between(out);
            out.append(colon).append("[DONE]").append(lineEnd).append(lineEnd);
        }
        if (openEnd) {
            out.setLength(out.length() - lineEnd.length() * rng.between(1, 2));
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** A comment, or a blank line that ends no event. */
    private void between(StringBuilder out) {
        while (rng.chance(between)) {
            if (rng.chance(0.7)) {
                out.append(rng.pick(COMMENTS)).append(rng.chance(0.7) ? lineEnd : "");
                out.append(lineEnd);
            } else {
                out.append(lineEnd);
            }
        }
    }
}
