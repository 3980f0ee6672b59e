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
            if (!request.has(name)) {
                request.set(name, JsonMapper.shared().readTree(json));
            }
        });
        return JsonMapper.shared().writeValueAsBytes(request);
    }
}
