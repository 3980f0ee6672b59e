package dev.thalweg.testkit.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the objects of one answer of Ollama's chats, strictly: one, or the lines of a stream. Not thread-safe. */
final class OllamaAnswerReader {
    /** What a gateway adds to a message for whoever made the reasoning. */
    private static final String DETAILS = "reasoning_details";

    private static final Set<String> REASONS = Set.of("stop", "length", "content_filter");

    private final StringBuilder text = new StringBuilder();
    private final StringBuilder thinking = new StringBuilder();
    private final List<ToolCall> calls = new ArrayList<>();
    private final ObjectNode kept = Nodes.object().put("role", "assistant");
    private @Nullable Finish finish;
    private @Nullable Tokens tokens;
    private Seen.@Nullable Problem problem;
    private boolean signed;
    private boolean sealed;
    private boolean any;

    Seen read(List<JsonNode> objects, boolean clean) {
        for (JsonNode object : objects) {
            Malformed.unless(finish == null && problem == null, "nothing after the end", object);
            if (object.has("error")) {
                problem = OllamaFront.problem(200, object);
            } else {
                piece(object);
            }
        }
        boolean complete = finish != null;
        Malformed.unless(!complete || clean, "a body that ends after the last line", objects);
        var choice =
                new Seen.Choice(text.toString(), thinking.toString(), signed, sealed, "", List.copyOf(calls), finish);
        kept.put("content", text.toString());
        if (!thinking.isEmpty()) {
            kept.put("thinking", thinking.toString());
        }
        return new Seen(
                any || complete ? List.of(choice) : List.of(),
                tokens,
                problem,
                complete,
                complete ? kept.toString() : "");
    }

    private void piece(JsonNode object) {
        Nodes.text(object, "model");
        Nodes.text(object, "created_at");
        Malformed.unless(object.path("done").isBoolean(), "'done'", object);
        JsonNode message = object.path("message");
        if (message.isObject()) {
            message(message);
        }
        if (object.path("done").asBoolean()) {
            String reason = Nodes.text(object, "done_reason");
            Malformed.unless(REASONS.contains(reason), "a reason of " + REASONS, object);
            finish = switch (reason) {
                case "length" -> Finish.LENGTH;
                case "content_filter" -> Finish.CONTENT_FILTER;
                default -> calls.isEmpty() ? Finish.STOP : Finish.TOOL_CALLS;
            };
            tokens = new Tokens(Nodes.count(object, "prompt_eval_count"), 0, Nodes.count(object, "eval_count"), 0);
        }
    }

    private void message(JsonNode message) {
        Nodes.is(message, "role", "assistant");
        any = true;
        text.append(Nodes.text(message, "content"));
        thinking.append(Nodes.textOrEmpty(message, "thinking"));
        for (JsonNode call : Nodes.listOrNone(message, "tool_calls")) {
            JsonNode function = call.path("function");
            Malformed.unless(Nodes.count(function, "index") == calls.size(), "index " + calls.size(), call);
            Malformed.unless(function.path("arguments").isObject(), "an object of arguments", call);
            calls.add(ToolCall.of(
                    Nodes.text(call, "id"),
                    Nodes.text(function, "name"),
                    function.path("arguments").toString()));
            kept.withArray("tool_calls").add(call);
        }
        for (JsonNode detail : Nodes.listOrNone(message, DETAILS)) {
            signed |= !Nodes.textOrEmpty(detail, "signature").isEmpty();
            sealed |= !Nodes.textOrEmpty(detail, "data").isEmpty();
            kept.withArray(DETAILS).add(detail);
        }
    }
}
