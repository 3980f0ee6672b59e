package dev.thalweg.testkit.conformance;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes turns as contents of Gemini's API. */
final class GeminiTurns {
    private GeminiTurns() {}

    static void write(ObjectNode body, ArrayNode contents, Turn turn) {
        switch (turn) {
            case Turn.Instruction(String text, boolean developer) ->
                body.putObject("systemInstruction")
                        .putArray("parts")
                        .addObject()
                        .put("text", text);
            case Turn.User(List<Turn.Piece> pieces) -> user(parts(contents, "user"), pieces);
            case Turn.Assistant said -> assistant(parts(contents, "model"), said);
            case Turn.Result(String id, String text, boolean failed) -> result(contents, id, text, failed);
            case Turn.Kept(String json) -> contents.add(Nodes.read(json));
        }
    }

    private static ArrayNode parts(ArrayNode contents, String role) {
        return contents.addObject().put("role", role).putArray("parts");
    }

    /** All results of one turn are in one content, and name the function of their call. */
    private static void result(ArrayNode contents, String id, String text, boolean failed) {
        String name = "";
        for (JsonNode content : contents) {
            for (JsonNode part : content.path("parts")) {
                JsonNode call = part.path("functionCall");
                name = Nodes.textOrEmpty(call, "id").equals(id) ? Nodes.text(call, "name") : name;
            }
        }
        JsonNode last = contents.get(contents.size() - 1);
        boolean results = last.path("parts").path(0).has("functionResponse");
        ArrayNode parts = results ? (ArrayNode) last.path("parts") : parts(contents, "user");
        ObjectNode response = parts.addObject().putObject("functionResponse");
        response.put("id", id).put("name", name);
        response.putObject("response").put(failed ? "error" : "output", text);
    }

    private static void user(ArrayNode parts, List<Turn.Piece> pieces) {
        for (Turn.Piece piece : pieces) {
            switch (piece) {
                case Turn.Words(String text) -> parts.addObject().put("text", text);
                case Turn.ImageUrl(String url) ->
                    parts.addObject()
                            .putObject("fileData")
                            .put("mimeType", "image/png")
                            .put("fileUri", url);
                case Turn.ImageData(String type, String data) -> data(parts, type, data);
                case Turn.Pdf(String data) -> data(parts, "application/pdf", data);
            }
        }
    }

    private static void data(ArrayNode parts, String type, String data) {
        parts.addObject().putObject("inlineData").put("mimeType", type).put("data", data);
    }

    private static void assistant(ArrayNode parts, Turn.Assistant said) {
        if (!said.text().isEmpty()) {
            parts.addObject().put("text", said.text());
        }
        for (ToolCall call : said.calls()) {
            parts.addObject()
                    .putObject("functionCall")
                    .put("id", call.id())
                    .put("name", call.name())
                    .set("args", Nodes.read(call.arguments()));
        }
    }
}
