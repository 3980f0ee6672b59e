package dev.thalweg.core.dialect.openai;

import dev.thalweg.model.RawJson;
import dev.thalweg.model.Usage;
import java.util.OptionalLong;

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
        prompt(json, usage);
        answer(json, usage);
        usage.webSearches()
                .ifPresent(count -> json.append(",\"server_tool_use\":{\"web_search_requests\":")
                        .append(count)
                        .append("}"));
        usage.serviceTier().ifPresent(tier -> json.append(",\"service_tier\":").append(Json.quoted(tier)));
        return json.append(usage.estimated() ? ",\"estimated\":true}" : "}").toString();
    }

    private static void prompt(StringBuilder json, Usage usage) {
        if (usage.cacheReadTokens().isPresent()
                || usage.cacheWriteTokens().isPresent()
                || usage.inputAudioTokens().isPresent()
                || usage.inputImageTokens().isPresent()) {
            json.append(",\"prompt_tokens_details\":{\"cached_tokens\":")
                    .append(usage.cacheReadTokens().orElse(0));
            count(json, "cache_write_tokens", usage.cacheWriteTokens());
            count(json, "cache_write_1h_tokens", usage.cacheWrite1hTokens());
            count(json, "audio_tokens", usage.inputAudioTokens());
            count(json, "image_tokens", usage.inputImageTokens());
            json.append("}");
        }
    }

    private static void answer(StringBuilder json, Usage usage) {
        if (usage.reasoningTokens().isPresent()
                || usage.outputAudioTokens().isPresent()
                || usage.outputImageTokens().isPresent()) {
            json.append(",\"completion_tokens_details\":{\"reasoning_tokens\":")
                    .append(usage.reasoningTokens().orElse(0));
            count(json, "audio_tokens", usage.outputAudioTokens());
            count(json, "image_tokens", usage.outputImageTokens());
            json.append("}");
        }
    }

    private static void count(StringBuilder json, String name, OptionalLong tokens) {
        tokens.ifPresent(count -> json.append(",\"").append(name).append("\":").append(count));
    }
}
