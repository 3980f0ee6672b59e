package dev.thalweg.testkit.conformance;

import dev.thalweg.testkit.RecordedRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Reads a request of chat completions as a provider does. */
final class OpenAiReceived {
    private static final Set<String> ROLES = Set.of("system", "developer", "user", "assistant", "tool");

    private OpenAiReceived() {}

    static Ask read(RecordedRequest request) {
        Malformed.unless(
                request.method().equals("POST") && request.target().endsWith("/chat/completions"),
                "a POST of chat completions",
                request.method() + " " + request.target());
        JsonNode body = Nodes.read(request.bodyText());
        Ask ask = settings(body);
        for (JsonNode message : Nodes.list(body, "messages")) {
            ask.turns.add(turn(message));
        }
        tools(body, ask);
        return ask;
    }

    private static Ask settings(JsonNode body) {
        Nodes.text(body, "model");
        var ask = new Ask();
        JsonNode limit = body.path(body.has("max_tokens") ? "max_tokens" : "max_completion_tokens");
        ask.maxTokens = limit.isInt() ? (Integer) limit.asInt() : null;
        ask.temperature = body.path("temperature").isNumber()
                ? (Double) body.path("temperature").asDouble()
                : null;
        ask.topP = body.path("top_p").isNumber() ? (Double) body.path("top_p").asDouble() : null;
        ask.seed =
                body.path("seed").isIntegralNumber() ? (Long) body.path("seed").asLong() : null;
        ask.choices = Math.max(1, Nodes.countOrZero(body, "n"));
        JsonNode stop = body.path("stop");
        if (stop.isString()) {
            ask.stop.add(stop.asString());
        }
        Nodes.listOrNone(body, "stop").forEach(one -> ask.stop.add(one.asString()));
        JsonNode format = body.path("response_format");
        if (Nodes.textOrEmpty(format, "type").equals("json_schema")) {
            Nodes.text(format.path("json_schema"), "name");
            ask.schema = format.path("json_schema").path("schema").toString();
        }
        if (body.path("reasoning_effort").isString()) {
            ask.wish(Ask.Wish.REASONING);
        }
        if (body.has(Ask.UNKNOWN_FIELD)) {
            ask.wish(Ask.Wish.UNKNOWN_FIELD);
        }
        return ask;
    }

    private static Turn turn(JsonNode message) {
        String role = Nodes.text(message, "role");
        Malformed.unless(ROLES.contains(role), "a role of chat completions", role);
        return switch (role) {
            case "user" -> new Turn.User(pieces(message.path("content")));
            case "assistant" -> new Turn.Assistant(List.of(), text(message.path("content")), calls(message));
            case "tool" -> result(message);
            default -> new Turn.Instruction(text(message.path("content")), role.equals("developer"));
        };
    }

    /** Without a flag, a failure is what says so. */
    private static Turn result(JsonNode message) {
        String text = text(message.path("content"));
        return new Turn.Result(Nodes.text(message, "tool_call_id"), text, saysFailed(text));
    }

    /** Whether the words before the first colon tell of a failure. */
    static boolean saysFailed(String text) {
        String said = text.replaceFirst("(?s):.*", "").toLowerCase(Locale.ROOT);
        return text.contains(":") && (said.contains("error") || said.contains("fail"));
    }

    private static List<ToolCall> calls(JsonNode message) {
        var calls = new ArrayList<ToolCall>();
        for (JsonNode call : Nodes.listOrNone(message, "tool_calls")) {
            Nodes.is(call, "type", "function");
            JsonNode function = call.path("function");
            calls.add(ToolCall.of(
                    Nodes.text(call, "id"), Nodes.text(function, "name"), Nodes.text(function, "arguments")));
        }
        return calls;
    }

    /** Text, as a string or in parts. */
    private static String text(JsonNode content) {
        if (!content.isArray()) {
            return content.isString() ? content.asString() : "";
        }
        var all = new StringBuilder();
        content.values().forEach(part -> all.append(Nodes.text(part, "text")));
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
                        case "text" -> new Turn.Words(Nodes.text(part, "text"));
                        case "image_url" -> image(Nodes.text(part.path("image_url"), "url"));
                        case "file" -> pdf(Nodes.text(part.path("file"), "file_data"));
                        default -> throw new Malformed("expected a part of chat completions, got " + part);
                    });
        }
        return pieces;
    }

    /** An image from a URL, which may have the bytes in it. */
    static Turn.Piece image(String url) {
        if (!url.startsWith("data:")) {
            return new Turn.ImageUrl(url);
        }
        int end = url.indexOf(";base64,");
        Malformed.unless(end > 0, "a data URL in Base64", url);
        return new Turn.ImageData(url.substring(5, end), url.substring(end + 8));
    }

    /** A PDF from a data URL. */
    static Turn.Piece pdf(String url) {
        String prefix = "data:application/pdf;base64,";
        Malformed.unless(url.startsWith(prefix), "a PDF as a data URL", url);
        return new Turn.Pdf(url.substring(prefix.length()));
    }

    private static void tools(JsonNode body, Ask ask) {
        for (JsonNode tool : Nodes.listOrNone(body, "tools")) {
            Nodes.is(tool, "type", "function");
            JsonNode function = tool.path("function");
            ask.tools.add(new Ask.Tool(
                    Nodes.text(function, "name"), function.path("parameters").toString()));
        }
        JsonNode choice = body.path("tool_choice");
        ask.toolMode = mode(choice, Nodes.textOrEmpty(choice.path("function"), "name"), ask);
    }

    /** The choice in OpenAI's words, which its two protocols share; a named tool has to be the first. */
    static Ask.ToolMode mode(JsonNode choice, String named, Ask ask) {
        if (choice.isObject()) {
            Malformed.unless(
                    !ask.tools.isEmpty() && ask.tools.getFirst().name().equals(named), "the first tool named", choice);
            return Ask.ToolMode.NAMED;
        }
        return switch (choice.isString() ? choice.asString() : "auto") {
            case "auto" -> Ask.ToolMode.AUTO;
            case "none" -> Ask.ToolMode.NONE;
            case "required" -> Ask.ToolMode.REQUIRED;
            default -> throw new Malformed("expected a tool choice, got " + choice);
        };
    }
}
