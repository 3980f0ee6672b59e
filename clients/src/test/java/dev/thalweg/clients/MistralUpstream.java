package dev.thalweg.clients;

import dev.thalweg.testkit.RecordedRequest;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptBuilder;
import dev.thalweg.testkit.Step;
import dev.thalweg.testkit.conformance.Ask;
import dev.thalweg.testkit.conformance.Protocol;
import dev.thalweg.testkit.conformance.Reply;
import dev.thalweg.testkit.conformance.Upstream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A provider of Mistral's API: chat completions in whose streams calls come whole, and the usage comes unasked; both with the
 * finish reason.
 *
 * @param completions a provider of chat completions, whose streams are put together so
 */
record MistralUpstream(Upstream completions) implements Upstream {
    private static final String USAGE = "{\"prompt_tokens\":21,\"total_tokens\":29,\"completion_tokens\":8}";

    @Override
    public Protocol protocol() {
        return completions.protocol();
    }

    @Override
    public String model() {
        return "mistral-small-latest";
    }

    @Override
    public Ask received(RecordedRequest request) {
        return completions.received(request);
    }

    @Override
    public Script answer(Reply reply, RecordedRequest request) {
        Script script = completions.answer(reply, request);
        if (!script.headerLines().toString().contains("text/event-stream")) {
            return script;
        }
        ScriptBuilder mistral = Script.sse();
        List<ObjectNode> calls = new ArrayList<>();
        for (Step step : script.steps()) {
            if (step instanceof Step.Body body) {
                event(mistral, new String(body.bytes(), StandardCharsets.UTF_8), calls);
            } else if (!(step instanceof Step.Head)) {
                mistral.step(step);
            }
        }
        return mistral.build();
    }

    private static void event(ScriptBuilder mistral, String event, List<ObjectNode> calls) {
        String data = event.substring(event.indexOf("data: ") + 6).strip();
        if (!data.startsWith("{") || event.startsWith("event: ")) {
            mistral.text(event);
            return;
        }
        JsonNode chunk = JsonMapper.shared().readTree(data);
        if (!(chunk.at("/choices/0/delta") instanceof ObjectNode delta)) {
            return; // the usage, which has been sent
        }
        boolean ends = chunk.at("/choices/0/finish_reason").isString();
        if (delta.path("tool_calls") instanceof ArrayNode pieces) {
            pieces.forEach(piece -> add(calls, (ObjectNode) piece));
            delta.remove("tool_calls");
            if (!ends) {
                return;
            }
        }
        if (ends) {
            ((ObjectNode) chunk).set("usage", JsonMapper.shared().readTree(USAGE));
            delta.put("content", "");
            calls.forEach(call -> delta.withArray("tool_calls").add(call));
        }
        mistral.event(chunk.toString());
    }

    private static void add(List<ObjectNode> calls, ObjectNode piece) {
        if (piece.hasNonNull("id")) {
            calls.add(piece);
            return;
        }
        ObjectNode function = (ObjectNode) calls.getLast().path("function");
        function.put(
                "arguments",
                function.path("arguments").asString()
                        + piece.at("/function/arguments").asString(""));
    }
}
