package dev.thalweg.testkit.conformance;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads a message of Anthropic's API that has ended, or what came of one. */
final class AnthropicMessage {
    private AnthropicMessage() {}

    static Seen whole(JsonNode message) {
        if (Nodes.textOrEmpty(message, "type").equals("error")) {
            return Seen.problem(AnthropicFront.problem(200, message));
        }
        AnthropicFront.head(message);
        List<JsonNode> blocks = Nodes.list(message, "content");
        for (JsonNode block : blocks) {
            boolean call = Nodes.text(block, "type").equals("tool_use");
            Malformed.unless(!call || block.path("input").isObject(), "an object as input", block);
        }
        Finish finish = AnthropicFront.finish(Nodes.text(message, "stop_reason"));
        Tokens tokens = AnthropicFront.tokens(message.path("usage"));
        String kept = message.path("content").toString();
        return new Seen(List.of(choice(blocks, finish)), tokens, null, true, kept);
    }

    /** One answer of these blocks; the input of a call that was cut is text. */
    static Seen.Choice choice(List<JsonNode> blocks, @Nullable Finish finish) {
        var text = new StringBuilder();
        var reasoning = new StringBuilder();
        var calls = new ArrayList<ToolCall>();
        boolean signed = false;
        boolean sealed = false;
        for (JsonNode block : blocks) {
            switch (Nodes.text(block, "type")) {
                case "text" -> text.append(Nodes.text(block, "text"));
                case "thinking" -> {
                    reasoning.append(Nodes.text(block, "thinking"));
                    signed |= !Nodes.text(block, "signature").isEmpty();
                }
                case "redacted_thinking" -> sealed |= !Nodes.text(block, "data").isEmpty();
                case "tool_use" -> calls.add(call(block));
                default -> {} // a kind nobody knows
            }
        }
        return new Seen.Choice(text.toString(), reasoning.toString(), signed, sealed, "", calls, finish);
    }

    private static ToolCall call(JsonNode block) {
        JsonNode input = block.path("input");
        return ToolCall.of(
                Nodes.text(block, "id"),
                Nodes.text(block, "name"),
                input.isString() ? input.asString() : input.toString());
    }
}
