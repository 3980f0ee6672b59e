package dev.thalweg.core.dialect.cohere;

import dev.thalweg.core.dialect.OneLine;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.Usage;
import org.jspecify.annotations.Nullable;

/** Writes token counts: what is billed and what was read and written are the same for all other providers. */
final class UsageWriter {
    private UsageWriter() {}

    /**
     * Appends the object.
     *
     * @param usage null where nothing is known
     * @param own whether the counts come from a provider of this protocol, whose own object is the best there is
     */
    static void write(ByteBuilder json, @Nullable Usage usage, boolean own) {
        long input = usage == null ? 0 : usage.inputTokens();
        long output = usage == null ? 0 : usage.outputTokens();
        RawJson raw = usage == null ? null : usage.raw().orElse(null);
        if (own && raw != null) {
            json.append(Bytes.utf8(OneLine.of(raw.text())));
            return;
        }
        json.ascii("{\"billed_units\":{");
        counts(json, input, output);
        json.ascii(",\"tokens\":{");
        counts(json, input, output);
        if (usage != null) {
            usage.cacheReadTokens()
                    .ifPresent(cached -> json.ascii(",\"cached_tokens\":").number(cached));
            json.ascii(usage.estimated() ? ",\"estimated\":true" : "");
        }
        json.ascii("}");
    }

    private static void counts(ByteBuilder json, long input, long output) {
        json.ascii("\"input_tokens\":").number(input);
        json.ascii(",\"output_tokens\":").number(output).ascii("}");
    }
}
