package dev.thalweg.core.dialect.responses;

import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.Usage;
import org.jspecify.annotations.Nullable;

/** Reads token counts. */
final class UsageReader {
    private final JsonCursor cursor = new JsonCursor(JsonCursor.DEFAULT_DEPTH, false);

    /** The counts in this object; null where there are none. */
    @Nullable
    Usage read(JsonValue object) {
        cursor.reset(object.array(), object.start(), object.end() - object.start());
        if (cursor.peek() != '{') {
            return null;
        }
        Usage.Builder usage = Usage.builder();
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("input_tokens")) {
                usage.inputTokens(cursor.countOrSkip());
            } else if (cursor.keyIs("output_tokens")) {
                usage.outputTokens(cursor.countOrSkip());
            } else if (cursor.keyIs("total_tokens")) {
                usage.totalTokens(cursor.countOrSkip());
            } else if (cursor.keyIs("input_tokens_details")) {
                inputDetails(usage);
            } else if (cursor.keyIs("output_tokens_details")) {
                outputDetails(usage);
            } else {
                cursor.skip();
            }
        }
        return usage.isEmpty() ? null : usage.raw(new RawJson(object.decode())).build();
    }

    private void inputDetails(Usage.Builder usage) {
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
            } else if (cursor.keyIs("audio_tokens")) {
                usage.inputAudioTokens(cursor.countOrSkip());
            } else if (cursor.keyIs("image_tokens")) {
                usage.inputImageTokens(cursor.countOrSkip());
            } else {
                cursor.skip();
            }
        }
    }

    private void outputDetails(Usage.Builder usage) {
        if (cursor.peek() != '{') {
            cursor.skip();
            return;
        }
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("reasoning_tokens")) {
                usage.reasoningTokens(cursor.countOrSkip());
            } else if (cursor.keyIs("audio_tokens")) {
                usage.outputAudioTokens(cursor.countOrSkip());
            } else if (cursor.keyIs("image_tokens")) {
                usage.outputImageTokens(cursor.countOrSkip());
            } else {
                cursor.skip();
            }
        }
    }
}
