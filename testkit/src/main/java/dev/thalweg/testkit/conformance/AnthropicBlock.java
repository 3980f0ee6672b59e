package dev.thalweg.testkit.conformance;

import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Follows one content block of a stream from its start to its stop. Not thread-safe. */
final class AnthropicBlock {
    private static final Map<String, Set<String>> DELTAS = Map.of(
            "text", Set.of("text_delta", "citations_delta"),
            "tool_use", Set.of("input_json_delta"),
            "thinking", Set.of("thinking_delta", "signature_delta"),
            "redacted_thinking", Set.of());

    private final ObjectNode start;
    private final String type;
    private final StringBuilder grown = new StringBuilder();
    private String signature = "";
    private boolean stopped;

    AnthropicBlock(JsonNode block) {
        Malformed.unless(block.isObject(), "a block", block);
        start = (ObjectNode) block.deepCopy();
        type = Nodes.text(block, "type");
        switch (type) {
            case "text" -> Nodes.is(block, "text", "");
            case "thinking" -> Nodes.is(block, "thinking", "");
            case "redacted_thinking" -> Nodes.text(block, "data");
            case "tool_use" -> {
                Malformed.unless(!Nodes.text(block, "id").isEmpty(), "the id of the call", block);
                Malformed.unless(!Nodes.text(block, "name").isEmpty(), "the name of the tool", block);
                JsonNode input = block.path("input");
                Malformed.unless(input.isObject() && input.isEmpty(), "\"input\":{}", block);
            }
            default -> {} // a kind nobody knows
        }
    }

    void delta(JsonNode delta) {
        String kind = Nodes.text(delta, "type");
        Set<String> own = DELTAS.get(type);
        Malformed.unless(own == null || own.contains(kind), "a delta of a block of " + type, delta);
        Malformed.unless(signature.isEmpty() || kind.equals("signature_delta"), "the signature last", delta);
        switch (kind) {
            case "text_delta" -> grown.append(Nodes.text(delta, "text"));
            case "thinking_delta" -> grown.append(Nodes.text(delta, "thinking"));
            case "input_json_delta" -> grown.append(Nodes.text(delta, "partial_json"));
            case "signature_delta" -> signature += Nodes.text(delta, "signature");
            default -> {} // citations, and kinds nobody knows
        }
    }

    void stop() {
        stopped = true;
    }

    boolean isStopped() {
        return stopped;
    }

    /** Whether it is whole: the input of a call is an object. */
    boolean isWhole() {
        return !type.equals("tool_use") || input().isObject();
    }

    private JsonNode input() {
        try {
            return grown.isEmpty() ? Nodes.object() : JsonMapper.shared().readTree(grown.toString());
        } catch (JacksonException e) {
            return Nodes.object().stringNode(grown.toString());
        }
    }

    /** The block with what came of it. */
    JsonNode soFar() {
        switch (type) {
            case "text" -> start.put("text", grown.toString());
            case "thinking" -> start.put("thinking", grown.toString()).put("signature", signature);
            case "tool_use" -> start.set("input", input());
            default -> {} // all of it was in the start
        }
        return start;
    }
}
