package dev.thalweg.core.dialect;

import dev.thalweg.model.ReasoningBlock;
import org.jspecify.annotations.Nullable;

/**
 * Signatures and encrypted reasoning that travel through a caller of another protocol and back: marked on the way out with
 * the protocol they came from, so that only a provider of that protocol gets them again, unchanged.
 */
public final class Origin {
    private static final String PREFIX = "thalweg.";

    private Origin() {}

    /**
     * A signature or data for a caller.
     *
     * @param from the upstream's protocol
     * @param to the caller's: where it is the same nothing is marked
     */
    public static String mark(String from, String to, String data) {
        return from.equals(to) ? data : PREFIX + from + "." + data;
    }

    /** Reasoning in words with this signature of a caller's, who speaks this protocol. */
    public static ReasoningBlock signed(String text, @Nullable String signature, String callers) {
        return signature == null
                ? ReasoningBlock.of(text, null)
                : ReasoningBlock.of(text, data(signature)).withDialect(dialect(signature, callers));
    }

    /** Encrypted reasoning from this data of a caller's, who speaks this protocol. */
    public static ReasoningBlock redacted(String data, String callers) {
        return ReasoningBlock.redacted(data(data)).withDialect(dialect(data, callers));
    }

    /** Whether a provider of this protocol can use the block's signature or data. */
    public static boolean fits(ReasoningBlock block, String dialect) {
        return block.dialect().map(dialect::equals).orElse(true);
    }

    private static String data(String marked) {
        int dot = dot(marked);
        return dot < 0 ? marked : marked.substring(dot + 1);
    }

    private static String dialect(String marked, String otherwise) {
        int dot = dot(marked);
        return dot < 0 ? otherwise : marked.substring(PREFIX.length(), dot);
    }

    /** Where the mark ends; -1 without one. */
    private static int dot(String marked) {
        return marked.startsWith(PREFIX) ? marked.indexOf('.', PREFIX.length()) : -1;
    }
}
