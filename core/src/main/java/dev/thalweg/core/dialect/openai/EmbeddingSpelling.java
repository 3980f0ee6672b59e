package dev.thalweg.core.dialect.openai;

import dev.thalweg.core.catalog.Provider;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a provider of OpenAI's protocol spells what it is told about embeddings, where it does not spell it as OpenAI does.
 *
 * @param dimensions the field for their length
 * @param encoding the field for their encoding
 * @param saysNumbers whether the word for numbers is understood there, which are the default everywhere
 * @param user whether it takes the caller's user
 * @param purpose the field for what they are for; null: there is none
 */
record EmbeddingSpelling(
        String dimensions,
        String encoding,
        boolean saysNumbers,
        boolean user,
        @Nullable String purpose) {
    static final EmbeddingSpelling OPENAI = new EmbeddingSpelling("dimensions", "encoding_format", true, true, null);

    private static final Map<String, EmbeddingSpelling> OTHERS = Map.of(
            "voyage", new EmbeddingSpelling("output_dimension", "encoding_format", false, false, "input_type"),
            "mistral", new EmbeddingSpelling("output_dimension", "encoding_format", true, false, null),
            "jina_ai", new EmbeddingSpelling("dimensions", "embedding_type", true, false, "task"));

    /** That of this provider. */
    static EmbeddingSpelling of(Provider provider) {
        return OTHERS.getOrDefault(provider.name(), OPENAI);
    }
}
