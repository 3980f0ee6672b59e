package dev.thalweg.core.dialect.bedrock;

import dev.thalweg.core.dialect.FrameSink;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.Usage;

/** Reads token counts. {@code inputTokens} leaves out what a cache had or got; the whole prompt is the three together. */
final class UsageReader {
    private UsageReader() {}

    static void tell(JsonValue usage, FrameSink sink) {
        JsonCursor cursor = new JsonCursor(JsonCursor.DEFAULT_DEPTH, false);
        long input = -1;
        long output = -1;
        long read = -1;
        long written = -1;
        cursor.reset(usage.array(), usage.start(), usage.end() - usage.start());
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("inputTokens")) {
                input = cursor.countOrSkip();
            } else if (cursor.keyIs("outputTokens")) {
                output = cursor.countOrSkip();
            } else if (cursor.keyIs("cacheReadInputTokens") || cursor.keyIs("cacheReadInputTokenCount")) {
                read = Math.max(read, cursor.countOrSkip());
            } else if (cursor.keyIs("cacheWriteInputTokens") || cursor.keyIs("cacheWriteInputTokenCount")) {
                written = Math.max(written, cursor.countOrSkip());
            } else {
                cursor.skip();
            }
        }
        if (input >= 0 || output >= 0) {
            sink.usage(Usage.builder()
                    .inputTokens(sum(sum(Math.max(0, input), read), written))
                    .cacheReadTokens(read)
                    .cacheWriteTokens(written)
                    .outputTokens(output)
                    .raw(new RawJson(usage.decode()))
                    .build());
        }
    }

    private static long sum(long count, long more) {
        return more < 0 ? count : count > Long.MAX_VALUE - more ? Long.MAX_VALUE : count + more;
    }
}
