package dev.thalweg.core.route;

import java.math.BigDecimal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What routing knows of a deployment from its configuration. Immutable.
 *
 * @param id its name in logs, headers and records
 * @param weight its share of the group's requests; null where nothing is said
 * @param order its turn: those with the lowest number that are open serve; 0 where nothing is said
 * @param requestsPerMinute what the provider allows; 0: not known
 * @param tokensPerMinute what the provider allows; 0: not known
 * @param maxParallel the most requests at a time; 0: any number
 * @param retries how often a request is tried again after it failed here; null: as its group says
 * @param tags what requests may ask for
 * @param region where it runs; null where nothing is said
 * @param inputPrice of a token; null: unknown
 * @param outputPrice of a token; null: unknown
 */
public record Candidate(
        String id,
        @Nullable Integer weight,
        int order,
        long requestsPerMinute,
        long tokensPerMinute,
        int maxParallel,
        @Nullable Integer retries,
        Set<String> tags,
        @Nullable String region,
        @Nullable BigDecimal inputPrice,
        @Nullable BigDecimal outputPrice) {

    /** Copies the tags. */
    public Candidate {
        tags = Set.copyOf(tags);
    }

    /** The same at these prices of a token. */
    public Candidate withPrices(@Nullable BigDecimal input, @Nullable BigDecimal output) {
        return new Candidate(
                id,
                weight,
                order,
                requestsPerMinute,
                tokensPerMinute,
                maxParallel,
                retries,
                tags,
                region,
                input,
                output);
    }

    /** One of which nothing is known but its name. */
    public static Candidate of(String id) {
        return new Candidate(id, null, 0, 0, 0, 0, null, Set.of(), null, null, null);
    }
}
