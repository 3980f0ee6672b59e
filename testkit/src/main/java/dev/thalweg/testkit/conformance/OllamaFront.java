package dev.thalweg.testkit.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A caller of Ollama's chats. */
final class OllamaFront implements Front {
    @Override
    public Protocol protocol() {
        return Protocol.OLLAMA;
    }

    @Override
    public Call call(Ask ask, String model, String key, boolean stream) {
        ObjectNode body = Nodes.object().put("model", model);
        ArrayNode messages = body.putArray("messages");
        ask.turns.forEach(turn -> message(messages, turn));
        if (!stream) {
            body.put("stream", false); // streams are what comes unasked
        }
        settings(body, ask);
        for (Ask.Tool tool : ask.tools) {
            ObjectNode function =
                    body.withArray("tools").addObject().put("type", "function").putObject("function");
            function.put("name", tool.name()).set("parameters", Nodes.read(tool.schema()));
        }
        return new Call("/api/chat", Map.of("Authorization", "Bearer " + key), body.toString());
    }

    @Override
    public Seen read(Answer answer, Ask ask, boolean stream) {
        if (answer.status() != 200) {
            return Seen.problem(problem(answer.status(), answer.json()));
        }
        List<JsonNode> objects = stream ? answer.lines() : List.of(answer.json());
        return new OllamaAnswerReader().read(objects, answer.clean());
    }

    static Seen.Problem problem(int status, JsonNode document) {
        return new Seen.Problem(status, "", Nodes.textOrEmpty(document, "code"), Nodes.text(document, "error"));
    }

    private static void settings(ObjectNode body, Ask ask) {
        ObjectNode options = Nodes.object();
        if (ask.maxTokens != null) {
            options.put("num_predict", ask.maxTokens);
        }
        if (ask.temperature != null) {
            options.put("temperature", ask.temperature);
        }
        if (ask.topP != null) {
            options.put("top_p", ask.topP);
        }
        if (ask.seed != null) {
            options.put("seed", ask.seed);
        }
        ask.stop.forEach(one -> options.withArray("stop").add(one));
        if (!options.isEmpty()) {
            body.set("options", options);
        }
        if (ask.schema != null) {
            body.set("format", Nodes.read(ask.schema));
        }
        if (ask.wishes(Ask.Wish.REASONING)) {
            body.put("think", true);
        }
        if (ask.wishes(Ask.Wish.UNKNOWN_FIELD)) {
            body.put(Ask.UNKNOWN_FIELD, "kept");
        }
    }

    private static void message(ArrayNode messages, Turn turn) {
        switch (turn) {
            case Turn.Instruction(String text, boolean developer) -> message(messages, "system", text);
            case Turn.User(List<Turn.Piece> pieces) -> user(messages, pieces);
            case Turn.Assistant said -> assistant(message(messages, "assistant", said.text()), said.calls());
            case Turn.Result(String id, String text, boolean failed) ->
                message(messages, "tool", text).put("tool_call_id", id).put("tool_name", nameOf(id, messages));
            case Turn.Kept(String json) -> messages.add(Nodes.read(json));
        }
    }

    private static ObjectNode message(ArrayNode messages, String role, String content) {
        return messages.addObject().put("role", role).put("content", content);
    }

    private static void user(ArrayNode messages, List<Turn.Piece> pieces) {
        var text = new StringBuilder();
        var images = new ArrayList<String>();
        for (Turn.Piece piece : pieces) {
            switch (piece) {
                case Turn.Words words -> text.append(words.text());
                case Turn.ImageData(String type, String data) -> images.add(data);
                default -> throw new IllegalArgumentException("Ollama's callers cannot say " + piece);
            }
        }
        ObjectNode message = message(messages, "user", text.toString());
        images.forEach(image -> message.withArray("images").add(image));
    }

    private static void assistant(ObjectNode message, List<ToolCall> calls) {
        for (ToolCall call : calls) {
            ObjectNode said = message.withArray("tool_calls").addObject().put("id", call.id());
            said.putObject("function").put("name", call.name()).set("arguments", Nodes.read(call.arguments()));
        }
    }

    /** The tool whose call this is: Ollama's callers name it with its result. */
    private static @Nullable String nameOf(String id, ArrayNode messages) {
        for (JsonNode message : messages.values()) {
            for (JsonNode call : Nodes.listOrNone(message, "tool_calls")) {
                if (Nodes.textOrEmpty(call, "id").equals(id)) {
                    return Nodes.text(call.path("function"), "name");
                }
            }
        }
        return null;
    }
}
