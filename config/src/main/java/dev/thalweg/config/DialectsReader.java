package dev.thalweg.config;

import dev.thalweg.core.catalog.EditDistance;
import dev.thalweg.core.upstream.KeyText;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads in which protocols a deployment is asked, where the configuration says it: the preferred one first. */
final class DialectsReader {
    private static final List<String> KNOWN =
            List.of("openai", "completions", "responses", "anthropic", "gemini", "bedrock", "cohere", "ollama");

    private DialectsReader() {}

    /** Those that are named and known; what is wrong is reported. */
    static List<String> read(Entry entry, Values values) {
        if (entry.value() instanceof SequenceNode list && list.getValue().isEmpty()) {
            values.expected(entry, "a list of protocols, of " + String.join(", ", KNOWN));
        }
        List<String> dialects = new ArrayList<>();
        for (String name : values.shortTexts(entry)) {
            if (!KNOWN.contains(name)) {
                values.problem(
                        entry.value(), entry.path() + ": unknown protocol '" + KeyText.of(name) + "'; " + advice(name));
            } else if (!dialects.contains(name)) {
                dialects.add(name);
            }
        }
        return dialects;
    }

    private static String advice(String name) {
        String near = EditDistance.nearest(name, KNOWN);
        return near == null ? "expected one of " + String.join(", ", KNOWN) : "did you mean '" + near + "'?";
    }
}
