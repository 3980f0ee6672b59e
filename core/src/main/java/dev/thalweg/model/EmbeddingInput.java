package dev.thalweg.model;

/** Something that is to become a vector. Immutable. */
public sealed interface EmbeddingInput {
    /**
     * A text.
     *
     * @param text the text
     */
    record Text(String text) implements EmbeddingInput {}

    /** The tokens of a text, by the model's own tokenizer. */
    final class Tokens implements EmbeddingInput {
        private final int[] ids;

        /** These tokens, which are copied. */
        public Tokens(int... ids) {
            this.ids = ids.clone();
        }

        /** The tokens, copied. */
        public int[] ids() {
            return ids.clone();
        }

        /** How many there are. */
        public int count() {
            return ids.length;
        }
    }
}
