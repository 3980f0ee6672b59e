package dev.thalweg.testkit.conformance;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes turns as messages of Converse. */
final class BedrockTurns {
    private BedrockTurns() {}

    static void write(ObjectNode body, ArrayNode messages, Turn turn) {
        switch (turn) {
            case Turn.Instruction(String text, boolean developer) ->
                body.putArray("system").addObject().put("text", text);
            case Turn.User(List<Turn.Piece> pieces) -> user(content(messages, "user"), pieces);
            case Turn.Assistant said -> assistant(content(messages, "assistant"), said);
            case Turn.Result(String id, String text, boolean failed) -> result(messages, id, text, failed);
            case Turn.Kept(String json) -> content(messages, "assistant").addAll((ArrayNode) Nodes.read(json));
        }
    }

    private static ArrayNode content(ArrayNode messages, String role) {
        return messages.addObject().put("role", role).putArray("content");
    }

    /** All results of one turn are in one message. */
    private static void result(ArrayNode messages, String id, String text, boolean failed) {
        JsonNode last = messages.isEmpty() ? Nodes.object() : messages.get(messages.size() - 1);
        boolean results = last.path("content").path(0).has("toolResult");
        ArrayNode content = results ? (ArrayNode) last.path("content") : content(messages, "user");
        ObjectNode result = content.addObject().putObject("toolResult").put("toolUseId", id);
        result.putArray("content").addObject().put("text", text);
        if (failed) {
            result.put("status", "error");
        }
    }

    private static void user(ArrayNode content, List<Turn.Piece> pieces) {
        for (Turn.Piece piece : pieces) {
            ObjectNode block = content.addObject();
            switch (piece) {
                case Turn.Words(String text) -> block.put("text", text);
                case Turn.ImageUrl(String url) -> throw new IllegalStateException("Converse has no images by URL");
                case Turn.ImageData(String type, String data) ->
                    block.putObject("image")
                            .put("format", type.replaceFirst(".*/", ""))
                            .putObject("source")
                            .put("bytes", data);
                case Turn.Pdf(String data) ->
                    block.putObject("document")
                            .put("format", "pdf")
                            .put("name", "page")
                            .putObject("source")
                            .put("bytes", data);
            }
        }
    }

    private static void assistant(ArrayNode content, Turn.Assistant said) {
        if (!said.text().isEmpty()) {
            content.addObject().put("text", said.text());
        }
        for (ToolCall call : said.calls()) {
            content.addObject()
                    .putObject("toolUse")
                    .put("toolUseId", call.id())
                    .put("name", call.name())
                    .set("input", Nodes.read(call.arguments()));
        }
    }
}
