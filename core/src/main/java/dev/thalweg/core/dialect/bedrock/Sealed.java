package dev.thalweg.core.dialect.bedrock;

import dev.thalweg.core.dialect.Origin;
import dev.thalweg.model.ReasoningBlock;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Encrypted reasoning as callers of this protocol have it: clients decode it from Base64 and encode it again, so that what is
 * marked with another protocol is in Base64 once more.
 */
final class Sealed {
    private static final String MARK = "thalweg.";

    private Sealed() {}

    /** The data for a caller, from a provider of this protocol. */
    static String forCaller(String from, String data) {
        return from.equals(BedrockDialect.NAME)
                ? data
                : Base64.getEncoder()
                        .encodeToString(
                                Origin.mark(from, BedrockDialect.NAME, data).getBytes(StandardCharsets.UTF_8));
    }

    /** The reasoning from a caller's data. */
    static ReasoningBlock ofCaller(String data) {
        try {
            String decoded = new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8);
            return Origin.redacted(decoded.startsWith(MARK) ? decoded : data, BedrockDialect.NAME);
        } catch (IllegalArgumentException notBase64) {
            return Origin.redacted(data, BedrockDialect.NAME);
        }
    }
}
