package dev.thalweg.core.stream.property;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Spells a whole answer as another provider may: the same answer, other members. */
final class Spelling {
    private Spelling() {}

    static ObjectNode of(ObjectNode answer, Rng rng) {
        ObjectNode spelled = answer.deepCopy();
        for (JsonNode choice : spelled.get("choices")) {
            message((ObjectNode) choice.get("message"), rng);
            if (!choice.has("logprobs") && rng.chance(0.5)) {
                ((ObjectNode) choice).putNull("logprobs");
            }
        }
        for (String name : new String[] {"usage", "system_fingerprint", "service_tier", "citations", "error"}) {
            if (!spelled.has(name) && rng.chance(0.3)) {
                spelled.putNull(name);
            }
        }
        if (spelled.get("choices").size() == 1 && rng.chance(0.2)) {
            ((ObjectNode) spelled.get("choices").get(0)).remove("index");
        }
        return spelled;
    }

    private static void message(ObjectNode message, Rng rng) {
        for (String name : new String[] {"refusal", "annotations", "audio", "function_call", "tool_calls", "images"}) {
            if (!message.has(name) && rng.chance(0.3)) {
                message.putNull(name);
            }
        }
        for (String name : new String[] {"annotations", "tool_calls", "images"}) {
            if (message.path(name).isNull() && rng.chance(0.3)) {
                message.putArray(name);
            }
        }
        if (message.path("content").isNull() && rng.chance(0.5)) {
            message.put("content", "");
        }
        if (message.has("reasoning_content") && rng.chance(0.5)) {
            message.set("reasoning", message.get("reasoning_content"));
            if (rng.chance(0.5)) {
                message.remove("reasoning_content");
            }
        }
        for (JsonNode call : message.path("tool_calls")) {
            call((ObjectNode) call, rng);
        }
        if (message.get("function_call") instanceof ObjectNode call) {
            noArguments(call, rng);
        }
        contentList(message, rng);
    }

    private static void call(ObjectNode call, Rng rng) {
        if (call.get("id").stringValue().isEmpty()) {
            switch (rng.below(3)) {
                case 0 -> call.remove("id");
                case 1 -> call.putNull("id");
                default -> {}
            }
        }
        if (rng.chance(0.2)) {
            call.remove("type");
        }
        if (call.get("function") instanceof ObjectNode function) {
            noArguments(function, rng);
        }
    }

    private static void noArguments(ObjectNode function, Rng rng) {
        if (function.get("arguments").stringValue().equals("{}") && rng.chance(0.5)) {
            function.put("arguments", "");
        }
    }

    /** Mistral's list of parts, the thinking before the text. */
    private static void contentList(ObjectNode message, Rng rng) {
        boolean plain = message.has("thinking_blocks") || message.has("reasoning_details");
        if (plain || message.path("content").asString("").isEmpty() || rng.chance(0.8)) {
            return;
        }
        ArrayNode parts = Trees.array();
        if (message.has("reasoning_content")) {
            JsonNode thought = Trees.object("type", "text").set("text", message.get("reasoning_content"));
            parts.add(Trees.object("type", "thinking").set("thinking", Trees.array(thought)));
            message.remove("reasoning_content");
            message.remove("reasoning");
        }
        for (String piece : Texts.pieces(rng, message.get("content").stringValue(), 20)) {
            parts.add(Trees.object("type", "text").put("text", piece));
        }
        message.set("content", parts);
    }
}
