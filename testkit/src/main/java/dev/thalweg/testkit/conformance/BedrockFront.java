package dev.thalweg.testkit.conformance;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A caller of AWS Bedrock's Converse. */
final class BedrockFront implements Front {
    private static final Map<Integer, Set<String>> TYPES = Map.of(
            400, Set.of("ValidationException"),
            401, Set.of("AccessDeniedException", "UnrecognizedClientException"),
            403, Set.of("AccessDeniedException"),
            404, Set.of("ResourceNotFoundException"),
            429, Set.of("ThrottlingException"),
            500, Set.of("InternalServerException"),
            503, Set.of("ServiceUnavailableException"),
            504, Set.of("ModelTimeoutException"),
            529, Set.of("ServiceUnavailableException"));

    @Override
    public Protocol protocol() {
        return Protocol.BEDROCK;
    }

    @Override
    public Call call(Ask ask, String model, String key, boolean stream) {
        ObjectNode body = Nodes.object();
        ArrayNode messages = body.putArray("messages");
        ask.turns.forEach(turn -> BedrockTurns.write(body, messages, turn));
        settings(body, ask);
        tools(body, ask);
        String path = "/model/" + URLEncoder.encode(model, StandardCharsets.UTF_8)
                + (stream ? "/converse-stream" : "/converse");
        return new Call(path, Map.of("Authorization", "Bearer " + key), body.toString());
    }

    @Override
    public Seen read(Answer answer, Ask ask, boolean stream) {
        if (answer.status() != 200) {
            return Seen.problem(problem(answer));
        }
        return stream ? new BedrockStreamReader().read(answer) : BedrockMessage.whole(answer.json());
    }

    private static void settings(ObjectNode body, Ask ask) {
        ObjectNode inference = body.putObject("inferenceConfig");
        if (ask.maxTokens != null) {
            inference.put("maxTokens", ask.maxTokens);
        }
        if (ask.temperature != null) {
            inference.put("temperature", ask.temperature);
        }
        if (ask.topP != null) {
            inference.put("topP", ask.topP);
        }
        if (!ask.stop.isEmpty()) {
            ArrayNode stop = inference.putArray("stopSequences");
            ask.stop.forEach(stop::add);
        }
        if (ask.schema != null) {
            ObjectNode format = body.putObject("outputConfig").putObject("textFormat");
            format.put("type", "json_schema")
                    .putObject("structure")
                    .putObject("jsonSchema")
                    .put("schema", ask.schema)
                    .put("name", "answer");
        }
        if (ask.wishes(Ask.Wish.REASONING)) {
            inference.put("maxTokens", ask.maxTokens == null ? 4096 : ask.maxTokens);
            body.putObject("additionalModelRequestFields")
                    .putObject("thinking")
                    .put("type", "enabled")
                    .put("budget_tokens", 2048);
        }
        if (ask.wishes(Ask.Wish.UNKNOWN_FIELD)) {
            body.put(Ask.UNKNOWN_FIELD, "kept");
        }
    }

    /** Converse cannot forbid tools: who does says so in the words of the model. */
    private static void tools(ObjectNode body, Ask ask) {
        if (ask.tools.isEmpty()) {
            return;
        }
        ObjectNode config = body.putObject("toolConfig");
        ArrayNode tools = config.putArray("tools");
        for (Ask.Tool tool : ask.tools) {
            tools.addObject()
                    .putObject("toolSpec")
                    .put("name", tool.name())
                    .putObject("inputSchema")
                    .set("json", Nodes.read(tool.schema()));
        }
        switch (ask.toolMode) {
            case AUTO -> config.putObject("toolChoice").putObject("auto");
            case NONE ->
                body.putObject("additionalModelRequestFields")
                        .putObject("tool_choice")
                        .put("type", "none");
            case REQUIRED -> config.putObject("toolChoice").putObject("any");
            case NAMED ->
                config.putObject("toolChoice")
                        .putObject("tool")
                        .put("name", ask.tools.getFirst().name());
        }
    }

    private static Seen.Problem problem(Answer answer) {
        JsonNode body = answer.json();
        String type = answer.header("x-amzn-errortype").replaceFirst(":.*", "");
        Set<String> known = TYPES.get(answer.status());
        Malformed.unless(
                known == null ? type.endsWith("Exception") : known.contains(type),
                "a kind of error of status " + answer.status() + ", one of " + known,
                type);
        return new Seen.Problem(answer.status(), type, Nodes.textOrEmpty(body, "code"), Nodes.text(body, "message"));
    }

    /** Usage in tokens: the input is counted apart from what the cache gave and took. */
    static Tokens tokens(JsonNode usage) {
        int cached = Nodes.countOrZero(usage, "cacheReadInputTokens");
        int written = Nodes.countOrZero(usage, "cacheWriteInputTokens");
        Nodes.count(usage, "totalTokens");
        return new Tokens(
                Nodes.count(usage, "inputTokens") + cached + written, cached, Nodes.count(usage, "outputTokens"), 0);
    }

    static Finish finish(String reason) {
        return switch (reason) {
            case "end_turn", "stop_sequence" -> Finish.STOP;
            case "max_tokens", "model_context_window_exceeded" -> Finish.LENGTH;
            case "tool_use" -> Finish.TOOL_CALLS;
            case "content_filtered", "guardrail_intervened" -> Finish.CONTENT_FILTER;
            default -> throw new Malformed("expected a stop reason, got " + reason);
        };
    }
}
