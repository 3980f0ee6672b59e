package dev.thalweg.testkit.conformance;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One choice of chat completions, gathered from deltas as a client does; a whole message is one delta. */
final class OpenAiMessage {
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder reasoning = new StringBuilder();
    private final StringBuilder refusal = new StringBuilder();
    private final List<GrowingCall> calls = new ArrayList<>();
    private final ArrayNode details = Nodes.array();
    private boolean signed;
    private boolean sealed;

    private record GrowingCall(String id, String name, StringBuilder arguments) {
        ToolCall call() {
            return ToolCall.of(id, name, arguments.toString());
        }
    }

    /** Adds text, reasoning and refusal of a delta or message. */
    void add(JsonNode delta) {
        text.append(Nodes.textOrEmpty(delta, "content"));
        refusal.append(Nodes.textOrEmpty(delta, "refusal"));
        String words = Nodes.textOrEmpty(delta, "reasoning_content");
        reasoning.append(words.isEmpty() ? Nodes.textOrEmpty(delta, "reasoning") : words);
        for (JsonNode detail : Nodes.listOrNone(delta, "reasoning_details")) {
            details.add(detail);
            String type = Nodes.text(detail, "type");
            boolean encrypted = type.equals("reasoning.encrypted");
            signed |= !encrypted && !Nodes.textOrEmpty(detail, "signature").isEmpty();
            sealed |= encrypted && !Nodes.text(detail, "data").isEmpty();
        }
    }

    /** Adds a tool call: identity with the first piece and never again. */
    void call(int index, JsonNode piece) {
        JsonNode function = piece.path("function");
        if (index == calls.size()) {
            Nodes.is(piece, "type", "function");
            Malformed.unless(!Nodes.text(piece, "id").isEmpty(), "an id of the call", piece);
            calls.add(new GrowingCall(Nodes.text(piece, "id"), Nodes.text(function, "name"), new StringBuilder()));
        } else {
            Malformed.unless(index >= 0 && index < calls.size(), "calls numbered without gaps", piece);
            Malformed.unless(
                    !piece.has("id") && !piece.has("type") && !function.has("name"),
                    "id, type and name only with the first piece of a call",
                    piece);
        }
        calls.get(index).arguments().append(Nodes.text(function, "arguments"));
    }

    /** All of it. */
    Seen.Choice choice(@Nullable Finish finish) {
        List<ToolCall> all = calls.stream().map(GrowingCall::call).toList();
        return new Seen.Choice(text.toString(), reasoning.toString(), signed, sealed, refusal.toString(), all, finish);
    }

    /** The message as a client keeps it. */
    String kept() {
        ObjectNode message = Nodes.object().put("role", "assistant");
        if (text.isEmpty()) {
            message.putNull("content");
        } else {
            message.put("content", text.toString());
        }
        if (!reasoning.isEmpty()) {
            message.put("reasoning_content", reasoning.toString());
        }
        if (!details.isEmpty()) {
            message.set("reasoning_details", details);
        }
        for (GrowingCall call : calls) {
            message.withArray("tool_calls")
                    .addObject()
                    .put("id", call.id())
                    .put("type", "function")
                    .putObject("function")
                    .put("name", call.name())
                    .put("arguments", call.arguments().toString());
        }
        return message.toString();
    }

    static Finish finish(String reason) {
        return switch (reason) {
            case "stop" -> Finish.STOP;
            case "length" -> Finish.LENGTH;
            case "tool_calls" -> Finish.TOOL_CALLS;
            case "content_filter" -> Finish.CONTENT_FILTER;
            default -> throw new Malformed("expected a finish reason, got " + reason);
        };
    }
}
