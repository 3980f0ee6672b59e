package dev.thalweg.core.dialect.openai;

import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.Usage;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads token counts in the spellings of OpenAI, DeepSeek, Groq, Moonshot and llama.cpp. */
final class UsageReader {
    private final JsonText text = new JsonText();
    private long reasoning = -1;

    /** The usage object ahead; null where it is null, empty or something else. */
    @Nullable
    Usage read(JsonCursor cursor, byte[] array) {
        if (cursor.peek() != '{') {
            cursor.skip();
            return null;
        }
        int start = cursor.position();
        Usage.Builder usage = Usage.builder();
        long input = -1;
        long output = -1;
        long total = -1;
        reasoning = -1;
        cursor.enterObject();
        while (cursor.nextMember()) {
            // Proxies exist that send both spellings, one of them always 0.
            if (cursor.keyIs("prompt_tokens") || cursor.keyIs("input_tokens")) {
                input = Math.max(input, cursor.countOrSkip());
            } else if (cursor.keyIs("completion_tokens") || cursor.keyIs("output_tokens")) {
                output = Math.max(output, cursor.countOrSkip());
            } else if (cursor.keyIs("total_tokens")) {
                total = cursor.countOrSkip();
            } else if (cursor.keyIs("prompt_cache_hit_tokens") || cursor.keyIs("cached_tokens")) {
                usage.cacheReadTokens(cursor.countOrSkip());
            } else if (cursor.keyIs("prompt_tokens_details")) {
                promptDetails(cursor, usage);
            } else if (cursor.keyIs("completion_tokens_details")) {
                answerDetails(cursor, usage);
            } else if (cursor.keyIs("server_tool_use")) {
                searches(cursor, usage);
            } else if (cursor.keyIs("service_tier")) {
                usage.serviceTier(JsonText.decodeOrNull(cursor.textOrSkip(text)));
            } else if (cursor.keyIs("estimated")) {
                usage.estimated(cursor.peek() == 't');
                cursor.skip();
            } else {
                cursor.skip();
            }
        }
        if (reasoning > 0 && input >= 0 && output >= 0 && total == input + output + reasoning) {
            // xAI and Gemini count reasoning beside the answer, not in it.
            output += reasoning;
        }
        usage.inputTokens(input).outputTokens(output).totalTokens(total).reasoningTokens(reasoning);
        return finish(usage, array, start, cursor.position());
    }

    /** The side object ahead: one with a {@code usage} inside (Groq), or llama.cpp's timings. */
    @Nullable
    Usage readSide(JsonCursor cursor, byte[] array) {
        if (cursor.peek() != '{') {
            cursor.skip();
            return null;
        }
        int start = cursor.position();
        @Nullable Usage inside = null;
        long cached = 0;
        long prompt = -1;
        long predicted = -1;
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("usage")) {
                inside = read(cursor, array);
            } else if (cursor.keyIs("prompt_n")) {
                prompt = cursor.countOrSkip();
            } else if (cursor.keyIs("cache_n")) {
                cached = Math.max(0, cursor.countOrSkip());
            } else if (cursor.keyIs("predicted_n")) {
                predicted = cursor.countOrSkip();
            } else {
                cursor.skip();
            }
        }
        if (inside != null || prompt < 0 || predicted < 0) {
            return inside;
        }
        Usage.Builder usage = Usage.builder()
                .inputTokens(prompt + cached)
                .cacheReadTokens(cached)
                .outputTokens(predicted);
        return finish(usage, array, start, cursor.position());
    }

    private static void promptDetails(JsonCursor cursor, Usage.Builder usage) {
        if (cursor.peek() != '{') {
            cursor.skip();
            return;
        }
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("cached_tokens")) {
                usage.cacheReadTokens(cursor.countOrSkip());
            } else if (cursor.keyIs("cache_write_tokens")) {
                usage.cacheWriteTokens(cursor.countOrSkip());
            } else if (cursor.keyIs("cache_write_1h_tokens")) {
                usage.cacheWrite1hTokens(cursor.countOrSkip());
            } else if (cursor.keyIs("audio_tokens")) {
                usage.inputAudioTokens(cursor.countOrSkip());
            } else if (cursor.keyIs("image_tokens")) {
                usage.inputImageTokens(cursor.countOrSkip());
            } else {
                cursor.skip();
            }
        }
    }

    private static void searches(JsonCursor cursor, Usage.Builder usage) {
        if (cursor.peek() != '{') {
            cursor.skip();
            return;
        }
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("web_search_requests")) {
                usage.webSearches(cursor.countOrSkip());
            } else {
                cursor.skip();
            }
        }
    }

    private void answerDetails(JsonCursor cursor, Usage.Builder usage) {
        if (cursor.peek() != '{') {
            cursor.skip();
            return;
        }
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("reasoning_tokens")) {
                reasoning = cursor.countOrSkip();
            } else if (cursor.keyIs("audio_tokens")) {
                usage.outputAudioTokens(cursor.countOrSkip());
            } else if (cursor.keyIs("image_tokens")) {
                usage.outputImageTokens(cursor.countOrSkip());
            } else {
                cursor.skip();
            }
        }
    }

    private static @Nullable Usage finish(Usage.Builder usage, byte[] array, int start, int end) {
        if (usage.isEmpty()) {
            return null;
        }
        return usage.raw(new RawJson(new String(array, start, end - start, StandardCharsets.UTF_8)))
                .build();
    }
}
