package dev.thalweg.testkit.conformance;

import dev.thalweg.testkit.RecordedRequest;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads a request of the Responses API as a provider does. Not thread-safe. */
final class ResponsesReceived {
    /** The reasoning of every scenario is the first item of its answer. */
    private static final String REASONING_ID = "rs_0";

    private final Ask ask = new Ask();

    /** What the model said, gathered from neighbouring items. */
    private final List<Reasoned> reasoning = new ArrayList<>();

    private final StringBuilder text = new StringBuilder();
    private final List<ToolCall> calls = new ArrayList<>();

    private ResponsesReceived() {}

    static Ask read(RecordedRequest request) {
        Malformed.unless(
                request.method().equals("POST") && request.target().endsWith("/responses"),
                "a POST of a response",
                request.method() + " " + request.target());
        return new ResponsesReceived().read(Nodes.read(request.bodyText()));
    }

    private Ask read(JsonNode body) {
        Nodes.text(body, "model");
        if (body.path("instructions").isString()) {
            ask.turns.add(new Turn.Instruction(Nodes.text(body, "instructions"), false));
        }
        if (body.path("input").isString()) {
            ask.turns.add(Turn.user(Nodes.text(body, "input")));
        } else {
            Nodes.list(body, "input").forEach(this::item);
        }
        endOfModel();
        settings(body);
        tools(body);
        return ask;
    }

    private void settings(JsonNode body) {
        ask.maxTokens =
                body.path("max_output_tokens").isInt() ? (Integer) Nodes.count(body, "max_output_tokens") : null;
        ask.temperature = body.path("temperature").isNumber()
                ? (Double) body.path("temperature").asDouble()
                : null;
        ask.topP = body.path("top_p").isNumber() ? (Double) body.path("top_p").asDouble() : null;
        for (String unknown : List.of("stop", "seed", "n")) {
            Malformed.unless(!body.has(unknown), "no '" + unknown + "', which this API refuses", body);
        }
        JsonNode format = body.path("text").path("format");
        if (Nodes.textOrEmpty(format, "type").equals("json_schema")) {
            Nodes.text(format, "name");
            ask.schema = format.path("schema").toString();
        }
        JsonNode wish = body.path("reasoning");
        if (wish.path("effort").isString() || wish.path("summary").isString()) {
            ask.wish(Ask.Wish.REASONING);
        }
        if (body.has(Ask.UNKNOWN_FIELD)) {
            ask.wish(Ask.Wish.UNKNOWN_FIELD);
        }
    }

    private void item(JsonNode item) {
        String type = item.has("type") ? Nodes.text(item, "type") : "message";
        switch (type) {
            case "message" -> message(item);
            case "reasoning" -> reasoning.add(reasoned(item));
            case "function_call" ->
                calls.add(ToolCall.of(
                        Nodes.text(item, "call_id"), Nodes.text(item, "name"), Nodes.text(item, "arguments")));
            case "function_call_output" -> result(item);
            default -> throw new Malformed("expected an item of the Responses API, got " + item);
        }
    }

    private void message(JsonNode item) {
        String role = Nodes.text(item, "role");
        if (role.equals("assistant")) {
            text.append(text(item.path("content"), "output_text"));
            return;
        }
        endOfModel();
        switch (role) {
            case "user" -> ask.turns.add(new Turn.User(pieces(item.path("content"))));
            case "system", "developer" ->
                ask.turns.add(new Turn.Instruction(text(item.path("content"), "input_text"), role.equals("developer")));
            default -> throw new Malformed("expected a role of the Responses API, got " + item);
        }
    }

    /** The provider refuses encrypted reasoning without the id of its item, or with another. */
    private static Reasoned reasoned(JsonNode item) {
        String encrypted = Nodes.textOrEmpty(item, "encrypted_content");
        boolean known = Nodes.textOrEmpty(item, "id").equals(REASONING_ID);
        Malformed.unless(encrypted.isEmpty() || known, "encrypted reasoning with the id of its item", item);
        var words = new ArrayList<String>();
        for (JsonNode part : Nodes.list(item, "summary")) {
            words.add(Nodes.text(part, "text"));
        }
        return new Reasoned(words, encrypted);
    }

    private void result(JsonNode item) {
        endOfModel();
        String callId = Nodes.text(item, "call_id");
        JsonNode output = item.path("output");
        String said = output.isString() ? output.asString() : text(output, "input_text");
        ask.turns.add(new Turn.Result(callId, said, OpenAiReceived.saysFailed(said)));
    }

    private void endOfModel() {
        if (!reasoning.isEmpty() || !text.isEmpty() || !calls.isEmpty()) {
            ask.turns.add(new Turn.Assistant(reasoning, text.toString(), calls));
            reasoning.clear();
            text.setLength(0);
            calls.clear();
        }
    }

    private static String text(JsonNode content, String type) {
        if (content.isString()) {
            return content.asString();
        }
        var all = new StringBuilder();
        for (JsonNode part : content.values()) {
            Nodes.is(part, "type", type);
            all.append(Nodes.text(part, "text"));
        }
        return all.toString();
    }

    private static List<Turn.Piece> pieces(JsonNode content) {
        if (content.isString()) {
            return List.of(new Turn.Words(content.asString()));
        }
        var pieces = new ArrayList<Turn.Piece>();
        for (JsonNode part : content.values()) {
            pieces.add(
                    switch (Nodes.text(part, "type")) {
                        case "input_text" -> new Turn.Words(Nodes.text(part, "text"));
                        case "input_image" -> OpenAiReceived.image(Nodes.text(part, "image_url"));
                        case "input_file" -> OpenAiReceived.pdf(Nodes.text(part, "file_data"));
                        default -> throw new Malformed("expected a part of the Responses API, got " + part);
                    });
        }
        return pieces;
    }

    private void tools(JsonNode body) {
        for (JsonNode tool : Nodes.listOrNone(body, "tools")) {
            Nodes.is(tool, "type", "function");
            ask.tools.add(new Ask.Tool(
                    Nodes.text(tool, "name"), tool.path("parameters").toString()));
        }
        JsonNode choice = body.path("tool_choice");
        ask.toolMode = OpenAiReceived.mode(choice, Nodes.textOrEmpty(choice, "name"), ask);
    }
}
