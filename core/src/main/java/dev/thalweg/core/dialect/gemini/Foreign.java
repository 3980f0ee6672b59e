package dev.thalweg.core.dialect.gemini;

import dev.thalweg.core.dialect.Origin;
import dev.thalweg.model.ReasoningBlock;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Signatures and encrypted reasoning of other protocols' providers, in the place of a {@code thoughtSignature}. Clients read
 * that as Base64, so the mark of where it comes from is in Base64 with it.
 */
final class Foreign {
    private static final String MARK = "thalweg.";
    private static final String REDACTED = "redacted.";

    private Foreign() {}

    /** A signature of an upstream of this protocol. */
    static String signature(String upstream, String signature) {
        return wrapped(Origin.mark(upstream, GeminiDialect.NAME, signature));
    }

    /** Encrypted reasoning of an upstream of this protocol. */
    static String redacted(String upstream, String data) {
        return wrapped(Origin.mark(upstream, GeminiDialect.NAME, REDACTED + data));
    }

    private static String wrapped(String marked) {
        return Base64.getEncoder().encodeToString(marked.getBytes(StandardCharsets.UTF_8));
    }

    /** The thought that these words and this {@code thoughtSignature} of a caller's are. */
    static ReasoningBlock block(String text, String signature) {
        String marked = unwrapped(signature);
        ReasoningBlock block = Origin.signed(text, marked, GeminiDialect.NAME);
        String data = block.signature().orElse("");
        return Origin.fits(block, GeminiDialect.NAME) || !data.startsWith(REDACTED)
                ? block
                : ReasoningBlock.redacted(data.substring(REDACTED.length()))
                        .withDialect(block.dialect().orElse(null));
    }

    /** Clients may have put it into the other alphabet of Base64. */
    private static String unwrapped(String signature) {
        try {
            byte[] bytes =
                    Base64.getDecoder().decode(signature.replace('-', '+').replace('_', '/'));
            String text = new String(bytes, StandardCharsets.UTF_8);
            return text.startsWith(MARK) ? text : signature;
        } catch (IllegalArgumentException e) {
            return signature;
        }
    }
}
