package dev.thalweg.gateway.chat;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Fields that a deployment's configuration gives to Converse requests that do not set them. They are named as in chat
 * completions and stand elsewhere here; what Converse has no word for is the model's own, as LiteLLM takes it.
 */
final class ConverseDefaults {
    private static final Map<String, String> INFERENCE = Map.of(
            "max_tokens",
            "maxTokens",
            "max_completion_tokens",
            "maxTokens",
            "temperature",
            "temperature",
            "top_p",
            "topP",
            "stop",
            "stopSequences");

    private static final List<String> TOP = List.of(
            "guardrailConfig",
            "promptVariables",
            "additionalModelResponseFieldPaths",
            "requestMetadata",
            "performanceConfig",
            "serviceTier",
            "outputConfig");

    private ConverseDefaults() {}

    /** The body with those of these that it lacks. */
    static byte[] added(byte[] body, Map<String, String> defaults) {
        if (defaults.isEmpty() || !(JsonMapper.shared().readTree(body) instanceof ObjectNode request)) {
            return body;
        }
        defaults.forEach((name, json) -> {
            JsonNode value = JsonMapper.shared().readTree(json);
            String inference = INFERENCE.get(name);
            if (inference != null) {
                boolean one = name.equals("stop") && value.isString();
                put(inside(request, "inferenceConfig"), inference, one ? list(value) : value);
            } else if (TOP.contains(name)) {
                put(request, name, value);
            } else {
                put(inside(request, "additionalModelRequestFields"), name, value);
            }
        });
        return JsonMapper.shared().writeValueAsBytes(request);
    }

    private static void put(ObjectNode object, String name, JsonNode value) {
        if (!object.has(name)) {
            object.set(name, value);
        }
    }

    private static ObjectNode inside(ObjectNode request, String name) {
        return request.get(name) instanceof ObjectNode inner ? inner : request.putObject(name);
    }

    private static JsonNode list(JsonNode value) {
        return JsonMapper.shared().createArrayNode().add(value);
    }
}
