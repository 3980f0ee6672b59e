package dev.thalweg.testkit.conformance;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A caller of Gemini's API, who asks for server-sent events. */
final class GeminiFront implements Front {
    private static final Map<Integer, Set<String>> STATUS = Map.of(
            400, Set.of("INVALID_ARGUMENT", "FAILED_PRECONDITION"),
            401, Set.of("UNAUTHENTICATED"),
            403, Set.of("PERMISSION_DENIED"),
            404, Set.of("NOT_FOUND"),
            429, Set.of("RESOURCE_EXHAUSTED"),
            500, Set.of("INTERNAL"),
            502, Set.of("UNAVAILABLE"),
            503, Set.of("UNAVAILABLE"),
            504, Set.of("DEADLINE_EXCEEDED"));

    @Override
    public Protocol protocol() {
        return Protocol.GEMINI;
    }

    @Override
    public Call call(Ask ask, String model, String key, boolean stream) {
        ObjectNode body = Nodes.object();
        ArrayNode contents = body.putArray("contents");
        ask.turns.forEach(turn -> GeminiTurns.write(body, contents, turn));
        settings(body, ask);
        tools(body, ask);
        String action = stream ? ":streamGenerateContent?alt=sse" : ":generateContent";
        return new Call("/v1beta/models/" + model + action, Map.of("x-goog-api-key", key), body.toString());
    }

    @Override
    public Seen read(Answer answer, Ask ask, boolean stream) {
        if (answer.status() != 200) {
            return Seen.problem(problem(answer.json()));
        }
        var reader = new GeminiAnswerReader();
        return stream ? reader.stream(answer) : reader.whole(answer.json());
    }

    private static void settings(ObjectNode body, Ask ask) {
        ObjectNode config = Nodes.object();
        if (ask.maxTokens != null) {
            config.put("maxOutputTokens", ask.maxTokens);
        }
        if (ask.temperature != null) {
            config.put("temperature", ask.temperature);
        }
        if (ask.topP != null) {
            config.put("topP", ask.topP);
        }
        if (ask.seed != null) {
            config.put("seed", ask.seed);
        }
        if (ask.choices > 1) {
            config.put("candidateCount", ask.choices);
        }
        if (!ask.stop.isEmpty()) {
            ArrayNode stop = config.putArray("stopSequences");
            ask.stop.forEach(stop::add);
        }
        if (ask.schema != null) {
            config.put("responseMimeType", "application/json").set("responseJsonSchema", Nodes.read(ask.schema));
        }
        if (ask.wishes(Ask.Wish.REASONING)) {
            config.putObject("thinkingConfig").put("thinkingBudget", 2048).put("includeThoughts", true);
        }
        if (!config.isEmpty()) {
            body.set("generationConfig", config);
        }
        if (ask.wishes(Ask.Wish.UNKNOWN_FIELD)) {
            body.put(Ask.UNKNOWN_FIELD, "kept");
        }
    }

    private static void tools(ObjectNode body, Ask ask) {
        if (ask.tools.isEmpty()) {
            return;
        }
        ArrayNode functions = body.putArray("tools").addObject().putArray("functionDeclarations");
        for (Ask.Tool tool : ask.tools) {
            functions.addObject().put("name", tool.name()).set("parametersJsonSchema", Nodes.read(tool.schema()));
        }
        ObjectNode calling = Nodes.object();
        switch (ask.toolMode) {
            case AUTO -> {
                return; // the default
            }
            case NONE -> calling.put("mode", "NONE");
            case REQUIRED -> calling.put("mode", "ANY");
            case NAMED ->
                calling.put("mode", "ANY")
                        .putArray("allowedFunctionNames")
                        .add(ask.tools.getFirst().name());
        }
        body.putObject("toolConfig").set("functionCallingConfig", calling);
    }

    /** Google's error object, which has the status in it; its word has to be the one of its number. */
    static Seen.Problem problem(JsonNode document) {
        JsonNode error = document.path("error");
        int code = Nodes.count(error, "code");
        String word = Nodes.text(error, "status");
        Set<String> known = STATUS.getOrDefault(code, Set.of("INVALID_ARGUMENT", "INTERNAL", "UNAVAILABLE"));
        Malformed.unless(known.contains(word), "a status of " + code + ", one of " + known, document);
        String reason = "";
        for (JsonNode detail : Nodes.listOrNone(error, "details")) {
            Malformed.unless(Nodes.text(detail, "@type").startsWith("type.googleapis.com/"), "a type", detail);
            reason += Nodes.textOrEmpty(detail, "reason").toLowerCase(Locale.ROOT);
        }
        return new Seen.Problem(code, word, reason, Nodes.text(error, "message"));
    }

    /** Usage in tokens: thoughts are counted beside the answer's other tokens. */
    static Tokens tokens(JsonNode usage) {
        int input = Nodes.count(usage, "promptTokenCount");
        int answer = Nodes.countOrZero(usage, "candidatesTokenCount");
        int thoughts = Nodes.countOrZero(usage, "thoughtsTokenCount");
        Malformed.unless(
                Nodes.count(usage, "totalTokenCount") == input + answer + thoughts, "totalTokenCount, the sum", usage);
        return new Tokens(input, Nodes.countOrZero(usage, "cachedContentTokenCount"), answer + thoughts, thoughts);
    }

    static Finish finish(String reason, List<ToolCall> calls) {
        return switch (reason) {
            case "STOP" -> calls.isEmpty() ? Finish.STOP : Finish.TOOL_CALLS;
            case "MAX_TOKENS" -> Finish.LENGTH;
            case "SAFETY", "PROHIBITED_CONTENT" -> Finish.CONTENT_FILTER;
            default -> throw new Malformed("expected a finish reason, got " + reason);
        };
    }
}
