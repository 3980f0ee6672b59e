package dev.thalweg.core.dialect.bedrock;

import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.model.Usage;
import org.jspecify.annotations.Nullable;

/** Writes token counts: the prompt in three parts, of which none has what the others have. */
final class UsageWriter {
    private UsageWriter() {}

    /** Appends the object; all of it is nought where nothing is known. */
    static void write(ByteBuilder json, @Nullable Usage usage) {
        if (usage == null) {
            json.ascii("{\"inputTokens\":0,\"outputTokens\":0,\"totalTokens\":0}");
            return;
        }
        json.ascii("{\"inputTokens\":").number(usage.uncachedInputTokens());
        json.ascii(",\"outputTokens\":").number(usage.outputTokens());
        json.ascii(",\"totalTokens\":").number(usage.totalTokens());
        usage.cacheReadTokens()
                .ifPresent(count -> json.ascii(",\"cacheReadInputTokens\":").number(count));
        usage.cacheWriteTokens()
                .ifPresent(count -> json.ascii(",\"cacheWriteInputTokens\":").number(count));
        json.ascii("}");
    }
}
