package dev.thalweg.core.dialect;

import dev.thalweg.core.catalog.Provider;
import dev.thalweg.model.EmbeddingRequest;
import dev.thalweg.model.EmbeddingResponse;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a protocol asks for embeddings and answers with them, in both directions. Stateless and thread-safe.
 */
public interface EmbeddingDialect {
    /** The protocol it belongs to, by the name of its chat's {@link Dialect}. */
    String dialect();

    // Towards an upstream.

    /**
     * The form of this protocol that takes this request, where it has several: for one input or many, by this provider or
     * another.
     *
     * @param model the model's name at the upstream
     */
    default EmbeddingDialect fitting(EmbeddingRequest request, Provider provider, String model) {
        return this;
    }

    /** Whether a caller's body in this very form is what this provider takes, but for the model's name. */
    default boolean relays(Provider provider) {
        return true;
    }

    /** Fields beside the vocabulary by which callers of other protocols may say something to this one's providers. */
    default Set<String> fields() {
        return Set.of();
    }

    /** How many inputs this model takes in one request. */
    default int most(String model) {
        return Integer.MAX_VALUE;
    }

    /** What is appended to an upstream's base URL to ask it. */
    String path(String model);

    /**
     * The body of a request to an upstream.
     *
     * @param warnings is told what this protocol has no word for
     * @throws RequestProblem when it cannot be said at all
     */
    byte[] writeRequest(EmbeddingRequest request, Provider provider, String model, Warnings warnings);

    /** Whether bodies name the model elsewhere than at their top, too. */
    default boolean namesModelInside() {
        return false;
    }

    /** A caller's body that is passed on, with the model's name where it stands inside of it, too. */
    default byte[] renamed(byte[] body, String model) {
        return body;
    }

    /**
     * Reads a whole answer.
     *
     * @return null where there are no vectors in it
     * @throws dev.thalweg.core.wire.JsonSyntaxException when it is not JSON, or its vectors are none
     */
    @Nullable
    EmbeddingResponse readAnswer(byte[] array, int offset, int length);

    // Towards a caller.

    /**
     * What a caller's body asks for.
     *
     * @param model what the path calls the model; empty where the body names it
     * @throws RequestProblem when it is not a request of this protocol
     */
    EmbeddingRequest readRequest(byte[] array, int offset, int length, String model);

    /** An answer as a body. */
    byte[] writeAnswer(EmbeddingResponse response, AnswerHead head, EmbeddingRequest request);
}
