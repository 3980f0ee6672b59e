package dev.thalweg.testkit.conformance;

import dev.thalweg.testkit.RecordedRequest;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads a request of Anthropic's Messages API as a provider does. */
final class AnthropicReceived {
    private AnthropicReceived() {}

    static Ask read(RecordedRequest request) {
        Malformed.unless(
                request.method().equals("POST")
                        && request.target().replaceFirst("\\?.*", "").endsWith("/messages"),
                "a POST of messages",
                request.method() + " " + request.target());
        Malformed.unless(request.header("anthropic-version").isPresent(), "the header anthropic-version", request);
        boolean key = request.header("x-api-key").isPresent()
                || request.header("authorization").isPresent();
        Malformed.unless(key, "the header x-api-key", request);
        JsonNode body = Nodes.read(request.bodyText());
        Ask ask = settings(body);
        instructions(body.path("system"), ask);
        List<JsonNode> messages = Nodes.list(body, "messages");
        Malformed.unless(!messages.isEmpty(), "a message", body);
        messages.forEach(message -> message(message, ask));
        tools(body, ask);
        return ask;
    }

    private static Ask settings(JsonNode body) {
        Nodes.text(body, "model");
        var ask = new Ask();
        ask.maxTokens = Nodes.count(body, "max_tokens");
        ask.temperature = body.path("temperature").isNumber()
                ? (Double) body.path("temperature").asDouble()
                : null;
        ask.topP = body.path("top_p").isNumber() ? (Double) body.path("top_p").asDouble() : null;
        for (String unknown : List.of("stop", "seed", "n")) {
            Malformed.unless(!body.has(unknown), "no '" + unknown + "', which this API refuses", body);
        }
        Nodes.listOrNone(body, "stop_sequences").forEach(one -> ask.stop.add(one.asString()));
        JsonNode format = body.path("output_config").path("format");
        format = format.isObject() ? format : body.path("output_format");
        if (Nodes.textOrEmpty(format, "type").equals("json_schema")) {
            ask.schema = format.path("schema").toString();
        }
        thinking(body, ask);
        if (body.has(Ask.UNKNOWN_FIELD)) {
            ask.wish(Ask.Wish.UNKNOWN_FIELD);
        }
        return ask;
    }

    private static void thinking(JsonNode body, Ask ask) {
        JsonNode thinking = body.path("thinking");
        String type = Nodes.textOrEmpty(thinking, "type");
        if (type.equals("enabled")) {
            int budget = Nodes.count(thinking, "budget_tokens");
            Malformed.unless(budget >= 1024, "a budget of 1024 tokens at least", thinking);
            Malformed.unless(budget < Nodes.count(body, "max_tokens"), "a budget below max_tokens", body);
        }
        if (type.equals("enabled") || type.equals("adaptive")) {
            ask.wish(Ask.Wish.REASONING);
        }
    }

    private static void instructions(JsonNode system, Ask ask) {
        if (system.isString()) {
            ask.turns.add(new Turn.Instruction(system.asString(), false));
        } else if (system.isArray()) {
            system.values().forEach(part -> ask.turns.add(new Turn.Instruction(Nodes.text(part, "text"), false)));
        }
    }

    private static void message(JsonNode message, Ask ask) {
        String role = Nodes.text(message, "role");
        JsonNode content = message.path("content");
        List<JsonNode> blocks = content.isString()
                ? List.of(Nodes.object().put("type", "text").put("text", content.asString()))
                : Nodes.list(message, "content");
        Malformed.unless(!blocks.isEmpty(), "content", message);
        switch (role) {
            case "assistant" -> ask.turns.add(assistant(blocks));
            case "user" -> user(blocks, ask);
            default -> throw new Malformed("expected 'user' or 'assistant', got " + role);
        }
    }

