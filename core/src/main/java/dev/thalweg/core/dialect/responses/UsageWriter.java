package dev.thalweg.core.dialect.responses;

import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.model.Usage;
import org.jspecify.annotations.Nullable;

/** Writes token counts. */
final class UsageWriter {
    private UsageWriter() {}

    static void write(ByteBuilder json, @Nullable Usage usage) {
        if (usage == null) {
            json.ascii("null");
            return;
        }
        json.ascii("{\"input_tokens\":").number(usage.inputTokens());
        json.ascii(",\"input_tokens_details\":{\"cached_tokens\":")
                .number(usage.cacheReadTokens().orElse(0));
        json.ascii(",\"cache_write_tokens\":").number(usage.cacheWriteTokens().orElse(0));
        json.ascii("},\"output_tokens\":").number(usage.outputTokens());
        json.ascii(",\"output_tokens_details\":{\"reasoning_tokens\":")
                .number(usage.reasoningTokens().orElse(0));
        json.ascii("},\"total_tokens\":").number(usage.totalTokens()).ascii("}");
    }
}
