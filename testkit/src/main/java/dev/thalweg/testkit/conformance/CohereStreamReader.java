package dev.thalweg.testkit.conformance;

import dev.thalweg.testkit.ScriptEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads one stream of Cohere's chat API, strictly. Not thread-safe. */
final class CohereStreamReader {
    private static final String DONE = "[DONE]";

    private final ObjectNode message = Nodes.object().put("role", "assistant");
    private @Nullable ObjectNode open;
    private @Nullable Finish finish;
    private @Nullable Tokens tokens;
    private Seen.@Nullable Problem problem;
    private boolean started;
    private boolean done;
    private boolean any;

    Seen read(Answer answer) {
        Sse stream = answer.events();
        for (ScriptEvent event : stream.events()) {
            Malformed.unless(!done && problem == null, "nothing after the end", event);
            if (event.data().equals(DONE)) {
                Malformed.unless(finish != null, "message-end before the marker", event);
                done = true;
            } else {
                event(event);
            }
        }
        if (done) {
            Malformed.unless(answer.clean() && !stream.torn(), "a body that ends after the marker", answer.body());
        }
        boolean none = !any && !done;
        return new Seen(
                none ? List.of() : List.of(CohereMessage.choice(message, finish)),
                tokens,
                problem,
                done,
                done ? message.toString() : "");
    }

    private void event(ScriptEvent event) {
        JsonNode data = Nodes.read(event.data());
        String type = Nodes.text(data, "type");
        Malformed.unless(event.name().equals(type), "an event named " + type, event);
        JsonNode said = data.path("delta").path("message");
        if (type.equals("message-end")) {
            end(data.path("delta"));
            return;
        }
        Malformed.unless(finish == null, "nothing but the marker after message-end", data);
        Malformed.unless(started != type.equals("message-start"), "message-start first, and once", data);
        any |= !type.equals("message-start");
        switch (type) {
            case "message-start" -> start(data, said);
            case "tool-plan-delta" ->
                message.put("tool_plan", Nodes.textOrEmpty(message, "tool_plan") + Nodes.text(said, "tool_plan"));
            case "content-start" -> begin("content", data, said.path("content"));
            case "content-delta" -> content(data, said.path("content"));
            case "tool-call-start" -> begin("tool_calls", data, said.path("tool_calls"));
            case "tool-call-delta" -> arguments(data, said.path("tool_calls"));
            case "content-end" -> close("content", data);
            case "tool-call-end" -> close("tool_calls", data);
            default -> {} // kinds nobody knows
        }
    }

    private void start(JsonNode data, JsonNode said) {
        started = true;
        Malformed.unless(!Nodes.text(data, "id").isEmpty(), "an id of the message", data);
        Nodes.is(said, "role", "assistant");
    }

    private void begin(String list, JsonNode data, JsonNode begun) {
        Malformed.unless(open == null, "one block or call after the other", data);
        ArrayNode all = message.withArray(list);
        Malformed.unless(Nodes.count(data, "index") == all.size(), "index " + all.size(), data);
        Malformed.unless(begun.isObject(), "an object that begins", data);
        ObjectNode copy = ((ObjectNode) begun).deepCopy();
        all.add(copy);
        open = copy;
    }

    private ObjectNode open(String list, JsonNode data) {
        ObjectNode current = open;
        boolean right = Nodes.count(data, "index") == message.withArray(list).size() - 1;
        if (current == null || !right) {
            throw new Malformed("expected the index of what is open, got " + data);
        }
        return current;
    }

    private void content(JsonNode data, JsonNode piece) {
        ObjectNode block = open("content", data);
        String name = Nodes.text(block, "type");
        grow(block, name, Nodes.text(piece, name));
        for (String proof : List.of("signature", "data")) {
            if (piece.has(proof)) {
                block.put(proof, Nodes.text(piece, proof));
            }
        }
    }

    private void arguments(JsonNode data, JsonNode piece) {
        ObjectNode function = (ObjectNode) open("tool_calls", data).path("function");
        grow(function, "arguments", Nodes.text(piece.path("function"), "arguments"));
    }

    private static void grow(ObjectNode object, String name, String piece) {
        object.put(name, Nodes.textOrEmpty(object, name) + piece);
    }

    private void close(String list, JsonNode data) {
        ObjectNode closed = open(list, data);
        Malformed.unless(closed.has("type"), "something that was open", data);
        open = null;
    }

    private void end(JsonNode delta) {
        if (!delta.path("error").isMissingNode() && !delta.has("native_finish_reason")) {
            Nodes.is(delta, "finish_reason", "ERROR");
            problem = new Seen.Problem(200, "", Nodes.textOrEmpty(delta, "code"), Nodes.text(delta, "error"));
            return;
        }
        Malformed.unless(started && open == null, "a message of which all is closed", delta);
        finish = CohereFront.finish(delta);
        tokens = CohereFront.tokens(delta.path("usage"));
    }
}