    private static Turn assistant(List<JsonNode> blocks) {
        var reasoning = new ArrayList<Reasoned>();
        var text = new StringBuilder();
        var calls = new ArrayList<ToolCall>();
        for (JsonNode block : blocks) {
            switch (Nodes.text(block, "type")) {
                case "thinking" ->
                    reasoning.add(Reasoned.signed(Nodes.text(block, "signature"), Nodes.text(block, "thinking")));
                case "redacted_thinking" -> reasoning.add(Reasoned.sealed(Nodes.text(block, "data")));
                case "text" -> text.append(notBlank(block));
                case "tool_use" -> {
                    Malformed.unless(block.path("input").isObject(), "an object as input", block);
                    String input = block.path("input").toString();
                    calls.add(ToolCall.of(Nodes.text(block, "id"), Nodes.text(block, "name"), input));
                }
                default -> throw new Malformed("expected a block of an assistant's message, got " + block);
            }
        }
        return new Turn.Assistant(reasoning, text.toString(), calls);
    }

    /** The provider refuses empty text. */
    private static String notBlank(JsonNode block) {
        String text = Nodes.text(block, "text");
        Malformed.unless(!text.isBlank(), "text that is not blank", block);
        return text;
    }

    /** The results of tools come first; what follows is what the user says. */
    private static void user(List<JsonNode> blocks, Ask ask) {
        var pieces = new ArrayList<Turn.Piece>();
        for (JsonNode block : blocks) {
            switch (Nodes.text(block, "type")) {
                case "tool_result" -> {
                    Malformed.unless(pieces.isEmpty(), "results before anything else", block);
                    ask.turns.add(result(block));
                }
                case "text" -> pieces.add(new Turn.Words(notBlank(block)));
                case "image" -> pieces.add(image(block.path("source")));
                case "document" -> pieces.add(pdf(block.path("source")));
                default -> throw new Malformed("expected a block of a user's message, got " + block);
            }
        }
        if (!pieces.isEmpty()) {
            ask.turns.add(new Turn.User(pieces));
        }
    }

    private static Turn.Result result(JsonNode block) {
        JsonNode content = block.path("content");
        var text = new StringBuilder(content.isString() ? content.asString() : "");
        Nodes.listOrNone(block, "content").forEach(part -> text.append(Nodes.text(part, "text")));
        boolean failed = block.path("is_error").asBoolean(false);
        return new Turn.Result(Nodes.text(block, "tool_use_id"), text.toString(), failed);
    }

    private static Turn.Piece image(JsonNode source) {
        return Nodes.text(source, "type").equals("url")
                ? new Turn.ImageUrl(Nodes.text(source, "url"))
                : new Turn.ImageData(Nodes.text(source, "media_type"), Nodes.text(source, "data"));
    }

    private static Turn.Piece pdf(JsonNode source) {
        Nodes.is(source, "type", "base64");
        Nodes.is(source, "media_type", "application/pdf");
        return new Turn.Pdf(Nodes.text(source, "data"));
    }

    private static void tools(JsonNode body, Ask ask) {
        for (JsonNode tool : Nodes.listOrNone(body, "tools")) {
            Nodes.is(tool.path("input_schema"), "type", "object");
            ask.tools.add(new Ask.Tool(
                    Nodes.text(tool, "name"), tool.path("input_schema").toString()));
        }
        JsonNode choice = body.path("tool_choice");
        if (!choice.isObject()) {
            return;
        }
        ask.toolMode = switch (Nodes.text(choice, "type")) {
            case "auto" -> Ask.ToolMode.AUTO;
            case "none" -> Ask.ToolMode.NONE;
            case "any" -> Ask.ToolMode.REQUIRED;
            case "tool" -> {
                String first = ask.tools.isEmpty() ? "" : ask.tools.getFirst().name();
                Nodes.is(choice, "name", first);
                yield Ask.ToolMode.NAMED;
            }
            default -> throw new Malformed("expected a tool choice, got " + choice);
        };
    }
}
