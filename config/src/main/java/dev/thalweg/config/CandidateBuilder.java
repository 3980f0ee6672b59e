package dev.thalweg.config;

import dev.thalweg.core.route.Candidate;
import java.math.BigDecimal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A candidate while it is read. What is not set is the default. Not thread-safe. */
final class CandidateBuilder {
    @Nullable
    Integer weight;

    @Nullable
    Integer order;

    long requestsPerMinute;
    long tokensPerMinute;
    int maxParallel;

    @Nullable
    Integer retries;

    Set<String> tags = Set.of();

    @Nullable
    String region;

    @Nullable
    BigDecimal inputPrice;

    @Nullable
    BigDecimal outputPrice;

    /** The same candidate under another id, with another order. */
    static Candidate copy(Candidate candidate, String id, int order) {
        return new Candidate(
                id,
                candidate.weight(),
                order,
                candidate.requestsPerMinute(),
                candidate.tokensPerMinute(),
                candidate.maxParallel(),
                candidate.retries(),
                candidate.tags(),
                candidate.region(),
                candidate.inputPrice(),
                candidate.outputPrice());
    }

    Candidate build(String id) {
        return new Candidate(
                id,
                weight,
                order == null ? Orders.UNSAID : order,
                requestsPerMinute,
                tokensPerMinute,
                maxParallel,
                retries,
                tags,
                region,
                inputPrice,
                outputPrice);
    }
}
