package dev.thalweg.core.dialect.bedrock;

import dev.thalweg.model.FinishReason;
import java.util.Set;

/** Why a message ended, in this protocol's words. */
final class StopReason {
    private static final Set<String> OWN_WORDS = Set.of(
            "end_turn",
            "max_tokens",
            "stop_sequence",
            "tool_use",
            "content_filtered",
            "guardrail_intervened",
            "model_context_window_exceeded",
            "malformed_model_output",
            "malformed_tool_use");

    private StopReason() {}

    /**
     * The word for a reason of any provider's.
     *
     * @param raw the provider's word; empty where it gave none
     * @param calls whether tools were called: some providers then say {@code stop} all the same
     * @param refused whether the model refused in words
     */
    static String of(String raw, boolean calls, boolean refused) {
        if (OWN_WORDS.contains(raw)) {
            return raw;
        }
        return switch (FinishReason.of(raw).kind()) {
            case LENGTH -> "max_tokens";
            case CONTENT_FILTER -> "content_filtered";
            default -> refused ? "content_filtered" : calls ? "tool_use" : "end_turn";
        };
    }

    /** Whether the word does not tell what this one told: then it is shown beside it. */
    static boolean hides(String raw) {
        FinishReason.Kind kind = FinishReason.of(raw).kind();
        return !raw.isEmpty()
                && !OWN_WORDS.contains(raw)
                && (kind == FinishReason.Kind.OTHER || kind == FinishReason.Kind.ERROR);
    }
}
