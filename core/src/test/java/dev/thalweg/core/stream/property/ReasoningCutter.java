package dev.thalweg.core.stream.property;

import dev.thalweg.core.stream.property.Habits.Reasoning;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Cuts the reasoning of a message: its text, and the blocks or details it stands in as well. */
final class ReasoningCutter {
    private final Rng rng;
    private final Habits habits;

    ReasoningCutter(Rng rng, Habits habits) {
        this.rng = rng;
        this.habits = habits;
    }

    List<ObjectNode> cut(JsonNode message) {
        List<ObjectNode> steps = new ArrayList<>();
        if (message.has("thinking_blocks")) {
            message.get("thinking_blocks").forEach(block -> block(block, steps));
        } else if (message.has("reasoning_details")) {
            message.get("reasoning_details").forEach(detail -> detail(detail, steps));
        } else {
            Texts.pieces(rng, message.path("reasoning_content").asString(""), habits.pieceLength)
                    .forEach(piece -> steps.add(step(plain(piece))));
        }
        return steps;
    }

    private void block(JsonNode block, List<ObjectNode> steps) {
        if (!block.has("thinking")) {
            steps.add(step(Trees.object("thinking_blocks", Trees.array(block.deepCopy()))));
            return;
        }
        List<String> texts = Texts.pieces(rng, block.get("thinking").stringValue(), habits.pieceLength);
        List<ObjectNode> pieces = new ArrayList<>();
        for (String text : texts) {
            ObjectNode piece = Trees.object("type", "thinking").put("thinking", text);
            if (habits.nullsBeside) {
                piece.putNull("signature");
            } else if (rng.chance(0.2)) {
                piece.put("signature", "");
            }
            pieces.add(piece);
            ObjectNode delta = beside(text);
            delta.set("thinking_blocks", Trees.array(piece));
            steps.add(step(delta));
        }
        if (!block.has("signature")) {
            return;
        }
        if (!pieces.isEmpty() && rng.chance(0.3)) {
            pieces.get(pieces.size() - 1).set("signature", block.get("signature"));
            return;
        }
        ObjectNode last = Trees.object("type", "thinking").put("thinking", "");
        last.set("signature", block.get("signature"));
        ObjectNode delta = rng.chance(0.5) ? beside("") : Trees.object();
        delta.set("thinking_blocks", Trees.array(last));
        steps.add(step(delta));
    }

    private void detail(JsonNode detail, List<ObjectNode> steps) {
        String name = detail.has("text") ? "text" : "summary";
        if (!detail.has(name)) {
            steps.add(step(Trees.object("reasoning_details", Trees.array(detail.deepCopy()))));
            return;
        }
        boolean formatOnEach = rng.chance(0.8);
        ObjectNode piece = Trees.object();
        for (String text : Texts.pieces(rng, detail.get(name).stringValue(), habits.pieceLength)) {
            boolean first = piece.isEmpty();
            piece = identified(detail, first || formatOnEach).put(name, text);
            ObjectNode delta = beside(text);
            delta.set("reasoning_details", Trees.array(piece));
            steps.add(step(delta));
        }
        if (!detail.has("signature")) {
            return;
        }
        if (rng.chance(0.3)) {
            piece.set("signature", detail.get("signature"));
            return;
        }
        ObjectNode last = identified(detail, formatOnEach);
        if (rng.chance(0.3)) {
            last.put(name, "");
        }
        last.set("signature", detail.get("signature"));
        steps.add(step(Trees.object("reasoning_details", Trees.array(last))));
    }

    private static ObjectNode identified(JsonNode detail, boolean format) {
        ObjectNode piece = Trees.object("type", detail.get("type")).set("index", detail.get("index"));
        return format ? piece.set("format", detail.get("format")) : piece;
    }

    private ObjectNode plain(String text) {
        return plain(text, habits.reasoning);
    }

    /** Beside blocks or details the text is a member of its own: nobody sends it in three places. */
    private ObjectNode beside(String text) {
        boolean list = habits.reasoning == Reasoning.CONTENT_LIST;
        return plain(text, list ? Reasoning.REASONING_CONTENT : habits.reasoning);
    }

    private static ObjectNode plain(String text, Reasoning reasoning) {
        ObjectNode delta = Trees.object();
        switch (reasoning) {
            case REASONING_CONTENT -> delta.put("reasoning_content", text);
            case REASONING -> delta.put("reasoning", text);
            case BOTH -> delta.put("reasoning", text).put("reasoning_content", text);
            case CONTENT_LIST -> {
                JsonNode part = Trees.array(Trees.object("type", "text").put("text", text));
                delta.set(
                        "content", Trees.array(Trees.object("type", "thinking").set("thinking", part)));
            }
        }
        return delta;
    }

    private static ObjectNode step(ObjectNode delta) {
        return Trees.object("delta", delta);
    }
}
