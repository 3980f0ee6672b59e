package dev.thalweg.testkit.conformance;

import dev.thalweg.testkit.conformance.Turn.Piece;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A caller of Cohere's chat API, version 2. */
final class CohereFront implements Front {
    @Override
    public Protocol protocol() {
        return Protocol.COHERE;
    }

    @Override
    public Call call(Ask ask, String model, String key, boolean stream) {
        ObjectNode body = Nodes.object().put("model", model);
        ArrayNode messages = body.putArray("messages");
        ask.turns.forEach(turn -> turn(messages, turn));
        body.put("stream", stream);
        settings(body, ask);
        tools(body, ask);
        return new Call("/v2/chat", Map.of("Authorization", "Bearer " + key), body.toString());
    }

    @Override
    public Seen read(Answer answer, Ask ask, boolean stream) {
        if (answer.status() != 200) {
            return Seen.problem(problem(answer.status(), answer.json()));
        }
        return stream ? new CohereStreamReader().read(answer) : CohereMessage.whole(answer.json());
    }

    private static void turn(ArrayNode messages, Turn turn) {
        switch (turn) {
            case Turn.Instruction(String text, boolean developer) ->
                messages.addObject().put("role", "system").put("content", text);
            case Turn.User(List<Piece> pieces) -> user(messages.addObject().put("role", "user"), pieces);
            case Turn.Assistant said -> assistant(messages.addObject().put("role", "assistant"), said);
            case Turn.Result(String id, String text, boolean failed) ->
                messages.addObject()
                        .put("role", "tool")
                        .put("tool_call_id", id)
                        .putArray("content")
                        .addObject()
                        .put("type", "document")
                        .putObject("document")
                        .put("data", text);
            case Turn.Kept(String json) -> messages.add(Nodes.read(json));
        }
    }

    private static void user(ObjectNode message, List<Piece> pieces) {
        ArrayNode content = message.putArray("content");
        for (Piece piece : pieces) {
            ObjectNode block = content.addObject();
            switch (piece) {
                case Turn.Words(String text) -> block.put("type", "text").put("text", text);
                case Turn.ImageUrl(String url) -> image(block, url);
                case Turn.ImageData(String type, String data) -> image(block, "data:" + type + ";base64," + data);
                case Turn.Pdf(String data) -> throw new IllegalArgumentException("there are no files in this protocol");
            }
        }
    }

    private static void image(ObjectNode block, String url) {
        block.put("type", "image_url").putObject("image_url").put("url", url);
    }

    private static void assistant(ObjectNode message, Turn.Assistant said) {
        if (!said.text().isEmpty()) {
            message.put("content", said.text());
        }
        if (!said.calls().isEmpty()) {
            ArrayNode calls = message.put("tool_plan", "").putArray("tool_calls");
            said.calls().forEach(call -> CohereMessage.call(calls.addObject(), call));
        }
    }

    private static void settings(ObjectNode body, Ask ask) {
        if (ask.maxTokens != null) {
            body.put("max_tokens", ask.maxTokens);
        }
        if (ask.temperature != null) {
            body.put("temperature", ask.temperature);
        }
        if (ask.topP != null) {
            body.put("p", ask.topP);
        }
        if (ask.seed != null) {
            body.put("seed", ask.seed);
        }
        if (!ask.stop.isEmpty()) {
            ArrayNode stop = body.putArray("stop_sequences");
            ask.stop.forEach(stop::add);
        }
        if (ask.schema != null) {
            body.putObject("response_format").put("type", "json_object").set("json_schema", Nodes.read(ask.schema));
        }
        if (ask.wishes(Ask.Wish.REASONING)) {
            body.putObject("thinking").put("type", "enabled").put("token_budget", 2048);
        }
        if (ask.wishes(Ask.Wish.UNKNOWN_FIELD)) {
            body.put(Ask.UNKNOWN_FIELD, "kept");
        }
    }

    private static void tools(ObjectNode body, Ask ask) {
        for (Ask.Tool tool : ask.tools) {
            body.withArray("tools")
                    .addObject()
                    .put("type", "function")
                    .putObject("function")
                    .put("name", tool.name())
                    .set("parameters", Nodes.read(tool.schema()));
        }
        switch (ask.toolMode) {
            case AUTO -> {} // the default
            case NONE -> body.put("tool_choice", "NONE");
            case REQUIRED -> body.put("tool_choice", "REQUIRED");
            case NAMED -> throw new IllegalArgumentException("no tool can be named in this protocol");
        }
    }

    private static Seen.Problem problem(int status, JsonNode document) {
        Nodes.text(document, "id");
        return new Seen.Problem(status, "", Nodes.textOrEmpty(document, "code"), Nodes.text(document, "message"));
    }

    /** Usage in tokens: what is billed, and of what was read the part from the cache. */
    static Tokens tokens(JsonNode usage) {
        for (String of : List.of("billed_units", "tokens")) {
            Nodes.count(usage.path(of), "input_tokens");
            Nodes.count(usage.path(of), "output_tokens");
        }
        JsonNode billed = usage.path("billed_units");
        return new Tokens(
                Nodes.count(billed, "input_tokens"),
                Nodes.countOrZero(usage, "cached_tokens"),
                Nodes.count(billed, "output_tokens"),
                0);
    }

    /** An end for which the protocol has no word but {@code ERROR} has the provider's own beside it. */
    static Finish finish(JsonNode says) {
        String reason = Nodes.text(says, "finish_reason");
        return switch (reason) {
            case "COMPLETE", "STOP_SEQUENCE" -> Finish.STOP;
            case "MAX_TOKENS" -> Finish.LENGTH;
            case "TOOL_CALL" -> Finish.TOOL_CALLS;
            case "ERROR" -> {
                Nodes.text(says, "native_finish_reason");
                yield Finish.CONTENT_FILTER;
            }
            default -> throw new Malformed("expected a finish reason, got " + reason);
        };
    }
}
