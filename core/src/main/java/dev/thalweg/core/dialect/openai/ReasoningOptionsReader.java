package dev.thalweg.core.dialect.openai;

import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.model.ReasoningOptions;
import org.jspecify.annotations.Nullable;

/**
 * Reads how much a caller wants thought before the answer, in the three spellings there are: OpenAI's {@code
 * reasoning_effort}, OpenRouter's {@code reasoning}, LiteLLM's {@code thinking}. What is said in one of them completes what
 * is said in another. Not thread-safe.
 */
final class ReasoningOptionsReader {
    private final BodyValues values;
    private final JsonCursor cursor;
    private boolean said;
    private @Nullable String effort;
    private @Nullable Integer budget;
    private @Nullable String summary;

    ReasoningOptionsReader(BodyValues values) {
        this.values = values;
        this.cursor = values.cursor();
    }

    /** {@code reasoning_effort}, a word; or LiteLLM's object of effort and summary. */
    void effort() {
        if (cursor.peek() == '{') {
            reasoning("reasoning_effort");
        } else {
            effort = values.text("", "reasoning_effort");
            said = true;
        }
    }

    /**
     * {@code reasoning}: effort, a budget, or only whether.
     *
     * @return whether the reasoning is to be left out of the answer, for which there is no word here
     */
    boolean reasoning(String where) {
        boolean enabled = true;
        boolean exclude = false;
        if (!values.entersObject(where, "")) {
            return false;
        }
        while (cursor.nextMember()) {
            if (cursor.peek() == 'n') {
                cursor.skip();
            } else if (cursor.keyIs("effort")) {
                effort = values.text(where, "effort");
            } else if (cursor.keyIs("max_tokens")) {
                budget = values.count(where, "max_tokens", 0);
            } else if (cursor.keyIs("enabled")) {
                enabled = values.bool(where, "enabled");
            } else if (cursor.keyIs("exclude")) {
                exclude = values.bool(where, "exclude");
            } else if (cursor.keyIs("summary")) {
                summary = values.text(where, "summary");
            } else {
                cursor.skip();
            }
        }
        effort = enabled ? effort : "none";
        said = true;
        return exclude;
    }

    /** {@code thinking}: {@code enabled} with a budget, {@code disabled}, {@code adaptive}. */
    void thinking() {
        String type = "";
        if (!values.entersObject("", "thinking")) {
            return;
        }
        while (cursor.nextMember()) {
            if (cursor.keyIs("type")) {
                type = values.text("thinking", "type");
            } else if (cursor.keyIs("budget_tokens")) {
                budget = values.skipsNull() ? null : Integer.valueOf(values.count("thinking", "budget_tokens", 0));
            } else {
                cursor.skip();
            }
        }
        effort = type.equals("disabled") ? "none" : effort;
        said = true;
    }

    /** What was said; null for nothing. */
    @Nullable
    ReasoningOptions options() {
        if (!said) {
            return null;
        }
        ReasoningOptions options = budget == null ? ReasoningOptions.adaptive() : ReasoningOptions.budget(budget);
        return options.withEffort(effort).withSummary(summary);
    }
}
