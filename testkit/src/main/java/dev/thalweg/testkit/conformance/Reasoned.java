package dev.thalweg.testkit.conformance;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A piece of reasoning.
 *
 * @param pieces its words, in the pieces a stream brings them; none: only the provider can read it
 * @param proof what has to go back to the provider byte for byte: a signature over the words, or the encrypted reasoning;
 *     empty: nothing
 */
public record Reasoned(List<String> pieces, String proof) {
    /** Copies the list. */
    public Reasoned {
        pieces = List.copyOf(pieces);
    }

    /** Reasoning in words, without proof. */
    static Reasoned words(String... pieces) {
        return new Reasoned(List.of(pieces), "");
    }

    /** Reasoning in words, with a proof. */
    static Reasoned signed(String proof, String... pieces) {
        return new Reasoned(List.of(pieces), proof);
    }

    /** Reasoning that only the provider can read. */
    static Reasoned sealed(String data) {
        return new Reasoned(List.of(), data);
    }

    /** All words. */
    String text() {
        return String.join("", pieces);
    }

    boolean isSealed() {
        return pieces.isEmpty();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Reasoned that && text().equals(that.text()) && proof.equals(that.proof);
    }

    @Override
    public int hashCode() {
        return 31 * text().hashCode() + proof.hashCode();
    }

    @Override
    public String toString() {
        return "\"" + text() + "\"" + (proof.isEmpty() ? "" : " proved by " + proof);
    }
}
