package dev.thalweg.config;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Request defaults in the words of chat completions, as LiteLLM has them, put where Gemini's requests have them. */
final class GeminiDefaults {
    private static final String CONFIG = "generationConfig";

    private static final Map<String, String> NAMES = Map.of(
            "temperature", "temperature",
            "top_p", "topP",
            "top_k", "topK",
            "max_tokens", "maxOutputTokens",
            "max_completion_tokens", "maxOutputTokens",
            "n", "candidateCount",
            "stop", "stopSequences",
            "seed", "seed",
            "presence_penalty", "presencePenalty",
            "frequency_penalty", "frequencyPenalty");

    private static final Map<String, String> TOP =
            Map.of("safety_settings", "safetySettings", "cached_content", "cachedContent", "generation_config", CONFIG);

    private GeminiDefaults() {}

    /** JSON text by name. */
    static Map<String, String> of(Map<String, String> defaults) {
        Map<String, String> own = new LinkedHashMap<>();
        ObjectNode config = JsonMapper.shared().createObjectNode();
        defaults.forEach((name, json) -> {
            String inside = NAMES.get(name);
            JsonNode value = JsonMapper.shared().readTree(json);
            if (inside == null && TOP.getOrDefault(name, name).equals(CONFIG)) {
                value.forEachEntry(config::set);
            } else if (inside == null) {
                own.put(TOP.getOrDefault(name, name), json);
            } else if (name.equals("stop") && value.isString()) {
                config.putArray(inside).add(value);
            } else {
                config.set(inside, value);
            }
        });
        if (!config.isEmpty()) {
            own.put(CONFIG, config.toString());
        }
        return own;
    }
}
