package dev.thalweg.model;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Vectors, one for each input, in the order of the inputs. The arrays are not copied: who gets them leaves them as they are.
 *
 * @param vectors the vectors
 * @param counted what the provider counted; null where it counted nothing
 */
public record EmbeddingResponse(
        List<float[]> vectors, @Nullable Usage counted) {
    /** Copies the list. */
    public EmbeddingResponse {
        vectors = List.copyOf(vectors);
    }

    /** What the provider counted. */
    public Optional<Usage> usage() {
        return Optional.ofNullable(counted);
    }
}
