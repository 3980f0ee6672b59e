package dev.thalweg.core.dialect.gemini;

import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.model.ReasoningOptions;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How much a model is asked to think: in the form it knows, a level or a budget of tokens; and to show it. */
final class Thinking {
    /** What an effort is worth to a model that only knows budgets, in tokens; Google's own numbers. */
    private static final Map<String, Integer> BUDGETS =
            Map.of("minimal", 1_024, "low", 1_024, "medium", 8_192, "high", 24_576, "xhigh", 24_576, "max", 24_576);

    /** The least that the larger models think. */
    private static final int LEAST_BUDGET = 128;

    private Thinking() {}

    /** The {@code thinkingConfig}; empty where there is nothing to say. */
    static String of(@Nullable ReasoningOptions options, ModelTraits model, Warnings warnings) {
        if (options == null) {
            return "";
        }
        String effort = options.effort().orElse(null);
        boolean off = options.budget().orElse(-1) == 0 || "none".equals(effort);
        if (!model.thinks()) {
            if (!off) {
                warnings.add("'reasoning' was left out: the model does not think");
            }
            return "";
        }
        if (off) {
            return off(model, warnings);
        }
        ByteBuilder json = new ByteBuilder(64).ascii("{");
        if (options.budget().isPresent()) {
            json.ascii("\"thinkingBudget\":")
                    .number(options.budget().getAsInt())
                    .ascii(",");
        } else if (effort != null && model.levels()) {
            json.ascii("\"thinkingLevel\":")
                    .string(level(effort, model, warnings))
                    .ascii(",");
        } else if (effort != null) {
            json.ascii("\"thinkingBudget\":")
                    .number(BUDGETS.getOrDefault(effort, 8_192))
                    .ascii(",");
        }
        return json.ascii("\"includeThoughts\":true}").toString();
    }

    private static String off(ModelTraits model, Warnings warnings) {
        if (model.levels()) {
            warnings.add("'reasoning' was set to the least there is: the model always thinks");
            return model.mayNotThink() ? "{\"thinkingLevel\":\"minimal\"}" : "{\"thinkingLevel\":\"low\"}";
        }
        if (model.mayNotThink()) {
            return "{\"thinkingBudget\":0}";
        }
        warnings.add("'reasoning' was set to the least there is: the model always thinks");
        return "{\"thinkingBudget\":" + LEAST_BUDGET + "}";
    }

    private static String level(String effort, ModelTraits model, Warnings warnings) {
        return switch (effort) {
            case "minimal" -> model.mayNotThink() ? "minimal" : "low";
            case "low" -> "low";
            case "medium" -> {
                if (!model.mediumLevel()) {
                    warnings.add("the effort of 'reasoning' was raised to high: the model has only low and high");
                }
                yield model.mediumLevel() ? "medium" : "high";
            }
            default -> "high";
        };
    }
}
