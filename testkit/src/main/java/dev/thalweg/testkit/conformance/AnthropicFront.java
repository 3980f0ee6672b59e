package dev.thalweg.testkit.conformance;

import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A caller of Anthropic's Messages API. */
final class AnthropicFront implements Front {
    private static final Map<Integer, Set<String>> TYPES = Map.of(
            400, Set.of("invalid_request_error"),
            401, Set.of("authentication_error"),
            402, Set.of("billing_error"),
            403, Set.of("permission_error"),
            404, Set.of("not_found_error"),
            413, Set.of("request_too_large"),
            429, Set.of("rate_limit_error"),
            504, Set.of("timeout_error"),
            529, Set.of("overloaded_error"));

    private static final Set<String> STREAMED =
            Set.of("invalid_request_error", "rate_limit_error", "api_error", "timeout_error", "overloaded_error");

    @Override
    public Protocol protocol() {
        return Protocol.ANTHROPIC;
    }

    @Override
    public Call call(Ask ask, String model, String key, boolean stream) {
        ObjectNode body = Nodes.object().put("model", model);
        body.put("max_tokens", ask.maxTokens == null ? 4096 : ask.maxTokens);
        ArrayNode messages = body.putArray("messages");
        ask.turns.forEach(turn -> AnthropicTurns.write(body, messages, turn));
        if (stream) {
            body.put("stream", true);
        }
        settings(body, ask);
        tools(body, ask);
        return new Call("/v1/messages", Map.of("x-api-key", key, "anthropic-version", "2023-06-01"), body.toString());
    }

    @Override
    public Seen read(Answer answer, Ask ask, boolean stream) {
        if (answer.status() != 200) {
            return Seen.problem(problem(answer.status(), answer.json()));
        }
        return stream ? new AnthropicStreamReader().read(answer) : AnthropicMessage.whole(answer.json());
    }

    private static void settings(ObjectNode body, Ask ask) {
        if (ask.temperature != null) {
            body.put("temperature", ask.temperature);
        }
        if (ask.topP != null) {
            body.put("top_p", ask.topP);
        }
        if (!ask.stop.isEmpty()) {
            ArrayNode stop = body.putArray("stop_sequences");
            ask.stop.forEach(stop::add);
        }
        if (ask.schema != null) {
            body.putObject("output_config")
                    .putObject("format")
                    .put("type", "json_schema")
                    .set("schema", Nodes.read(ask.schema));
        }
        if (ask.wishes(Ask.Wish.REASONING)) {
            body.putObject("thinking").put("type", "enabled").put("budget_tokens", 2048);
        }
        if (ask.wishes(Ask.Wish.UNKNOWN_FIELD)) {
            body.put(Ask.UNKNOWN_FIELD, "kept");
        }
    }

    private static void tools(ObjectNode body, Ask ask) {
        if (ask.tools.isEmpty()) {
            return;
        }
        ArrayNode tools = body.putArray("tools");
        for (Ask.Tool tool : ask.tools) {
            tools.addObject().put("name", tool.name()).set("input_schema", Nodes.read(tool.schema()));
        }
        switch (ask.toolMode) {
            case AUTO -> {} // the default
            case NONE -> body.putObject("tool_choice").put("type", "none");
            case REQUIRED -> body.putObject("tool_choice").put("type", "any");
            case NAMED ->
                body.putObject("tool_choice")
                        .put("type", "tool")
                        .put("name", ask.tools.getFirst().name());
        }
    }

    /** Anthropic's error object; its type has to be the one of its status. */
    static Seen.Problem problem(int status, JsonNode document) {
        Nodes.is(document, "type", "error");
        JsonNode error = document.path("error");
        String type = Nodes.text(error, "type");
        Set<String> known = status == 200
                ? STREAMED
                : TYPES.getOrDefault(
                        status,
                        status < 500 ? Set.of("invalid_request_error") : Set.of("api_error", "overloaded_error"));
        Malformed.unless(known.contains(type), "an error type of status " + status + ", one of " + known, document);
        return new Seen.Problem(status, type, Nodes.textOrEmpty(error, "code"), Nodes.text(error, "message"));
    }

    /** Usage in tokens: the input is counted apart from what the cache gave and took. */
    static Tokens tokens(JsonNode usage) {
        int cached = Nodes.countOrZero(usage, "cache_read_input_tokens");
        int written = Nodes.countOrZero(usage, "cache_creation_input_tokens");
        return new Tokens(
                Nodes.count(usage, "input_tokens") + cached + written, cached, Nodes.count(usage, "output_tokens"), 0);
    }

    static Finish finish(String reason) {
        return switch (reason) {
            case "end_turn", "stop_sequence" -> Finish.STOP;
            case "max_tokens", "model_context_window_exceeded" -> Finish.LENGTH;
            case "tool_use" -> Finish.TOOL_CALLS;
            case "refusal" -> Finish.CONTENT_FILTER;
            default -> throw new Malformed("expected a stop reason, got " + reason);
        };
    }

    /** What every message has. */
    static void head(JsonNode message) {
        Nodes.is(message, "type", "message");
        Nodes.is(message, "role", "assistant");
        Malformed.unless(!Nodes.text(message, "id").isEmpty(), "an id of the message", message);
        Nodes.text(message, "model");
        for (String name : List.of("content", "stop_reason", "stop_sequence", "usage")) {
            Malformed.unless(message.has(name), "'" + name + "', if only null", message);
        }
    }
}
