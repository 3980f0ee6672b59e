package dev.thalweg.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Builds one answer of Anthropic's Messages API, block by block in the order of the calls; begun by
 * {@link AnthropicScripts#answer}.
 *
 * <p>As a stream it has the events of the real one: {@code message_start}, a start, deltas and a stop for each block, a
 * {@code ping} after the first start, {@code message_delta} and {@code message_stop}. Not thread-safe.
 */
public final class AnthropicAnswer {
    private final List<Block> blocks = new ArrayList<>();
    private @Nullable String stopReason;
    private int input = 10;
    private int cacheRead;
    private int output = 5;
    private boolean unfinished;
    private boolean unknown;

    AnthropicAnswer() {}

    /**
     * One content block.
     *
     * @param start the block as it starts
     * @param deltas the deltas
     * @param whole the block as a whole answer has it
     */
    private record Block(String start, List<String> deltas, String whole) {}

    /** Adds a thinking block in these pieces, with this signature over them. */
    public AnthropicAnswer thinking(String signature, String... pieces) {
        Stream<String> words = Stream.of(pieces).map(piece -> delta("thinking_delta", "thinking", piece));
        Stream<String> end = Stream.of(delta("signature_delta", "signature", signature));
        return add(
                "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}",
                Stream.concat(words, end).toList(),
                "{\"type\":\"thinking\",\"thinking\":%s,\"signature\":%s}"
                        .formatted(Json.quote(String.join("", pieces)), Json.quote(signature)));
    }

    /** Adds thinking that only the provider can read. */
    public AnthropicAnswer redactedThinking(String data) {
        String whole = "{\"type\":\"redacted_thinking\",\"data\":%s}".formatted(Json.quote(data));
        return add(whole, List.of(), whole);
    }

    /** Adds a text block in these pieces. */
    public AnthropicAnswer text(String... pieces) {
        return add(
                "{\"type\":\"text\",\"text\":\"\"}",
                Stream.of(pieces)
                        .map(piece -> delta("text_delta", "text", piece))
                        .toList(),
                "{\"type\":\"text\",\"text\":%s}".formatted(Json.quote(String.join("", pieces))));
    }

    /**
     * Adds a call of a tool with these pieces of its input (JSON text); without any the input is empty. Unless
     * {@link #stopReason} says otherwise, the answer then stops with {@code tool_use}.
     */
    public AnthropicAnswer toolUse(String id, String name, String... inputPieces) {
        String begin =
                "{\"type\":\"tool_use\",\"id\":%s,\"name\":%s,\"input\":".formatted(Json.quote(id), Json.quote(name));
        // The first piece of the real server is empty, and for an empty input it is the only one.
        Stream<String> pieces = Stream.concat(Stream.of(""), Stream.of(inputPieces));
        String all = String.join("", inputPieces);
        return add(
                begin + "{}}",
                pieces.map(piece -> delta("input_json_delta", "partial_json", piece))
                        .toList(),
                begin + (all.isEmpty() ? "{}" : all) + "}");
    }

    /** The stop reason, instead of {@code end_turn} or {@code tool_use}. */
    public AnthropicAnswer stopReason(String reason) {
        stopReason = reason;
        return this;
    }

    /** The usage in tokens: input without what was read from the cache, what was, and output. */
    public AnthropicAnswer usage(int inputTokens, int cacheReadTokens, int outputTokens) {
        input = inputTokens;
        cacheRead = cacheReadTokens;
        output = outputTokens;
        return this;
    }

    /** Ends the stream after the last delta of the last block. */
    public AnthropicAnswer unfinished() {
        unfinished = true;
        return this;
    }

    /** Adds events of a kind no client knows to the stream. */
    public AnthropicAnswer unknownEvents() {
        unknown = true;
        return this;
    }

    /** The events of the stream, in order. */
    public List<ScriptEvent> events() {
        var events = new ArrayList<ScriptEvent>();
        events.add(event("message_start", "\"message\":" + message("[]", "null", 1)));
        for (int index = 0; index < blocks.size(); index++) {
            Block block = blocks.get(index);
            events.add(
                    event("content_block_start", "\"index\":%d,\"content_block\":%s".formatted(index, block.start())));
            if (index == 0) {
                events.add(new ScriptEvent("ping", "{\"type\": \"ping\"}"));
            }
            for (String delta : block.deltas()) {
                events.add(event("content_block_delta", "\"index\":%d,\"delta\":%s".formatted(index, delta)));
            }
            if (unknown) {
                events.add(event("content_block_hint", "\"index\":%d,\"hint\":{\"type\":\"future\"}".formatted(index)));
            }
            if (!unfinished || index < blocks.size() - 1) {
                events.add(event("content_block_stop", "\"index\":" + index));
            }
        }
        if (!unfinished) {
            events.add(event(
                    "message_delta",
                    "\"delta\":{\"stop_reason\":%s,\"stop_sequence\":null},\"usage\":%s".formatted(reason(), usage())));
            events.add(event("message_stop", ""));
        }
        return events;
    }

    /** The answer as a stream. */
    public Script stream() {
        ScriptBuilder script = Script.sse();
        events().forEach(event -> event.addTo(script));
        return script.build();
    }

    /** The answer's JSON. */
    public String body() {
        String content = String.join(",", blocks.stream().map(Block::whole).toList());
        return message("[" + content + "]", reason(), output);
    }

    /** The whole answer without streaming. */
    public Script message() {
        return Script.json(200, body());
    }

    private AnthropicAnswer add(String start, List<String> deltas, String whole) {
        blocks.add(new Block(start, deltas, whole));
        return this;
    }

    private String reason() {
        boolean called = blocks.stream().anyMatch(block -> block.start().startsWith("{\"type\":\"tool_use\""));
        return Json.quote(stopReason != null ? stopReason : called ? "tool_use" : "end_turn");
    }

    private String message(String content, String reason, int outputTokens) {
        return """
                {"id":"%s","type":"message","role":"assistant","model":"%s","content":%s,"stop_reason":%s,\
                "stop_sequence":null,"usage":{"input_tokens":%d,"cache_creation_input_tokens":0,\
                "cache_read_input_tokens":%d,"cache_creation":{"ephemeral_5m_input_tokens":0,\
                "ephemeral_1h_input_tokens":0},"output_tokens":%d,"service_tier":"standard"}}""".formatted(
                        AnthropicScripts.ID, AnthropicScripts.MODEL, content, reason, input, cacheRead, outputTokens);
    }

    private String usage() {
        return "{\"input_tokens\":%d,\"cache_creation_input_tokens\":0,\"cache_read_input_tokens\":%d,\"output_tokens\":%d}"
                .formatted(input, cacheRead, output);
    }

    private static String delta(String type, String member, String value) {
        return "{\"type\":\"%s\",\"%s\":%s}".formatted(type, member, Json.quote(value));
    }

    /** One event, padded before its last brace as the real ones are. */
    private static ScriptEvent event(String type, String members) {
        return new ScriptEvent(type, "{\"type\":\"%s\"%s   }".formatted(type, members.isEmpty() ? "" : "," + members));
    }
}
