package dev.thalweg.gateway.terminal;

import java.util.Map;
import java.util.Optional;

/** A small, common chat model of each provider that cannot be asked what it has: what is asked where none is named. */
final class DefaultModels {
    private static final Map<String, String> MODELS = Map.ofEntries(
            Map.entry("openai", "gpt-4o-mini"),
            Map.entry("groq", "llama-3.3-70b-versatile"),
            Map.entry("mistral", "mistral-small-latest"),
            Map.entry("deepseek", "deepseek-chat"),
            Map.entry("openrouter", "openai/gpt-4o-mini"),
            Map.entry("together_ai", "meta-llama/Llama-3.3-70B-Instruct-Turbo"),
            Map.entry("fireworks_ai", "accounts/fireworks/models/llama-v3p3-70b-instruct"),
            Map.entry("xai", "grok-3-mini"),
            Map.entry("perplexity", "sonar"),
            Map.entry("cerebras", "llama3.1-8b"),
            Map.entry("moonshot", "moonshot-v1-8k"),
            Map.entry("nvidia_nim", "meta/llama-3.1-8b-instruct"));

    private DefaultModels() {}

    /** The model to ask at this provider, with its prefix. */
    static Optional<String> of(String provider) {
        return Optional.ofNullable(MODELS.get(provider)).map(model -> provider + "/" + model);
    }

    /** The model meant by an entry of a model list: itself, or for {@code provider/*} the provider's default. */
    static Optional<String> meantBy(String entry) {
        if (entry.indexOf('*') < 0) {
            return Optional.of(entry);
        }
        return entry.endsWith("/*") ? of(entry.substring(0, entry.length() - 2)) : Optional.empty();
    }
}
