package dev.thalweg.types.gemini;

import dev.thalweg.types.CamelCaseRecord;
import dev.thalweg.types.Extra;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that were used. The answer's on the bill are the candidates' and the thoughts'.
 *
 * @param promptTokenCount with those from the cache
 */
public record GeminiUsage(
        @Nullable Long promptTokenCount,
        @Nullable Long cachedContentTokenCount,
        @Nullable Long candidatesTokenCount,
        @Nullable Long thoughtsTokenCount,
        @Nullable Long toolUsePromptTokenCount,
        @Nullable Long totalTokenCount,
        List<ModalityTokens> promptTokensDetails,
        List<ModalityTokens> cacheTokensDetails,
        List<ModalityTokens> candidatesTokensDetails,
        List<ModalityTokens> toolUsePromptTokensDetails,
        @Nullable String trafficType,
        @Nullable String serviceTier,
        Extra extra)
        implements CamelCaseRecord {
    public GeminiUsage {
        promptTokensDetails = List.copyOf(promptTokensDetails);
        cacheTokensDetails = List.copyOf(cacheTokensDetails);
        candidatesTokensDetails = List.copyOf(candidatesTokensDetails);
        toolUsePromptTokensDetails = List.copyOf(toolUsePromptTokensDetails);
    }

    /**
     * Tokens of one kind.
     *
     * @param modality {@code TEXT}, {@code IMAGE}, {@code AUDIO}, {@code VIDEO}, {@code DOCUMENT}
     */
    public record ModalityTokens(String modality, @Nullable Long tokenCount, Extra extra) implements CamelCaseRecord {}
}
