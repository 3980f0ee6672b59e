package dev.thalweg.core.dialect.ollama;

import dev.thalweg.model.FinishReason;
import java.util.Set;

/** Why an answer is done, in this API's words. It has none of its own for calls of tools, and none for a filter. */
final class DoneReason {
    static final String STOP = "stop";
    static final String FILTERED = "content_filter";

    private static final Set<String> OWN_WORDS = Set.of(STOP, "length", "load", "unload");

    private DoneReason() {}

    /** The word for a reason of any provider's; a filter's is said as others say it. */
    static String of(String raw, boolean refused) {
        if (OWN_WORDS.contains(raw)) {
            return raw;
        }
        return switch (FinishReason.of(raw).kind()) {
            case LENGTH -> "length";
            case CONTENT_FILTER -> FILTERED;
            default -> refused ? FILTERED : STOP;
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
