package dev.thalweg.core.dialect.gemini;

import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.Usage;

/** Writes token counts: thoughts beside the answer's other tokens. */
final class UsageWriter {
    private UsageWriter() {}

    /**
     * Appends the object.
     *
     * @param own whether the counts come from a provider of this protocol, whose own object is the best there is
     */
    static void write(ByteBuilder json, Usage usage, boolean own) {
        RawJson raw = usage.raw().orElse(null);
        if (own && raw != null) {
            PartJson.line(json, raw.text());
            return;
        }
        long thoughts = Math.min(usage.outputTokens(), usage.reasoningTokens().orElse(0));
        json.ascii("{\"promptTokenCount\":").number(usage.inputTokens());
        json.ascii(",\"candidatesTokenCount\":").number(usage.outputTokens() - thoughts);
        json.ascii(",\"totalTokenCount\":").number(usage.inputTokens() + usage.outputTokens());
        if (thoughts > 0) {
            json.ascii(",\"thoughtsTokenCount\":").number(thoughts);
        }
        usage.cacheReadTokens()
                .ifPresent(tokens -> json.ascii(",\"cachedContentTokenCount\":").number(tokens));
        json.ascii("}");
    }
}
