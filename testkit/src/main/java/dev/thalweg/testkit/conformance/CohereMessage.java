package dev.thalweg.testkit.conformance;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads a message of Cohere's that has ended, or what came of one. */
final class CohereMessage {
    private CohereMessage() {}

    static Seen whole(JsonNode answer) {
        if (answer.path("message").isString()) {
            return Seen.problem(new Seen.Problem(200, "", "", Nodes.text(answer, "message")));
        }
        Malformed.unless(!Nodes.text(answer, "id").isEmpty(), "an id of the answer", answer);
        JsonNode message = answer.path("message");
        Nodes.is(message, "role", "assistant");
        Tokens tokens = CohereFront.tokens(answer.path("usage"));
        Seen.Choice choice = choice(message, CohereFront.finish(answer));
        return new Seen(List.of(choice), tokens, null, true, message.toString());
    }

    /** What a message says, as far as it came. */
    static Seen.Choice choice(JsonNode message, @Nullable Finish finish) {
        var text = new StringBuilder();
        var reasoning = new StringBuilder(Nodes.textOrEmpty(message, "tool_plan"));
        boolean signed = false;
        boolean sealed = false;
        for (JsonNode block : Nodes.listOrNone(message, "content")) {
            switch (Nodes.text(block, "type")) {
                case "text" -> text.append(Nodes.text(block, "text"));
                case "thinking" -> {
                    reasoning.append(Nodes.text(block, "thinking"));
                    signed |= !Nodes.textOrEmpty(block, "signature").isEmpty();
                    sealed |= !Nodes.textOrEmpty(block, "data").isEmpty();
                }
                default -> throw new Malformed("expected a block of an answer, got " + block);
            }
        }
        var calls = new ArrayList<ToolCall>();
        Nodes.listOrNone(message, "tool_calls").forEach(call -> calls.add(call(call)));
        return new Seen.Choice(text.toString(), reasoning.toString(), signed, sealed, "", calls, finish);
    }

    /** A call; {@code null} stands for no arguments. */
    static ToolCall call(JsonNode call) {
        Nodes.is(call, "type", "function");
        JsonNode function = call.path("function");
        String arguments = Nodes.text(function, "arguments");
        String id = Nodes.text(call, "id");
        String name = Nodes.text(function, "name");
        return arguments.equals("null") ? ToolCall.of(id, name) : ToolCall.of(id, name, arguments);
    }

    static void call(ObjectNode into, ToolCall call) {
        into.put("id", call.id())
                .put("type", "function")
                .putObject("function")
                .put("name", call.name())
                .put("arguments", call.arguments());
    }
}
