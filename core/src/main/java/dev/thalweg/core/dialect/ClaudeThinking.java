package dev.thalweg.core.dialect;

import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.ReasoningOptions;
import dev.thalweg.model.ToolChoice;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How much a model of Anthropic's is asked to think: in the form it knows, an effort or a budget of tokens, which is part of the limit of
 * the whole answer.
 *
 * @param type {@code enabled}, {@code adaptive}, {@code disabled}; empty: nothing is said
 * @param budget in tokens, for {@code enabled}
 * @param effort a word; null: not said
 * @param shown whether it is to be seen in words
 * @param maxTokens the limit of the whole answer, thinking included
 */
public record ClaudeThinking(
        String type, int budget, @Nullable String effort, boolean shown, int maxTokens) {
    /** The least budget the API takes, in tokens. */
    static final int LEAST_BUDGET = 1_024;

    /** What is left for the answer beside a budget where the caller set no limit, in tokens. */
    private static final int BESIDE_BUDGET = 4_096;

    /** What an effort is worth to a model that only knows budgets, in tokens. */
    private static final Map<String, Integer> BUDGETS = Map.of(
            "minimal", LEAST_BUDGET, "low", 2_048, "medium", 8_192, "high", 16_384, "xhigh", 24_576, "max", 24_576);

    /** What a request asks for, of a model. */
    public static ClaudeThinking of(ChatRequest request, ClaudeTraits model, Warnings warnings) {
        int limit = request.maxOutputTokens().orElse(model.defaultMaxTokens());
        ReasoningOptions options = request.reasoning().orElse(null);
        if (options == null) {
            return new ClaudeThinking("", 0, null, false, limit);
        }
        boolean shown = options.summary().isPresent();
        String effort = options.effort().orElse(null);
        if (options.budget().orElse(-1) == 0 || "none".equals(effort)) {
            return new ClaudeThinking("disabled", 0, null, false, limit);
        }
        if (forcesTool(request)) {
            warnings.add("'reasoning' was left out: anthropic models do not think where a tool has to be called");
            return new ClaudeThinking("", 0, null, false, limit);
        }
        if (model.budget() && (options.budget().isPresent() || !model.adaptive())) {
            return budget(request, options, model, shown, warnings);
        }
        if (options.budget().isPresent()) {
            warnings.add("the budget of 'reasoning' was left out: the model decides itself how much it thinks");
        }
        return new ClaudeThinking("adaptive", 0, effort == null ? null : word(effort, warnings), shown, limit);
    }

    /** Whether there will be any. */
    public boolean on() {
        return type.equals("enabled") || type.equals("adaptive");
    }

    /** Appends the object. */
    public void write(ByteBuilder json) {
        json.ascii("{\"type\":\"").ascii(type).ascii("\"");
        if (budget > 0) {
            json.ascii(",\"budget_tokens\":").number(budget);
        }
        json.ascii(shown ? ",\"display\":\"summarized\"}" : "}");
    }

    private static ClaudeThinking budget(
            ChatRequest request, ReasoningOptions options, ClaudeTraits model, boolean shown, Warnings warnings) {
        int wanted = options.budget().orElseGet(() -> worth(options.effort().orElse("medium")));
        int budget = Math.max(LEAST_BUDGET, wanted);
        if (budget > wanted) {
            warnings.add("the budget of 'reasoning' was raised to " + LEAST_BUDGET + " tokens, the least there is");
        }
        if (request.maxOutputTokens().isEmpty()) {
            long both = Math.min(Integer.MAX_VALUE, (long) budget + BESIDE_BUDGET);
            int limit = Math.max(model.defaultMaxTokens(), (int) both);
            return new ClaudeThinking("enabled", Math.min(budget, limit - 1), null, shown, limit);
        }
        int limit = request.maxOutputTokens().getAsInt();
        if (limit <= LEAST_BUDGET) {
            warnings.add("'reasoning' was left out: it takes " + LEAST_BUDGET + " tokens at least, and is part of"
                    + " 'max_tokens'");
            return new ClaudeThinking("", 0, null, false, limit);
        }
        if (budget >= limit) {
            warnings.add("the budget of 'reasoning' was lowered: it is part of 'max_tokens'");
        }
        return new ClaudeThinking("enabled", Math.min(budget, limit - 1), null, shown, limit);
    }

    private static int worth(String effort) {
        return BUDGETS.getOrDefault(effort, 8_192);
    }

    private static @Nullable String word(String effort, Warnings warnings) {
        return switch (effort) {
            case "low", "medium", "high", "xhigh", "max" -> effort;
            case "minimal" -> "low";
            default -> {
                warnings.add("the effort of 'reasoning' was left out: anthropic has no such word");
                yield null;
            }
        };
    }

    private static boolean forcesTool(ChatRequest request) {
        ToolChoice.Mode mode = request.toolChoice().orElse(ToolChoice.AUTO).mode();
        return mode == ToolChoice.Mode.REQUIRED || mode == ToolChoice.Mode.NAMED;
    }
}
