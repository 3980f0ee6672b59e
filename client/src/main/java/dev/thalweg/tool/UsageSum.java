package dev.thalweg.tool;

import dev.thalweg.model.Usage;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** What several answers used together. */
final class UsageSum {
    private UsageSum() {}

    /** The counts added up; a detail that none gave stays unknown. Empty where there is no usage at all. */
    static Optional<Usage> of(List<Usage> all) {
        if (all.size() <= 1) {
            return all.stream().findFirst();
        }
        Usage.Builder sum = Usage.builder()
                .inputTokens(all.stream().mapToLong(Usage::inputTokens).sum())
                .outputTokens(all.stream().mapToLong(Usage::outputTokens).sum())
                .totalTokens(all.stream().mapToLong(Usage::totalTokens).sum())
                .estimated(all.stream().anyMatch(Usage::estimated));
        detail(all, Usage::cacheReadTokens).ifPresent(sum::cacheReadTokens);
        detail(all, Usage::cacheWriteTokens).ifPresent(sum::cacheWriteTokens);
        detail(all, Usage::cacheWrite1hTokens).ifPresent(sum::cacheWrite1hTokens);
        detail(all, Usage::inputAudioTokens).ifPresent(sum::inputAudioTokens);
        detail(all, Usage::inputImageTokens).ifPresent(sum::inputImageTokens);
        detail(all, Usage::reasoningTokens).ifPresent(sum::reasoningTokens);
        detail(all, Usage::outputAudioTokens).ifPresent(sum::outputAudioTokens);
        detail(all, Usage::outputImageTokens).ifPresent(sum::outputImageTokens);
        detail(all, Usage::webSearches).ifPresent(sum::webSearches);
        return Optional.of(sum.build());
    }

    private static OptionalLong detail(List<Usage> all, Function<Usage, OptionalLong> count) {
        return all.stream().map(count).flatMapToLong(OptionalLong::stream).reduce(Long::sum);
    }
}
