package dev.thalweg.core.catalog;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whose model is meant by a name without a provider before it: that of its family's maker, else that of the only maker who
 * has it in the catalogue. Hosts and routers own no names: many of them serve the same models.
 */
public final class ModelOwners {
    private static final Map<String, String> FAMILIES = families();

    private ModelOwners() {}

    private static Map<String, String> families() {
        Map<String, String> families = new LinkedHashMap<>();
        List.of("gpt-", "o1", "o3", "o4", "chatgpt-", "ft:gpt-").forEach(family -> families.put(family, "openai"));
        List.of("mistral-", "ministral-", "magistral-", "codestral-", "devstral-", "pixtral-", "open-mi")
                .forEach(family -> families.put(family, "mistral"));
        families.put("claude-", "anthropic");
        families.put("gemini-", "gemini");
        families.put("grok-", "xai");
        families.put("command-", "cohere");
        families.put("sonar", "perplexity");
        families.put("kimi-", "moonshot");
        families.put("moonshot-", "moonshot");
        families.put("glm-", "zai");
        families.put("minimax-", "minimax");
        families.put("jamba-", "ai21");
        families.put("solar-", "upstage");
        return families;
    }

    /** The provider's name, which need not be in the table; empty where none is known, or several are. */
    public static Optional<String> of(String model) {
        String lower = model.toLowerCase(Locale.ROOT);
        for (Map.Entry<String, String> family : FAMILIES.entrySet()) {
            if (lower.startsWith(family.getKey())) {
                return Optional.of(family.getValue());
            }
        }
        List<Provider> makers = Providers.makers().stream()
                .filter(maker -> ModelCatalog.bundled().owns(maker.name(), model))
                .toList();
        return makers.size() == 1 ? Optional.of(makers.get(0).name()) : Optional.empty();
    }

    /** {@code provider/model} for a name that is nearly one that a maker's model has; null: there is none. */
    public static @Nullable String near(String model) {
        Map<String, String> owners = new LinkedHashMap<>();
        for (Provider maker : Providers.makers()) {
            ModelCatalog.bundled()
                    .models(maker.name())
                    .forEach(known -> owners.putIfAbsent(known.name(), maker.name() + "/" + known.name()));
        }
        String near = EditDistance.nearest(model, new ArrayList<>(owners.keySet()));
        return near == null ? null : owners.get(near);
    }
}
