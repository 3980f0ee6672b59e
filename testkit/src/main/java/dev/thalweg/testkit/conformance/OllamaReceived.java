package dev.thalweg.testkit.conformance;

import dev.thalweg.testkit.RecordedRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads a request of Ollama's chats as a server does. */
final class OllamaReceived {
    private static final Set<String> ROLES = Set.of("system", "user", "assistant", "tool");

    private OllamaReceived() {}

    static Ask read(RecordedRequest request) {
        Malformed.unless(
                request.method().equals("POST") && request.target().endsWith("/api/chat"),
                "a POST of a chat",
                request.method() + " " + request.target());
        JsonNode body = Nodes.read(request.bodyText());
        Ask ask = settings(body);
        for (JsonNode message : Nodes.list(body, "messages")) {
            ask.turns.add(turn(message));
        }
        for (JsonNode tool : Nodes.listOrNone(body, "tools")) {
            Nodes.is(tool, "type", "function");
            JsonNode function = tool.path("function");
            ask.tools.add(new Ask.Tool(
                    Nodes.text(function, "name"), function.path("parameters").toString()));
        }
        return ask;
    }

    private static Ask settings(JsonNode body) {
        Nodes.text(body, "model");
        var ask = new Ask();
        JsonNode options = body.path("options");
        ask.maxTokens = options.path("num_predict").isInt()
                ? (Integer) options.path("num_predict").asInt()
                : null;
        ask.temperature = number(options.path("temperature"));
        ask.topP = number(options.path("top_p"));
        ask.seed = options.path("seed").isIntegralNumber()
                ? (Long) options.path("seed").asLong()
                : null;
        Nodes.listOrNone(options, "stop").forEach(one -> ask.stop.add(one.asString()));
        ask.schema = body.path("format").isObject() ? body.path("format").toString() : null;
        if (body.path("think").asBoolean(false)) {
            ask.wish(Ask.Wish.REASONING);
        }
        if (body.has(Ask.UNKNOWN_FIELD)) {
            ask.wish(Ask.Wish.UNKNOWN_FIELD);
        }
        return ask;
    }

    private static @Nullable Double number(JsonNode value) {
        return value.isNumber() ? (Double) value.asDouble() : null;
    }

    private static Turn turn(JsonNode message) {
        String role = Nodes.text(message, "role");
        Malformed.unless(ROLES.contains(role), "a role of Ollama's", role);
        String content = Nodes.text(message, "content");
        return switch (role) {
            case "user" -> new Turn.User(pieces(content, message));
            case "assistant" -> new Turn.Assistant(reasoning(message), content, calls(message));
            case "tool" -> {
                Nodes.text(message, "tool_name");
                yield new Turn.Result(Nodes.text(message, "tool_call_id"), content, OpenAiReceived.saysFailed(content));
            }
            default -> new Turn.Instruction(content, false);
        };
    }

    private static List<Turn.Piece> pieces(String content, JsonNode message) {
        var pieces = new ArrayList<Turn.Piece>();
        if (!content.isEmpty()) {
            pieces.add(new Turn.Words(content));
        }
        for (JsonNode image : Nodes.listOrNone(message, "images")) {
            Malformed.unless(image.asString().startsWith("iVBOR"), "the bytes of a PNG", image);
            pieces.add(new Turn.ImageData("image/png", image.asString()));
        }
        return pieces;
    }

    private static List<Reasoned> reasoning(JsonNode message) {
        String thinking = Nodes.textOrEmpty(message, "thinking");
        return thinking.isEmpty() ? List.of() : List.of(Reasoned.words(thinking));
    }

    private static List<ToolCall> calls(JsonNode message) {
        var calls = new ArrayList<ToolCall>();
        for (JsonNode call : Nodes.listOrNone(message, "tool_calls")) {
            JsonNode function = call.path("function");
            Malformed.unless(function.path("arguments").isObject(), "an object of arguments", call);
            calls.add(ToolCall.of(
                    Nodes.text(call, "id"),
                    Nodes.text(function, "name"),
                    function.path("arguments").toString()));
        }
        return calls;
    }
}
