package dev.thalweg.testkit.conformance;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A caller of the Responses API, who keeps the conversation himself. */
final class ResponsesFront implements Front {
    @Override
    public Protocol protocol() {
        return Protocol.RESPONSES;
    }

    @Override
    public Call call(Ask ask, String model, String key, boolean stream) {
        ObjectNode body = Nodes.object().put("model", model).put("store", false);
        ArrayNode input = body.putArray("input");
        ask.turns.forEach(turn -> turn(input, turn));
        if (stream) {
            body.put("stream", true);
        }
        settings(body, ask);
        tools(body, ask);
        return new Call("/v1/responses", Map.of("Authorization", "Bearer " + key), body.toString());
    }

    @Override
    public Seen read(Answer answer, Ask ask, boolean stream) {
        if (answer.status() != 200) {
            return Seen.problem(OpenAiFront.problem(answer.status(), answer.json()));
        }
        return stream ? new ResponsesStreamReader().read(answer) : ResponsesObject.whole(answer.json());
    }

    private static void settings(ObjectNode body, Ask ask) {
        if (ask.maxTokens != null) {
            body.put("max_output_tokens", ask.maxTokens);
        }
        if (ask.temperature != null) {
            body.put("temperature", ask.temperature);
        }
        if (ask.topP != null) {
            body.put("top_p", ask.topP);
        }
        if (ask.schema != null) {
            body.putObject("text")
                    .putObject("format")
                    .put("type", "json_schema")
                    .put("name", "answer")
                    .put("strict", true)
                    .set("schema", Nodes.read(ask.schema));
        }
        if (ask.wishes(Ask.Wish.REASONING)) {
            body.putObject("reasoning").put("effort", "medium").put("summary", "auto");
            body.putArray("include").add("reasoning.encrypted_content");
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
            tools.addObject()
                    .put("type", "function")
                    .put("name", tool.name())
                    .put("strict", false)
                    .set("parameters", Nodes.read(tool.schema()));
        }
        switch (ask.toolMode) {
            case AUTO -> {} // the default
            case NONE -> body.put("tool_choice", "none");
            case REQUIRED -> body.put("tool_choice", "required");
            case NAMED ->
                body.putObject("tool_choice")
                        .put("type", "function")
                        .put("name", ask.tools.getFirst().name());
        }
    }

    private static void turn(ArrayNode input, Turn turn) {
        switch (turn) {
            case Turn.Instruction(String text, boolean developer) ->
                input.addObject()
                        .put("role", developer ? "developer" : "system")
                        .put("content", text);
            case Turn.User(List<Turn.Piece> pieces) -> user(input, pieces);
            case Turn.Assistant said -> assistant(input, said);
            case Turn.Result(String id, String text, boolean failed) ->
                input.addObject()
                        .put("type", "function_call_output")
                        .put("call_id", id)
                        .put("output", text);
            case Turn.Kept(String json) -> Nodes.read(json).values().forEach(input::add);
        }
    }

    private static void user(ArrayNode input, List<Turn.Piece> pieces) {
        ArrayNode content = input.addObject().put("role", "user").putArray("content");
        for (Turn.Piece piece : pieces) {
            ObjectNode part = content.addObject();
            switch (piece) {
                case Turn.Words(String text) -> part.put("type", "input_text").put("text", text);
                case Turn.ImageUrl(String url) ->
                    part.put("type", "input_image").put("image_url", url);
                case Turn.ImageData(String type, String data) ->
                    part.put("type", "input_image").put("image_url", "data:" + type + ";base64," + data);
                case Turn.Pdf(String data) ->
                    part.put("type", "input_file")
                            .put("filename", "page.pdf")
                            .put("file_data", "data:application/pdf;base64," + data);
            }
        }
    }

    private static void assistant(ArrayNode input, Turn.Assistant said) {
        if (!said.text().isEmpty()) {
            ObjectNode message = input.addObject().put("type", "message").put("role", "assistant");
            message.putArray("content").addObject().put("type", "output_text").put("text", said.text());
        }
        for (ToolCall call : said.calls()) {
            input.addObject()
                    .put("type", "function_call")
                    .put("call_id", call.id())
                    .put("name", call.name())
                    .put("arguments", call.arguments());
        }
    }

    /** The error of a response that failed. */
    static Seen.Problem failure(JsonNode response) {
        JsonNode error = response.path("error");
        String code = Nodes.text(error, "code");
        return new Seen.Problem(200, code, code, Nodes.text(error, "message"));
    }
}
