package dev.thalweg.core.dialect.openai;

import dev.thalweg.model.RawJson;
import dev.thalweg.model.Usage;

/** Writes token counts: the provider's own object where it has OpenAI's spelling, with all that is in it. */
final class UsageJson {
    private UsageJson() {}

    static String of(Usage usage) {
        RawJson raw = usage.raw().orElse(null);
        if (raw != null && raw.text().contains("\"prompt_tokens\"")) {
            return raw.text();
        }
        StringBuilder json = new StringBuilder(200);
        json.append("{\"prompt_tokens\":").append(usage.inputTokens());
        json.append(",\"completion_tokens\":").append(usage.outputTokens());
        json.append(",\"total_tokens\":").append(usage.totalTokens());
        if (usage.cacheReadTokens().isPresent() || usage.cacheWriteTokens().isPresent()) {
            json.append(",\"prompt_tokens_details\":{\"cached_tokens\":")
                    .append(usage.cacheReadTokens().orElse(0));
            usage.cacheWriteTokens()
                    .ifPresent(tokens -> json.append(",\"cache_write_tokens\":").append(tokens));
            json.append("}");
        }
        usage.reasoningTokens()
                .ifPresent(tokens -> json.append(",\"completion_tokens_details\":{\"reasoning_tokens\":")
                        .append(tokens)
                        .append("}"));
        return json.append(usage.estimated() ? ",\"estimated\":true}" : "}").toString();
    }
}
