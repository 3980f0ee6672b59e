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
import org.jspecify.annotations.Nullable;

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
    private long cacheWrite1h = -1;
    private long output = -1;
    private long thinking = -1;
    private long webSearches = -1;
    private @Nullable String serviceTier;
    private boolean fast;

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
            case "output_tokens_details" -> thinking = later(inside("thinking_tokens"), thinking);
            case "cache_creation" -> cacheWrite1h = later(inside("ephemeral_1h_input_tokens"), cacheWrite1h);
            case "server_tool_use" -> webSearches = later(inside("web_search_requests"), webSearches);
            case "service_tier" -> serviceTier = word();
            case "speed" -> fast = "fast".equals(word());
            default -> {}
        }
    }

    /** The count of this name in the object at hand; -1 where there is none. */
    private long inside(String name) {
        long count = -1;
        if (inside.peek() == '{') {
            inside.enterObject();
            while (inside.nextMember()) {
                if (inside.keyIs(name)) {
                    count = inside.countOrSkip();
                } else {
                    inside.skip();
                }
            }
        }
        return count;
    }

    private @Nullable String word() {
        return JsonText.decodeOrNull(inside.textOrSkip(new JsonText()));
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
                .cacheWrite1hTokens(cacheWrite1h)
                .outputTokens(output)
                .reasoningTokens(thinking)
                .webSearches(webSearches)
                .serviceTier(fast ? "fast" : serviceTier)
                .raw(new RawJson(raw.append('}').toString()))
                .build();
    }

    private static long sum(long count, long more) {
        return more < 0 ? count : count > Long.MAX_VALUE - more ? Long.MAX_VALUE : count + more;
    }
}
