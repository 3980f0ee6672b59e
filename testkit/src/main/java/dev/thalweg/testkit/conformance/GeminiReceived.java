package dev.thalweg.testkit.conformance;

import dev.thalweg.testkit.RecordedRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Reads a request of Gemini's API as a provider does. */
final class GeminiReceived {
    private static final Set<String> TOP = Set.of(
            "contents",
            "systemInstruction",
            "tools",
            "toolConfig",
            "generationConfig",
            "safetySettings",
            Ask.UNKNOWN_FIELD);

    private final Ask ask = new Ask();
    private final Map<String, String> calls = new HashMap<>();

    private GeminiReceived() {}

    static Ask read(RecordedRequest request) {
        String target = request.target();
        boolean path = target.matches(".*/models/[^/]+:(generateContent|streamGenerateContent\\?alt=sse)");
        Malformed.unless(
                request.method().equals("POST") && path, "a POST of generateContent", request.method() + " " + target);
        boolean key = request.header("x-goog-api-key").isPresent()
                || request.header("authorization").isPresent();
        Malformed.unless(key, "the header x-goog-api-key", request);
        JsonNode body = Nodes.read(request.bodyText());
        body.propertyNames().forEach(name -> Malformed.unless(TOP.contains(name), "a field this API has", name));
        var received = new GeminiReceived();
        received.settings(body);
        received.instructions(body.path("systemInstruction"));
        List<JsonNode> contents = Nodes.list(body, "contents");
        Malformed.unless(!contents.isEmpty(), "a content", body);
        contents.forEach(received::content);
        received.tools(body);
        return received.ask;
    }

    private void settings(JsonNode body) {
        JsonNode config = body.path("generationConfig");
        ask.maxTokens = config.has("maxOutputTokens") ? (Integer) Nodes.count(config, "maxOutputTokens") : null;
        ask.temperature = config.path("temperature").isNumber()
                ? (Double) config.path("temperature").asDouble()
                : null;
        ask.topP = config.path("topP").isNumber() ? (Double) config.path("topP").asDouble() : null;
        ask.seed = config.path("seed").isInt() ? (Long) config.path("seed").asLong() : null;
        ask.choices = config.path("candidateCount").asInt(1);
        Nodes.listOrNone(config, "stopSequences").forEach(one -> ask.stop.add(one.asString()));
        if (config.has("responseJsonSchema")) {
            Nodes.is(config, "responseMimeType", "application/json");
            ask.schema = config.path("responseJsonSchema").toString();
        }
        JsonNode thinking = config.path("thinkingConfig");
        if (thinking.isObject() && thinking.path("thinkingBudget").asInt(-1) != 0) {
            boolean both = thinking.has("thinkingBudget") && thinking.has("thinkingLevel");
            Malformed.unless(!both, "a level or a budget, not both", thinking);
            ask.wish(Ask.Wish.REASONING);
        }
        if (body.has(Ask.UNKNOWN_FIELD)) {
            ask.wish(Ask.Wish.UNKNOWN_FIELD);
        }
    }

    private void instructions(JsonNode instruction) {
        Nodes.listOrNone(instruction, "parts")
                .forEach(part -> ask.turns.add(new Turn.Instruction(Nodes.text(part, "text"), false)));
    }

    private void content(JsonNode content) {
        List<JsonNode> parts = Nodes.list(content, "parts");
        Malformed.unless(!parts.isEmpty(), "parts", content);
        switch (Nodes.text(content, "role")) {
            case "model" -> model(parts);
            case "user" -> user(parts);
            default -> throw new Malformed("expected 'user' or 'model', got " + content);
        }
    }

    private void model(List<JsonNode> parts) {
        var reasoning = new ArrayList<Reasoned>();
        var thought = new ArrayList<String>();
        var text = new StringBuilder();
        var made = new ArrayList<ToolCall>();
        for (JsonNode part : parts) {
            if (part.path("thought").asBoolean(false)) {
                thought.add(Nodes.text(part, "text"));
                String proof = Nodes.textOrEmpty(part, "thoughtSignature");
                if (!proof.isEmpty()) {
                    reasoning.add(new Reasoned(thought, proof));
                    thought.clear();
                }
            } else if (part.has("functionCall")) {
                JsonNode call = part.path("functionCall");
                Malformed.unless(call.path("args").isObject(), "an object as args", part);
                String id = Nodes.text(call, "id");
                calls.put(id, Nodes.text(call, "name"));
                made.add(ToolCall.of(
                        id, Nodes.text(call, "name"), call.path("args").toString()));
            } else if (part.has("text")) {
                text.append(Nodes.text(part, "text"));
            }
        }
        if (!thought.isEmpty()) {
            reasoning.add(new Reasoned(thought, ""));
        }
        ask.turns.add(new Turn.Assistant(reasoning, text.toString(), made));
    }

    private void user(List<JsonNode> parts) {
        var pieces = new ArrayList<Turn.Piece>();
        for (JsonNode part : parts) {
            if (part.has("functionResponse")) {
                Malformed.unless(pieces.isEmpty(), "results before anything else", part);
                result(part.path("functionResponse"));
            } else if (part.has("inlineData")) {
                JsonNode data = part.path("inlineData");
                String type = Nodes.text(data, "mimeType");
                pieces.add(
                        type.equals("application/pdf")
                                ? new Turn.Pdf(Nodes.text(data, "data"))
                                : new Turn.ImageData(type, Nodes.text(data, "data")));
            } else if (part.has("fileData")) {
                pieces.add(new Turn.ImageUrl(Nodes.text(part.path("fileData"), "fileUri")));
            } else {
                pieces.add(new Turn.Words(Nodes.text(part, "text")));
            }
        }
        if (!pieces.isEmpty()) {
            ask.turns.add(new Turn.User(pieces));
        }
    }

    private void result(JsonNode result) {
        String id = Nodes.text(result, "id");
        Nodes.is(result, "name", calls.getOrDefault(id, "the name of the call " + id));
        JsonNode response = result.path("response");
        boolean failed = response.has("error");
        ask.turns.add(new Turn.Result(id, Nodes.text(response, failed ? "error" : "output"), failed));
    }

    private void tools(JsonNode body) {
        for (JsonNode tool : Nodes.listOrNone(body, "tools")) {
            for (JsonNode function : Nodes.listOrNone(tool, "functionDeclarations")) {
                String schema = function.path("parametersJsonSchema").toString();
                ask.tools.add(new Ask.Tool(Nodes.text(function, "name"), schema));
            }
        }
        JsonNode calling = body.path("toolConfig").path("functionCallingConfig");
        List<JsonNode> allowed = Nodes.listOrNone(calling, "allowedFunctionNames");
        ask.toolMode = switch (Nodes.textOrEmpty(calling, "mode")) {
            case "", "AUTO" -> Ask.ToolMode.AUTO;
            case "NONE" -> Ask.ToolMode.NONE;
            case "ANY" -> allowed.isEmpty() ? Ask.ToolMode.REQUIRED : Ask.ToolMode.NAMED;
            default -> throw new Malformed("expected a mode, got " + calling);
        };
    }
}
