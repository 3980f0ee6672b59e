package dev.thalweg.core.dialect.cohere;

import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.ReasoningOptions;
import java.util.Map;
import java.util.regex.Pattern;

/** Writes how much a model should think: this protocol knows whether, and a budget of tokens. */
final class Thinking {
    /** Cohere's models that do not: those before August 2025 and those for one purpose. Any other is taken for one that does. */
    private static final Pattern DO_NOT = Pattern.compile(
            "command-(r\\b|r7b|light|nightly|a-03-2025|a-vision|a-translate)|aya|command$", Pattern.CASE_INSENSITIVE);

    /** What an effort is worth, in tokens; without a limit where it is a high one. */
    private static final Map<String, Integer> BUDGETS = Map.of("minimal", 1_024, "low", 2_048, "medium", 8_192);

    private Thinking() {}

    /** Appends the member; nothing where nothing is asked for. */
    static void write(ByteBuilder json, ChatRequest request, String model, Warnings warnings) {
        ReasoningOptions options = request.reasoning().orElse(null);
        if (options == null) {
            return;
        }
        String effort = options.effort().orElse("");
        boolean off = options.budget().orElse(-1) == 0 || effort.equals("none");
        if (DO_NOT.matcher(model).find()) {
            if (!off) {
                warnings.add("'reasoning' was left out: " + model + " is not a reasoning model");
            }
            return;
        }
        if (off) {
            json.ascii(",\"thinking\":{\"type\":\"disabled\"}");
            return;
        }
        json.ascii(",\"thinking\":{\"type\":\"enabled\"");
        int budget = options.budget().orElseGet(() -> BUDGETS.getOrDefault(effort, 0));
        if (budget > 0) {
            json.ascii(",\"token_budget\":").number(budget);
        }
        json.ascii("}");
    }
}
