package dev.thalweg.testkit.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A caller of chat completions. */
final class OpenAiFront implements Front {
    @Override
    public Protocol protocol() {
        return Protocol.OPENAI;
    }

    @Override
    public Call call(Ask ask, String model, String key, boolean stream) {
        ObjectNode body = Nodes.object().put("model", model);
        ArrayNode messages = body.putArray("messages");
        ask.turns.forEach(turn -> messages.add(message(turn)));
        if (stream) {
            body.put("stream", true);
            if (ask.wishes(Ask.Wish.USAGE)) {
                body.putObject("stream_options").put("include_usage", true);
            }
        }
        settings(body, ask);
        tools(body, ask);
        return new Call("/v1/chat/completions", Map.of("Authorization", "Bearer " + key), body.toString());
    }

    @Override
    public Seen read(Answer answer, Ask ask, boolean stream) {
        if (answer.status() != 200) {
            return Seen.problem(problem(answer.status(), answer.json()));
        }
        return stream ? new OpenAiStreamReader(ask).read(answer) : whole(answer.json());
    }

    private static void settings(ObjectNode body, Ask ask) {
        if (ask.maxTokens != null) {
            body.put("max_completion_tokens", ask.maxTokens);
        }
        if (ask.temperature != null) {
            body.put("temperature", ask.temperature);
        }
        if (ask.topP != null) {
            body.put("top_p", ask.topP);
        }
        if (ask.seed != null) {
            body.put("seed", ask.seed);
        }
        if (ask.choices > 1) {
            body.put("n", ask.choices);
        }
        if (!ask.stop.isEmpty()) {
            ArrayNode stop = body.putArray("stop");
            ask.stop.forEach(stop::add);
        }
        if (ask.schema != null) {
            ObjectNode format = body.putObject("response_format").put("type", "json_schema");
            format.putObject("json_schema")
                    .put("name", "answer")
                    .put("strict", true)
                    .set("schema", Nodes.read(ask.schema));
        }
        if (ask.wishes(Ask.Wish.REASONING)) {
            body.put("reasoning_effort", "medium");
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
            ObjectNode function = tools.addObject().put("type", "function").putObject("function");
            function.put("name", tool.name()).set("parameters", Nodes.read(tool.schema()));
        }
        switch (ask.toolMode) {
            case AUTO -> {} // the default
            case NONE -> body.put("tool_choice", "none");
            case REQUIRED -> body.put("tool_choice", "required");
            case NAMED ->
                body.putObject("tool_choice")
                        .put("type", "function")
                        .putObject("function")
                        .put("name", ask.tools.getFirst().name());
        }
    }

    private static JsonNode message(Turn turn) {
        ObjectNode message = Nodes.object();
        switch (turn) {
            case Turn.Instruction(String text, boolean developer) ->
                message.put("role", developer ? "developer" : "system").put("content", text);
            case Turn.User(List<Turn.Piece> pieces) -> user(message.put("role", "user"), pieces);
            case Turn.Assistant said -> assistant(message.put("role", "assistant"), said);
            case Turn.Result(String id, String text, boolean failed) ->
                message.put("role", "tool").put("tool_call_id", id).put("content", text);
            case Turn.Kept(String json) -> {
                return Nodes.read(json);
            }
        }
        return message;
    }

    private static void user(ObjectNode message, List<Turn.Piece> pieces) {
        if (pieces.size() == 1 && pieces.getFirst() instanceof Turn.Words(String text)) {
            message.put("content", text);
            return;
        }
        ArrayNode content = message.putArray("content");
        for (Turn.Piece piece : pieces) {
            switch (piece) {
                case Turn.Words(String text) ->
                    content.addObject().put("type", "text").put("text", text);
                case Turn.ImageUrl(String url) -> image(content, url);
                case Turn.ImageData(String type, String data) -> image(content, "data:" + type + ";base64," + data);
                case Turn.Pdf(String data) ->
                    content.addObject()
                            .put("type", "file")
                            .putObject("file")
                            .put("filename", "page.pdf")
                            .put("file_data", "data:application/pdf;base64," + data);
            }
        }
    }

    private static void image(ArrayNode content, String url) {
        content.addObject().put("type", "image_url").putObject("image_url").put("url", url);
    }

    private static void assistant(ObjectNode message, Turn.Assistant said) {
        if (said.text().isEmpty()) {
            message.putNull("content");
        } else {
            message.put("content", said.text());
        }
        if (said.calls().isEmpty()) {
            return;
        }
        ArrayNode calls = message.putArray("tool_calls");
        for (ToolCall call : said.calls()) {
            calls.addObject()
                    .put("id", call.id())
                    .put("type", "function")
                    .putObject("function")
                    .put("name", call.name())
                    .put("arguments", call.arguments());
        }
    }

    /** OpenAI's error object, which its two protocols share. */
    static Seen.Problem problem(int status, JsonNode document) {
        JsonNode error = document.path("error");
        Malformed.unless(error.isObject(), "an error object", document);
        JsonNode code = error.path("code");
        Malformed.unless(code.isString() || code.isNull(), "a 'code' that is a string or null", error);
        Malformed.unless(error.has("param"), "a 'param'", error);
        return new Seen.Problem(
                status, Nodes.text(error, "type"), Nodes.textOrEmpty(error, "code"), Nodes.text(error, "message"));
    }

    private static Seen whole(JsonNode body) {
        if (body.has("error")) {
            return Seen.problem(problem(200, body));
        }
        Nodes.is(body, "object", "chat.completion");
        Nodes.text(body, "id");
        Nodes.text(body, "model");
        Nodes.count(body, "created");
        var choices = new ArrayList<Seen.Choice>();
        String kept = "";
        for (JsonNode choice : Nodes.list(body, "choices")) {
            Malformed.unless(Nodes.count(choice, "index") == choices.size(), "choices in order", body);
            JsonNode message = choice.path("message");
            Nodes.is(message, "role", "assistant");
            Malformed.unless(message.has("content"), "a 'content', if only null", message);
            kept = kept.isEmpty() ? message.toString() : kept;
            choices.add(choice(message, OpenAiMessage.finish(Nodes.text(choice, "finish_reason"))));
        }
        return new Seen(choices, tokens(body.path("usage")), null, true, kept);
    }

    private static Seen.Choice choice(JsonNode message, Finish finish) {
        var gathered = new OpenAiMessage();
        gathered.add(message);
        int index = 0;
        for (JsonNode call : Nodes.listOrNone(message, "tool_calls")) {
            gathered.call(index++, call);
        }
        return gathered.choice(finish);
    }

    static Tokens tokens(JsonNode usage) {
        int input = Nodes.count(usage, "prompt_tokens");
        int output = Nodes.count(usage, "completion_tokens");
        Malformed.unless(Nodes.count(usage, "total_tokens") == input + output, "total_tokens to be the sum", usage);
        return new Tokens(
                input,
                Nodes.countOrZero(usage.path("prompt_tokens_details"), "cached_tokens"),
                output,
                Nodes.countOrZero(usage.path("completion_tokens_details"), "reasoning_tokens"));
    }
}
