package dev.thalweg.core.stream.property;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Cuts the parts of a message into deltas, but for reasoning and tool calls. */
final class PartCutter {
    private final Rng rng;
    private final Habits habits;

    PartCutter(Rng rng, Habits habits) {
        this.rng = rng;
        this.habits = habits;
    }

    /** A choice of a chunk with this one member in its delta. */
    static ObjectNode delta(String name, JsonNode value) {
        return Trees.object("delta", Trees.object(name, value));
    }

    /** The text under this name, and the tokens of it split beside it. */
    List<ObjectNode> text(String name, String text, JsonNode logprobs) {
        List<String> texts = new ArrayList<>(Texts.pieces(rng, text, habits.pieceLength));
        JsonNode tokens = logprobs.path(name);
        if (texts.isEmpty() && tokens.isArray()) {
            texts.add("");
        }
        List<ObjectNode> steps = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < texts.size(); i++) {
            boolean list = name.equals("content") && habits.contentList && rng.chance(0.5);
            JsonNode value = Trees.text(texts.get(i));
            ObjectNode step =
                    delta(name, list ? Trees.array(Trees.object("type", "text").set("text", value)) : value);
            if (tokens.isArray()) {
                int to = i + 1 == texts.size() ? tokens.size() : rng.between(from, tokens.size());
                if (to > from || rng.chance(0.3)) {
                    ObjectNode beside = step.putObject("logprobs");
                    beside.set(name, Trees.slice(tokens, from, to));
                    if (rng.chance(0.7)) {
                        beside.putNull(name.equals("content") ? "refusal" : "content");
                    }
                }
                from = to;
            }
            steps.add(step);
        }
        return steps;
    }

    List<ObjectNode> functionCall(JsonNode call) {
        List<ObjectNode> steps = new ArrayList<>();
        String arguments = call.get("arguments").stringValue();
        ObjectNode first = Trees.object("name", call.get("name").stringValue());
        if (rng.chance(0.7)) {
            first.put("arguments", "");
        }
        steps.add(delta("function_call", first));
        if (!arguments.equals("{}") || rng.chance(0.5)) {
            for (String piece : Texts.pieces(rng, arguments, habits.pieceLength)) {
                steps.add(delta("function_call", Trees.object("arguments", piece)));
            }
        }
        return steps;
    }

    /** A list: one by one, or at once. */
    List<ObjectNode> list(String name, JsonNode list) {
        if (rng.chance(0.4)) {
            return List.of(delta(name, list.deepCopy()));
        }
        List<ObjectNode> steps = new ArrayList<>();
        list.forEach(element -> steps.add(delta(name, Trees.array(element.deepCopy()))));
        return steps;
    }

    /** An object: one member after the other, or at once. */
    List<ObjectNode> members(String name, JsonNode object) {
        if (rng.chance(0.7)) {
            return List.of(delta(name, object.deepCopy()));
        }
        List<ObjectNode> steps = new ArrayList<>();
        object.properties()
                .forEach(member -> steps.add(delta(
                        name, Trees.object(member.getKey(), member.getValue().deepCopy()))));
        return steps;
    }

    List<ObjectNode> audio(JsonNode audio) {
        boolean idOnEach = rng.chance(0.3);
        List<ObjectNode> data = new ArrayList<>();
        List<ObjectNode> transcript = new ArrayList<>();
        Texts.piecesOfFour(rng, audio.get("data").stringValue(), habits.pieceLength)
                .forEach(piece -> data.add(Trees.object("data", piece)));
        Texts.pieces(rng, audio.path("transcript").asString(""), habits.pieceLength)
                .forEach(piece -> transcript.add(Trees.object("transcript", piece)));
        List<ObjectNode> pieces = new ArrayList<>(Lanes.weave(rng, List.of(transcript, data), rng.chance(0.7)));
        Consumer<ObjectNode> identify = piece -> piece.set("id", audio.get("id"));
        ObjectNode end = Trees.object("expires_at", audio.get("expires_at"));
        if (rng.chance(0.5)) {
            pieces.add(end);
        } else {
            pieces.get(pieces.size() - 1).setAll(end);
        }
        if (rng.chance(0.5)) {
            pieces.add(0, Trees.object());
        }
        identify.accept(pieces.get(0));
        if (idOnEach) {
            pieces.forEach(identify);
        }
        return pieces.stream().map(piece -> delta("audio", piece)).toList();
    }

    List<ObjectNode> extra(String name, JsonNode value) {
        if (value.isString()) {
            return Collections.nCopies(rng.pick(1, 1, 3), value).stream()
                    .map(again -> delta(name, again))
                    .toList();
        }
        return value instanceof ArrayNode ? list(name, value) : members(name, value);
    }
}
