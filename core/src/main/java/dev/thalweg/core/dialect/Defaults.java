package dev.thalweg.core.dialect;

import dev.thalweg.model.ChatRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Fields that an operator gives to requests that do not set them, as JSON text by their names in chat completions. */
public final class Defaults {
    private static final List<String> LIMITS = List.of("max_tokens", "max_completion_tokens");

    private Defaults() {}

    /**
     * A body with those of these that it lacks.
     *
     * @param places where its protocol has them
     */
    public static byte[] added(SettingPlaces places, byte[] body, Map<String, String> defaults) {
        if (defaults.isEmpty() || !(JsonMapper.shared().readTree(body) instanceof ObjectNode request)) {
            return body;
        }
        places.spelled(defaults).forEach((name, json) -> {
            JsonNode value = JsonMapper.shared().readTree(json);
            if (places.gathers(name) && value.isObject() && request.get(name) instanceof ObjectNode said) {
                value.forEachEntry(said::putIfAbsent);
            } else {
                request.putIfAbsent(name, value);
            }
        });
        return JsonMapper.shared().writeValueAsBytes(request);
    }

    /** Those that this request has not already been written with. */
    public static Map<String, String> beside(ChatRequest request, Map<String, String> defaults) {
        Map<String, String> beside = new LinkedHashMap<>(defaults);
        if (request.maxOutputTokens().isPresent()) {
            beside.keySet().removeAll(LIMITS);
        }
        return beside;
    }

    /** The request with the limit of these, where it has none: some protocols must have one, and would say their own. */
    public static ChatRequest limited(ChatRequest request, Map<String, String> defaults) {
        String limit = defaults.getOrDefault("max_tokens", defaults.getOrDefault("max_completion_tokens", ""));
        boolean number = limit.matches("[1-9]\\d{0,8}");
        return number && request.maxOutputTokens().isEmpty()
                ? request.toBuilder().maxOutputTokens(Integer.parseInt(limit)).build()
                : request;
    }
}
