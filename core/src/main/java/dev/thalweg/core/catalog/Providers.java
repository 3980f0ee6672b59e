package dev.thalweg.core.catalog;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The provider table. Adding a provider that speaks a known protocol is adding a row in the file of its kind. Base URLs and
 * variable names are the providers' documented ones; names and aliases are those of LiteLLM where it has the provider, so
 * that its configuration files read as they are.
 */
public final class Providers {
    /**
     * Providers of one kind.
     *
     * @param title what they have in common
     */
    public record Kind(String title, List<Provider> providers) {}

    private static final List<Kind> KINDS = List.of(
            new Kind("Makers of models", Makers.ALL),
            new Kind("Clouds", Clouds.ALL),
            new Kind("Hosts of open models", Hosts.ALL),
            new Kind("Routers to many providers", Routers.ALL),
            new Kind("Servers of your own", LocalServers.ALL));

    private static final List<Provider> ALL =
            KINDS.stream().flatMap(kind -> kind.providers().stream()).toList();

    private static final List<String> EXAMPLES = List.of("openai", "azure", "mistral", "groq", "openrouter", "ollama");

    private static final Map<String, Provider> BY_NAME = byName();

    private Providers() {}

    /** Every row, in the order of the table. */
    public static List<Provider> all() {
        return ALL;
    }

    /** The same by kind. */
    public static List<Kind> kinds() {
        return KINDS;
    }

    /** Those who serve the models they make. */
    public static List<Provider> makers() {
        return Makers.ALL;
    }

    /** The provider of this name or alias. */
    public static Optional<Provider> find(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** Some names, for messages. */
    public static String examples() {
        return String.join(", ", EXAMPLES) + " or another of " + ALL.size();
    }

    /** The name that may be meant by one that nobody has. */
    public static Optional<String> near(String name) {
        return Optional.ofNullable(EditDistance.nearest(name, BY_NAME.keySet()));
    }

    private static Map<String, Provider> byName() {
        Map<String, Provider> map = new LinkedHashMap<>();
        for (Provider provider : ALL) {
            map.put(provider.name(), provider);
            provider.aliases().forEach(alias -> map.put(alias, provider));
        }
        return map;
    }
}
