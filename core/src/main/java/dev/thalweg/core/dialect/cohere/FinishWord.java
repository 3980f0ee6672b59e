package dev.thalweg.core.dialect.cohere;

import dev.thalweg.model.FinishReason;
import java.util.Set;

/** Why a message ended, in this protocol's words. */
final class FinishWord {
    /** Of an answer that did not come to its end: it is no answer. */
    static final String ERROR = "ERROR";

    private static final Set<String> OWN_WORDS =
            Set.of("COMPLETE", "STOP_SEQUENCE", "MAX_TOKENS", "TOOL_CALL", ERROR, "TIMEOUT");

    private FinishWord() {}

    /**
     * The word for a reason of any provider's.
     *
     * @param raw the provider's word; empty where it gave none
     * @param calls whether tools were called: some providers then say {@code stop} all the same
     */
    static String of(String raw, boolean calls) {
        if (OWN_WORDS.contains(raw)) {
            return raw;
        }
        return switch (FinishReason.of(raw).kind()) {
            case LENGTH -> "MAX_TOKENS";
            case CONTENT_FILTER, ERROR -> ERROR;
            case TOOL_CALLS -> "TOOL_CALL";
            case STOP, OTHER -> calls ? "TOOL_CALL" : raw.equals("stop_sequence") ? "STOP_SEQUENCE" : "COMPLETE";
        };
    }

    /** Whether the word does not tell what this one told: then it is shown beside it. */
    static boolean hides(String raw) {
        FinishReason.Kind kind = FinishReason.of(raw).kind();
        boolean told = kind == FinishReason.Kind.STOP
                || kind == FinishReason.Kind.LENGTH
                || kind == FinishReason.Kind.TOOL_CALLS;
        return !raw.isEmpty() && !OWN_WORDS.contains(raw) && (!told || raw.equals("pause_turn"));
    }

    /** What a caller is told of an answer that ended so, for which this protocol has no word but {@value #ERROR}. */
    static String explanation(String raw) {
        return FinishReason.of(raw).kind() == FinishReason.Kind.CONTENT_FILTER
                ? "The provider's content filter ended the answer."
                : "The provider ended its answer with the reason '" + raw + "'.";
    }

    /** Whether this word of a provider's says that it failed. */
    static boolean isFailure(String own) {
        return own.equals(ERROR) || own.equals("TIMEOUT");
    }
}
