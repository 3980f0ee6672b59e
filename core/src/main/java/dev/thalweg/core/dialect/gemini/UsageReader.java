package dev.thalweg.core.dialect.gemini;

import dev.thalweg.core.dialect.FrameSink;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.Usage;

/**
 * Reads token counts, which every chunk has, counted anew: the last ones are the true ones. Thoughts are counted beside the
 * answer's other tokens, and what tools at the provider brought into the prompt beside the prompt's.
 */
final class UsageReader {
    private final JsonCursor cursor = new JsonCursor(JsonCursor.DEFAULT_DEPTH, false);

    /** Tells what this object says. */
    void tell(JsonValue usage, FrameSink sink) {
        long prompt = -1;
        long tools = -1;
        long cached = -1;
        long answer = -1;
        long thoughts = -1;
        cursor.reset(usage.array(), usage.start(), usage.end() - usage.start());
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("promptTokenCount")) {
                prompt = cursor.countOrSkip();
            } else if (cursor.keyIs("toolUsePromptTokenCount")) {
                tools = cursor.countOrSkip();
            } else if (cursor.keyIs("cachedContentTokenCount")) {
                cached = cursor.countOrSkip();
            } else if (cursor.keyIs("candidatesTokenCount")) {
                answer = cursor.countOrSkip();
            } else if (cursor.keyIs("thoughtsTokenCount")) {
                thoughts = cursor.countOrSkip();
            } else {
                cursor.skip();
            }
        }
        if (prompt < 0 && answer < 0) {
            return;
        }
        sink.usage(Usage.builder()
                .inputTokens(sum(prompt, tools))
                .cacheReadTokens(cached)
                .outputTokens(sum(answer, thoughts))
                .reasoningTokens(thoughts)
                .raw(new RawJson(usage.decode()))
                .build());
    }

    private static long sum(long count, long more) {
        long a = Math.max(0, count);
        long b = Math.max(0, more);
        return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
    }
}
