package dev.thalweg.core.dialect.anthropic;

import dev.thalweg.core.wire.ByteBuilder;

/**
 * The answer of {@code /v1/messages/count_tokens}. Its request is read like any other; who counts, and how well, is the
 * caller's of this class to say.
 */
public final class TokenCount {
    private TokenCount() {}

    /** The body that says so many tokens. */
    public static byte[] body(long inputTokens) {
        return new ByteBuilder(32)
                .ascii("{\"input_tokens\":")
                .number(inputTokens)
                .ascii("}")
                .toBytes();
    }
}
