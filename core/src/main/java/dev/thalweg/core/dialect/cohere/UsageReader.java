package dev.thalweg.core.dialect.cohere;

import dev.thalweg.core.dialect.FrameSink;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.Usage;

/**
 * Reads token counts. There are two of each: those that are billed, which are told, and those that the model read and wrote, with
 * instructions of the provider's own, which are far more. {@code cached_tokens} is a part of the latter and tells nothing of the
 * bill.
 */
final class UsageReader {
    private final JsonCursor cursor = new JsonCursor(JsonCursor.DEFAULT_DEPTH, false);
    private long billedInput = -1;
    private long billedOutput = -1;
    private long input = -1;
    private long output = -1;

    private UsageReader() {}

    /** Tells what this object says; nothing where it has no counts. */
    static void tell(JsonValue usage, FrameSink sink) {
        UsageReader reader = new UsageReader();
        reader.read(usage);
        boolean billed = reader.billedInput >= 0 || reader.billedOutput >= 0;
        long in = billed ? reader.billedInput : reader.input;
        long out = billed ? reader.billedOutput : reader.output;
        if (in >= 0 || out >= 0) {
            sink.usage(Usage.builder()
                    .inputTokens(Math.max(0, in))
                    .outputTokens(Math.max(0, out))
                    .raw(new RawJson(usage.decode()))
                    .build());
        }
    }

    private void read(JsonValue usage) {
        cursor.reset(usage.array(), usage.start(), usage.end() - usage.start());
        cursor.enterObject();
        while (cursor.nextMember()) {
            boolean billed = cursor.keyIs("billed_units");
            if ((billed || cursor.keyIs("tokens")) && cursor.peek() == '{') {
                counts(billed);
            } else {
                cursor.skip();
            }
        }
    }

    private void counts(boolean billed) {
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("input_tokens")) {
                long count = cursor.countOrSkip();
                billedInput = billed ? count : billedInput;
                input = billed ? input : count;
            } else if (cursor.keyIs("output_tokens")) {
                long count = cursor.countOrSkip();
                billedOutput = billed ? count : billedOutput;
                output = billed ? output : count;
            } else {
                cursor.skip();
            }
        }
    }
}
