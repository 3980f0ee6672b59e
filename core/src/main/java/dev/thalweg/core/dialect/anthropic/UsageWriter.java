package dev.thalweg.core.dialect.anthropic;

import dev.thalweg.core.dialect.OneLine;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.Usage;
import org.jspecify.annotations.Nullable;

/** Writes token counts: the prompt in three parts, of which none has what the others have. */
final class UsageWriter {
    private UsageWriter() {}

    /**
     * Appends the object.
     *
     * @param usage null where nothing is known, or not yet
     * @param own whether the counts come from a provider of this protocol, whose own object is the best there is
     */
    static void write(ByteBuilder json, @Nullable Usage usage, boolean own) {
        if (usage == null) {
            json.ascii("{\"input_tokens\":0,\"output_tokens\":0}");
            return;
        }
        RawJson raw = usage.raw().orElse(null);
        if (own && raw != null) {
            json.append(Bytes.utf8(OneLine.of(raw.text())));
            return;
        }
        json.ascii("{\"input_tokens\":").number(usage.uncachedInputTokens());
        json.ascii(",\"cache_creation_input_tokens\":")
                .number(usage.cacheWriteTokens().orElse(0));
        json.ascii(",\"cache_read_input_tokens\":")
                .number(usage.cacheReadTokens().orElse(0));
        usage.cacheWrite1hTokens().ifPresent(tokens -> cacheCreation(json, usage, tokens));
        json.ascii(",\"output_tokens\":").number(usage.outputTokens());
        usage.reasoningTokens()
                .ifPresent(tokens -> json.ascii(",\"output_tokens_details\":{\"thinking_tokens\":")
                        .number(tokens)
                        .ascii("}"));
        json.ascii(usage.estimated() ? ",\"estimated\":true}" : "}");
    }

    private static void cacheCreation(ByteBuilder json, Usage usage, long forAnHour) {
        long all = usage.cacheWriteTokens().orElse(0);
        json.ascii(",\"cache_creation\":{\"ephemeral_5m_input_tokens\":").number(Math.max(0, all - forAnHour));
        json.ascii(",\"ephemeral_1h_input_tokens\":").number(forAnHour).ascii("}");
    }
}
