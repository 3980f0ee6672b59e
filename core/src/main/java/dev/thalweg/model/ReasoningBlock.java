package dev.thalweg.model;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A piece of reasoning that goes back to the provider as it came: text that a signature may vouch for, or data that only
 * the provider can read. Immutable.
 */
public final class ReasoningBlock {
    private final String text;
    private final @Nullable String signature;
    private final @Nullable String redacted;
    private final @Nullable String dialect;

    private ReasoningBlock(
            String text, @Nullable String signature, @Nullable String redacted, @Nullable String dialect) {
        this.dialect = dialect;
        this.text = text;
        this.signature = signature;
        this.redacted = redacted;
    }

    /** Reasoning in words. */
    public static ReasoningBlock of(String text, @Nullable String signature) {
        return new ReasoningBlock(text, signature, null, null);
    }

    /** Reasoning that the provider keeps to itself. */
    public static ReasoningBlock redacted(String data) {
        return new ReasoningBlock("", null, data, null);
    }

    /** The same block, which only providers of this protocol can verify or read: {@code anthropic} for example. */
    public ReasoningBlock withDialect(@Nullable String value) {
        return new ReasoningBlock(text, signature, redacted, value);
    }

    /** The protocol whose providers gave it: no other can use its signature or data. Empty where that is not known. */
    public Optional<String> dialect() {
        return Optional.ofNullable(dialect);
    }

    /** The words; empty where the provider keeps them to itself. */
    public String text() {
        return text;
    }

    /** The provider's signature over the words. */
    public Optional<String> signature() {
        return Optional.ofNullable(signature);
    }

    /** What only the provider can read, in place of words. */
    public Optional<String> redacted() {
        return Optional.ofNullable(redacted);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ReasoningBlock that
                && text.equals(that.text)
                && Objects.equals(signature, that.signature)
                && Objects.equals(redacted, that.redacted)
                && Objects.equals(dialect, that.dialect);
    }

    @Override
    public int hashCode() {
        return Objects.hash(text, signature, redacted);
    }

    @Override
    public String toString() {
        return redacted != null ? "[redacted]" : text;
    }
}
