package dev.thalweg.core.dialect.anthropic;

import dev.thalweg.core.dialect.FrameSink;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.Usage;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads token counts, which a stream gives several times, each time other ones of them: of each the last one counts. {@code
 * input_tokens} leaves out what a cache had or got; the whole prompt is the three together.
 */
final class UsageReader {
    /** More members than any provider sends. */
    private static final int MOST_MEMBERS = 64;

    private final JsonCursor cursor = new JsonCursor(JsonCursor.DEFAULT_DEPTH, false);
    private final JsonCursor inside = new JsonCursor(JsonCursor.DEFAULT_DEPTH, false);
    private final JsonText name = new JsonText();
    private final JsonValue value = new JsonValue();
    private final Map<String, String> members = new LinkedHashMap<>();
    private long input = -1;
    private long cacheRead = -1;
    private long cacheWrite = -1;
    private long output = -1;
    private long thinking = -1;

    /** Adds this usage object to what is known, and tells all of it. */
    void tell(JsonValue usage, FrameSink sink) {
        cursor.reset(usage.array(), usage.start(), usage.end() - usage.start());
        cursor.enterObject();
        while (cursor.nextMember()) {
            cursor.skipMember(name, value);
            if (value.array()[value.start()] != 'n') {
                count(name.decode());
            }
        }
        if (input >= 0 || output >= 0) {
            sink.usage(usage());
        }
    }

    private void count(String key) {
        if (members.size() < MOST_MEMBERS || members.containsKey(key)) {
            members.put(key, value.decode());
        }
        inside.reset(value.array(), value.start(), value.end() - value.start());
        switch (key) {
            case "input_tokens" -> input = later(inside.countOrSkip(), input);
            case "cache_read_input_tokens" -> cacheRead = later(inside.countOrSkip(), cacheRead);
            case "cache_creation_input_tokens" -> cacheWrite = later(inside.countOrSkip(), cacheWrite);
            case "output_tokens" -> output = later(inside.countOrSkip(), output);
            case "output_tokens_details" -> details();
            default -> {}
        }
    }

    private void details() {
        if (inside.peek() != '{') {
            return;
        }
        inside.enterObject();
        while (inside.nextMember()) {
            if (inside.keyIs("thinking_tokens")) {
                thinking = later(inside.countOrSkip(), thinking);
            } else {
                inside.skip();
            }
        }
    }

    private static long later(long count, long before) {
        return count < 0 ? before : count;
    }

    private Usage usage() {
        StringBuilder raw = new StringBuilder("{");
        members.forEach((key, json) -> raw.append(raw.length() == 1 ? "" : ",")
                .append(new ByteBuilder(key.length() + 2).string(key))
                .append(':')
                .append(json));
        return Usage.builder()
                .inputTokens(sum(sum(Math.max(0, input), cacheRead), cacheWrite))
                .cacheReadTokens(cacheRead)
                .cacheWriteTokens(cacheWrite)
                .outputTokens(output)
                .reasoningTokens(thinking)
                .raw(new RawJson(raw.append('}').toString()))
                .build();
    }

    private static long sum(long count, long more) {
        return more < 0 ? count : count > Long.MAX_VALUE - more ? Long.MAX_VALUE : count + more;
    }
}
