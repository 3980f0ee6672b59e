package dev.thalweg.types.anthropic;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.thalweg.model.RawJson;
import dev.thalweg.types.Extra;
import dev.thalweg.types.WireRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that were used.
 *
 * @param inputTokens without those read from and written to the cache: the three together are the prompt
 * @param iterations what each of the model's turns used, where there were several
 */
public record AnthropicUsage(
        @Nullable Long inputTokens,
        @Nullable Long cacheCreationInputTokens,
        @Nullable Long cacheReadInputTokens,
        @Nullable CacheCreation cacheCreation,
        @Nullable Long outputTokens,
        @Nullable OutputTokensDetails outputTokensDetails,
        @Nullable ServerToolUse serverToolUse,
        List<RawJson> iterations,
        @Nullable String serviceTier,
        @Nullable String inferenceGeo,
        Extra extra)
        implements WireRecord {
    public AnthropicUsage {
        iterations = List.copyOf(iterations);
    }

    /** Tokens written to the cache, by how long they stay there. */
    public record CacheCreation(
            @JsonProperty("ephemeral_5m_input_tokens") @Nullable
            Long ephemeral5mInputTokens,

            @JsonProperty("ephemeral_1h_input_tokens") @Nullable
            Long ephemeral1hInputTokens,

            Extra extra)
            implements WireRecord {}

    /** What the answer's tokens are made of. */
    public record OutputTokensDetails(@Nullable Long thinkingTokens, Extra extra) implements WireRecord {}

    /** How often tools were used that Anthropic runs. */
    public record ServerToolUse(
            @Nullable Long webSearchRequests, @Nullable Long webFetchRequests, Extra extra) implements WireRecord {}
}
