package dev.thalweg.testkit.conformance;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes turns as messages of Anthropic's API. */
final class AnthropicTurns {
    private AnthropicTurns() {}

    static void write(ObjectNode body, ArrayNode messages, Turn turn) {
        switch (turn) {
            case Turn.Instruction(String text, boolean developer) -> body.put("system", text);
            case Turn.User(List<Turn.Piece> pieces) -> user(messages, pieces);
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
        boolean results = last.path("content").path(0).path("type").asString("").equals("tool_result");
        ArrayNode content = results ? (ArrayNode) last.path("content") : content(messages, "user");
        ObjectNode result = content.addObject().put("type", "tool_result").put("tool_use_id", id);
        result.put("content", text);
        if (failed) {
            result.put("is_error", true);
        }
    }

    private static void user(ArrayNode messages, List<Turn.Piece> pieces) {
        ArrayNode content = content(messages, "user");
        for (Turn.Piece piece : pieces) {
            ObjectNode block = content.addObject();
            switch (piece) {
                case Turn.Words(String text) -> block.put("type", "text").put("text", text);
                case Turn.ImageUrl(String url) ->
                    block.put("type", "image")
                            .putObject("source")
                            .put("type", "url")
                            .put("url", url);
                case Turn.ImageData(String type, String data) -> data(block.put("type", "image"), type, data);
                case Turn.Pdf(String data) -> data(block.put("type", "document"), "application/pdf", data);
            }
        }
    }

    private static void data(ObjectNode block, String type, String data) {
        block.putObject("source").put("type", "base64").put("media_type", type).put("data", data);
    }

    private static void assistant(ArrayNode content, Turn.Assistant said) {
        if (!said.text().isEmpty()) {
            content.addObject().put("type", "text").put("text", said.text());
        }
        for (ToolCall call : said.calls()) {
            content.addObject()
                    .put("type", "tool_use")
                    .put("id", call.id())
                    .put("name", call.name())
                    .set("input", Nodes.read(call.arguments()));
        }
    }
}
