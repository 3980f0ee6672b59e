package dev.thalweg.testkit.conformance;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads a message of Converse that has ended, or what came of one. */
final class BedrockMessage {
    private BedrockMessage() {}

    static Seen whole(JsonNode answer) {
        JsonNode message = answer.path("output").path("message");
        Nodes.is(message, "role", "assistant");
        List<JsonNode> blocks = Nodes.list(message, "content");
        for (JsonNode block : blocks) {
            JsonNode call = block.path("toolUse");
            Malformed.unless(call.isMissingNode() || call.path("input").isObject(), "an object as input", block);
        }
        Malformed.unless(answer.path("metrics").has("latencyMs"), "metrics", answer);
        Finish finish = BedrockFront.finish(Nodes.text(answer, "stopReason"));
        Tokens tokens = BedrockFront.tokens(answer.path("usage"));
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
            Malformed.unless(block.size() == 1, "a block of one kind", block);
            if (block.has("text")) {
                text.append(Nodes.text(block, "text"));
            } else if (block.has("reasoningContent")) {
                JsonNode words = block.path("reasoningContent").path("reasoningText");
                reasoning.append(Nodes.textOrEmpty(words, "text"));
                signed |= !Nodes.textOrEmpty(words, "signature").isEmpty();
                sealed |= block.path("reasoningContent").has("redactedContent");
            } else if (block.has("toolUse")) {
                JsonNode call = block.path("toolUse");
                JsonNode input = call.path("input");
                calls.add(ToolCall.of(
                        Nodes.text(call, "toolUseId"),
                        Nodes.text(call, "name"),
                        input.isString() ? input.asString() : input.toString()));
            }
        }
        return new Seen.Choice(text.toString(), reasoning.toString(), signed, sealed, "", calls, finish);
    }
}
