package dev.thalweg.core.dialect.gemini;

import dev.thalweg.model.FinishReason;
import java.util.Set;

/** Why a candidate ended, in this protocol's words. */
final class FinishWord {
    private static final Set<String> OWN_WORDS = Set.of(
            "STOP",
            "MAX_TOKENS",
            "SAFETY",
            "RECITATION",
            "LANGUAGE",
            "OTHER",
            "BLOCKLIST",
            "PROHIBITED_CONTENT",
            "SPII",
            "MALFORMED_FUNCTION_CALL",
            "IMAGE_SAFETY",
            "UNEXPECTED_TOOL_CALL",
            "TOO_MANY_TOOL_CALLS",
            "IMAGE_PROHIBITED_CONTENT",
            "IMAGE_RECITATION",
            "IMAGE_OTHER",
            "NO_IMAGE",
            "MODEL_ARMOR");

    private FinishWord() {}

    /** Whether the word tells of a filter. */
    static boolean isFilter(String raw) {
        return FinishReason.of(raw).kind() == FinishReason.Kind.CONTENT_FILTER;
    }

    /**
     * The word for a reason of any provider's; calls of tools have none of their own.
     *
     * @param raw the provider's word; empty where it gave none
     * @param refused whether the model refused in words
     */
    static String of(String raw, boolean refused) {
        if (OWN_WORDS.contains(raw)) {
            return raw;
        }
        return switch (FinishReason.of(raw).kind()) {
            case LENGTH -> "MAX_TOKENS";
            case CONTENT_FILTER -> "SAFETY";
            case STOP, TOOL_CALLS -> refused ? "SAFETY" : "STOP";
            case ERROR -> "OTHER";
            case OTHER -> refused ? "SAFETY" : raw.isEmpty() ? "STOP" : "OTHER";
        };
    }

    /** Whether the word does not tell what this one told: then it is shown beside it. */
    static boolean hides(String raw) {
        return !raw.isEmpty() && of(raw, false).equals("OTHER") && !OWN_WORDS.contains(raw);
    }
}
