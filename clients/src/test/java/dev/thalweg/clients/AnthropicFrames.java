package dev.thalweg.clients;

import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptBuilder;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** What a provider of Anthropic's protocol sends. */
final class AnthropicFrames {
    static final String WEATHER =
            "{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"weather\",\"input\":{\"city\":\"Oslo\"}}";
    static final String NOW = "{\"type\":\"tool_use\",\"id\":\"toolu_2\",\"name\":\"now\",\"input\":{}}";
    static final String THINKING = "{\"type\":\"thinking\",\"thinking\":\"Oslo is wet.\",\"signature\":\"c2lnbmVk\"}";

    private AnthropicFrames() {}

    static String text(String text) {
        return "{\"type\":\"text\",\"text\":\"" + text + "\"}";
    }

    /** A whole answer of these blocks. */
    static Script message(String stopReason, String... blocks) {
        return Script.json(200, head(String.join(",", blocks), "\"" + stopReason + "\""));
    }

    private static String head(String blocks, String stopReason) {
        return "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude-x\",\"content\":["
                + blocks + "],\"stop_reason\":" + stopReason + ",\"stop_sequence\":null,"
                + "\"usage\":{\"input_tokens\":10,\"output_tokens\":5}}";
    }

    /** The events of one block: how it begins, and its deltas. */
    static List<String> block(int index, String block, String... deltas) {
        Stream<String> pieces = Stream.of(deltas)
                .map(delta -> "{\"type\":\"content_block_delta\",\"index\":" + index + ",\"delta\":" + delta + "}");
        return Stream.of(
                        Stream.of("{\"type\":\"content_block_start\",\"index\":" + index + ",\"content_block\":" + block
                                + "}"),
                        pieces,
                        Stream.of("{\"type\":\"content_block_stop\",\"index\":" + index + "}"))
                .flatMap(events -> events)
                .toList();
    }

    /** A block of text in these pieces. */
    static List<String> textBlock(int index, String... pieces) {
        return block(
                index,
                text(""),
                Stream.of(pieces)
                        .map(piece -> "{\"type\":\"text_delta\",\"text\":\"" + piece + "\"}")
                        .toArray(String[]::new));
    }

    /** A call whose arguments come in these pieces of JSON. */
    static List<String> toolBlock(int index, String id, String name, String... pieces) {
        return block(
                index,
                "{\"type\":\"tool_use\",\"id\":\"" + id + "\",\"name\":\"" + name + "\",\"input\":{}}",
                Stream.of(pieces)
                        .map(piece -> "{\"type\":\"input_json_delta\",\"partial_json\":"
                                + JsonMapper.shared().writeValueAsString(piece) + "}")
                        .toArray(String[]::new));
    }

    static List<String> thinkingBlock(int index) {
        return block(
                index,
                "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}",
                "{\"type\":\"thinking_delta\",\"thinking\":\"Oslo is \"}",
                "{\"type\":\"thinking_delta\",\"thinking\":\"wet.\"}",
                "{\"type\":\"signature_delta\",\"signature\":\"c2lnbmVk\"}");
    }

    /** Begins a stream with these blocks. */
    @SafeVarargs
    static ScriptBuilder begun(List<String>... blocks) {
        ScriptBuilder script = Script.sse();
        script.event("message_start", "{\"type\":\"message_start\",\"message\":" + head("", "null") + "}");
        for (List<String> block : blocks) {
            block.forEach(event -> script.event(
                    JsonMapper.shared().readTree(event).path("type").asString(), event));
        }
        return script;
    }

    /** A stream of these blocks with its end. */
    @SafeVarargs
    static Script stream(String stopReason, List<String>... blocks) {
        return begun(blocks)
                .event(
                        "message_delta",
                        "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"" + stopReason
                                + "\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":7}}")
                .event("message_stop", "{\"type\":\"message_stop\"}")
                .build();
    }

    static String errorBody(String type, String message) {
        return "{\"type\":\"error\",\"error\":{\"type\":\"" + type + "\",\"message\":\"" + message
                + "\"},\"request_id\":\"req_up\"}";
    }
}
