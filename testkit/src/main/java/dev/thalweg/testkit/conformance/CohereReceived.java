package dev.thalweg.testkit.conformance;

import dev.thalweg.testkit.RecordedRequest;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads a request of Cohere's chat API as a provider does. */
final class CohereReceived {
    private CohereReceived() {}

    static Ask read(RecordedRequest request) {
        Malformed.unless(
                request.method().equals("POST") && request.target().endsWith("/v2/chat"),
                "a POST of /v2/chat",
                request.method() + " " + request.target());
        Malformed.unless(request.header("authorization").isPresent(), "the header authorization", request);
        JsonNode body = Nodes.read(request.bodyText());
        Ask ask = settings(body);
        List<JsonNode> messages = Nodes.list(body, "messages");
        Malformed.unless(!messages.isEmpty(), "a message", body);
        messages.forEach(message -> ask.turns.add(turn(message)));
        tools(body, ask);
        return ask;
    }

    private static Ask settings(JsonNode body) {
        Nodes.text(body, "model");
        for (String unknown : List.of("stop", "top_p", "top_k", "n", "user", "stream_options", "reasoning_effort")) {
            Malformed.unless(!body.has(unknown), "no '" + unknown + "', which this API does not know", body);
        }
        var ask = new Ask();
        ask.maxTokens = body.has("max_tokens") ? (Integer) Nodes.count(body, "max_tokens") : null;
        ask.temperature = body.path("temperature").isNumber()
                ? (Double) body.path("temperature").asDouble()
                : null;
        ask.topP = body.path("p").isNumber() ? (Double) body.path("p").asDouble() : null;
        Malformed.unless(ask.topP == null || (ask.topP >= 0.01 && ask.topP <= 0.99), "p from 0.01 to 0.99", body);
        ask.seed =
                body.path("seed").isIntegralNumber() ? (Long) body.path("seed").asLong() : null;
        Nodes.listOrNone(body, "stop_sequences").forEach(one -> ask.stop.add(one.asString()));
        JsonNode format = body.path("response_format");
        if (format.isObject()) {
            Nodes.is(format, "type", "json_object");
            ask.schema = format.path("json_schema").toString();
        }
        JsonNode thinking = body.path("thinking");
        if (Nodes.textOrEmpty(thinking, "type").equals("enabled")) {
            boolean budget = !thinking.has("token_budget") || Nodes.count(thinking, "token_budget") > 0;
            Malformed.unless(budget, "a budget above 0", thinking);
            ask.wish(Ask.Wish.REASONING);
        }
        if (body.has(Ask.UNKNOWN_FIELD)) {
            ask.wish(Ask.Wish.UNKNOWN_FIELD);
        }
        return ask;
    }

    private static Turn turn(JsonNode message) {
        String role = Nodes.text(message, "role");
        return switch (role) {
            case "system" -> new Turn.Instruction(text(message), false);
            case "user" -> new Turn.User(pieces(message.path("content")));
            case "assistant" -> assistant(message);
            case "tool" -> {
                String text = text(message);
                yield new Turn.Result(Nodes.text(message, "tool_call_id"), text, OpenAiReceived.saysFailed(text));
            }
            default -> throw new Malformed("expected a role of this protocol, got " + role);
        };
    }

    /** Text, in blocks or as documents. */
    private static String text(JsonNode message) {
        JsonNode content = message.path("content");
        var all = new StringBuilder(content.isString() ? content.asString() : "");
        for (JsonNode block : Nodes.listOrNone(message, "content")) {
            boolean document = Nodes.text(block, "type").equals("document");
            all.append(document ? Nodes.text(block.path("document"), "data") : Nodes.text(block, "text"));
        }
        return all.toString();
    }

    private static Turn assistant(JsonNode message) {
        var reasoning = new ArrayList<Reasoned>();
        var text = new StringBuilder(Nodes.textOrEmpty(message, "content"));
        String plan = Nodes.textOrEmpty(message, "tool_plan");
        if (!plan.isEmpty()) {
            reasoning.add(Reasoned.words(plan));
        }
        for (JsonNode block : Nodes.listOrNone(message, "content")) {
            if (Nodes.text(block, "type").equals("thinking")) {
                reasoning.add(Reasoned.words(Nodes.text(block, "thinking")));
            } else {
                text.append(Nodes.text(block, "text"));
            }
        }
        var calls = new ArrayList<ToolCall>();
        Nodes.listOrNone(message, "tool_calls").forEach(call -> calls.add(CohereMessage.call(call)));
        Malformed.unless(!text.isEmpty() || !calls.isEmpty(), "content or calls", message);
        return new Turn.Assistant(reasoning, text.toString(), calls);
    }

    private static List<Turn.Piece> pieces(JsonNode content) {
        if (content.isString()) {
            return List.of(new Turn.Words(content.asString()));
        }
        var pieces = new ArrayList<Turn.Piece>();
        for (JsonNode block : content.values()) {
            pieces.add(
                    switch (Nodes.text(block, "type")) {
                        case "text" -> new Turn.Words(Nodes.text(block, "text"));
                        case "image_url" -> OpenAiReceived.image(Nodes.text(block.path("image_url"), "url"));
                        default -> throw new Malformed("expected a block of a user's message, got " + block);
                    });
        }
        return pieces;
    }

    /** A tool that has to be called and is the only one is a tool that is named. */
    private static void tools(JsonNode body, Ask ask) {
        for (JsonNode tool : Nodes.listOrNone(body, "tools")) {
            Nodes.is(tool, "type", "function");
            JsonNode function = tool.path("function");
            ask.tools.add(new Ask.Tool(
                    Nodes.text(function, "name"), function.path("parameters").toString()));
        }
        String choice = Nodes.textOrEmpty(body, "tool_choice");
        ask.toolMode = switch (choice) {
            case "" -> Ask.ToolMode.AUTO;
            case "NONE" -> Ask.ToolMode.NONE;
            case "REQUIRED" -> ask.tools.size() == 1 ? Ask.ToolMode.NAMED : Ask.ToolMode.REQUIRED;
            default -> throw new Malformed("expected a tool choice, got " + choice);
        };
    }
}
