package dev.thalweg.gateway.chat;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Fields that a deployment's configuration gives to requests that do not set them. */
final class Defaults {
    private Defaults() {}

    /** The body with those of these that it lacks. */
    static byte[] added(byte[] body, Map<String, String> defaults) {
        if (defaults.isEmpty()) {
            return body;
        }
        JsonNode read = JsonMapper.shared().readTree(body);
        if (!(read instanceof ObjectNode request)) {
            return body;
        }
        defaults.forEach((name, json) -> {
            JsonNode given = JsonMapper.shared().readTree(json);
            if (!request.has(name)) {
                request.set(name, given);
            } else if (name.equals("generationConfig") && request.get(name) instanceof ObjectNode said) {
                // Gemini's settings stand together in an object.
                given.forEachEntry((member, value) -> {
                    if (!said.has(member)) {
                        said.set(member, value);
                    }
                });
            }
        });
        return JsonMapper.shared().writeValueAsBytes(request);
    }
}
