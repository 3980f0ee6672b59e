package dev.thalweg.testkit.conformance;

import dev.thalweg.testkit.RecordedRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Reads a request of Converse as Bedrock does. */
final class BedrockReceived {
    private static final Set<String> KNOWN = Set.of(
            "messages",
            "system",
            "inferenceConfig",
            "toolConfig",
            "guardrailConfig",
            "additionalModelRequestFields",
            "promptVariables",
            "additionalModelResponseFieldPaths",
            "requestMetadata",
            "performanceConfig",
            "serviceTier",
            "outputConfig",
            Ask.UNKNOWN_FIELD);

    private BedrockReceived() {}

    static Ask read(RecordedRequest request) {
        String target = request.target();
        Malformed.unless(
                request.method().equals("POST") && target.matches("/model/[A-Za-z0-9._~%-]+/converse(-stream)?"),
                "a POST of a model's converse",
                request.method() + " " + target);
        Malformed.unless(request.header("authorization").isPresent(), "the header authorization", request);
        JsonNode body = Nodes.read(request.bodyText());
        body.propertyNames()
                .forEach(name -> Malformed.unless(KNOWN.contains(name), "no '" + name + "', which is refused", body));
        Ask ask = settings(body);
        for (JsonNode part : Nodes.listOrNone(body, "system")) {
            ask.turns.add(new Turn.Instruction(notBlank(part), false));
        }
        List<JsonNode> messages = Nodes.list(body, "messages");
        Malformed.unless(!messages.isEmpty(), "a message", body);
        messages.forEach(message -> message(message, ask));
        tools(body, ask);
        return ask;
    }

    private static Ask settings(JsonNode body) {
        var ask = new Ask();
        JsonNode inference = body.path("inferenceConfig");
        if (inference.has("maxTokens")) {
            ask.maxTokens = Nodes.count(inference, "maxTokens");
        }
        ask.temperature = inference.path("temperature").isNumber()
                ? (Double) inference.path("temperature").asDouble()
                : null;
        ask.topP = inference.path("topP").isNumber()
                ? (Double) inference.path("topP").asDouble()
                : null;
        Nodes.listOrNone(inference, "stopSequences").forEach(one -> ask.stop.add(one.asString()));
        JsonNode format = body.path("outputConfig").path("textFormat");
        if (format.isObject()) {
            Nodes.is(format, "type", "json_schema");
            ask.schema = Nodes.text(format.path("structure").path("jsonSchema"), "schema");
        }
        JsonNode thinking = body.path("additionalModelRequestFields").path("thinking");
        if (Nodes.textOrEmpty(thinking, "type").equals("enabled")) {
            int budget = Nodes.count(thinking, "budget_tokens");
            Malformed.unless(budget >= 1024, "a budget of 1024 tokens at least", thinking);
            Malformed.unless(budget < Nodes.count(inference, "maxTokens"), "a budget below maxTokens", body);
            ask.wish(Ask.Wish.REASONING);
        }
        if (body.has(Ask.UNKNOWN_FIELD)) {
            ask.wish(Ask.Wish.UNKNOWN_FIELD);
        }
        return ask;
    }

    private static void message(JsonNode message, Ask ask) {
        List<JsonNode> blocks = Nodes.list(message, "content");
        Malformed.unless(!blocks.isEmpty(), "content", message);
        blocks.forEach(block -> Malformed.unless(block.size() == 1, "a block of one kind", block));
        switch (Nodes.text(message, "role")) {
            case "assistant" -> ask.turns.add(assistant(blocks));
            case "user" -> user(blocks, ask);
            default -> throw new Malformed("expected 'user' or 'assistant', got " + message);
        }
    }

    private static Turn assistant(List<JsonNode> blocks) {
        var reasoning = new ArrayList<Reasoned>();
        var text = new StringBuilder();
        var calls = new ArrayList<ToolCall>();
        for (JsonNode block : blocks) {
            if (block.has("text")) {
                text.append(notBlank(block));
            } else if (block.has("reasoningContent")) {
                reasoning.add(reasoned(block.path("reasoningContent")));
            } else if (block.has("toolUse")) {
                JsonNode call = block.path("toolUse");
                Malformed.unless(call.path("input").isObject(), "an object as input", block);
                String id = Nodes.text(call, "toolUseId");
                Malformed.unless(id.matches("[a-zA-Z0-9_-]{1,64}"), "an id of plain characters", id);
                calls.add(ToolCall.of(
                        id, Nodes.text(call, "name"), call.path("input").toString()));
            } else {
                throw new Malformed("expected a block of an assistant's message, got " + block);
            }
        }
        return new Turn.Assistant(reasoning, text.toString(), calls);
    }

    private static Reasoned reasoned(JsonNode content) {
        JsonNode words = content.path("reasoningText");
        return words.isObject()
                ? Reasoned.signed(Nodes.textOrEmpty(words, "signature"), Nodes.text(words, "text"))
                : Reasoned.sealed(Nodes.text(content, "redactedContent"));
    }

    private static void user(List<JsonNode> blocks, Ask ask) {
        var pieces = new ArrayList<Turn.Piece>();
        for (JsonNode block : blocks) {
            if (block.has("toolResult")) {
                Malformed.unless(pieces.isEmpty(), "results before anything else", block);
                ask.turns.add(result(block.path("toolResult")));
            } else if (block.has("text")) {
                pieces.add(new Turn.Words(notBlank(block)));
            } else if (block.has("image")) {
                JsonNode image = block.path("image");
                pieces.add(new Turn.ImageData(
                        "image/" + Nodes.text(image, "format"), Nodes.text(image.path("source"), "bytes")));
            } else if (block.has("document")) {
                JsonNode document = block.path("document");
                Nodes.is(document, "format", "pdf");
                String name = Nodes.text(document, "name");
                Malformed.unless(name.matches("[A-Za-z0-9 ()\\[\\]-]+"), "a name of plain characters", name);
                pieces.add(new Turn.Pdf(Nodes.text(document.path("source"), "bytes")));
            } else {
                throw new Malformed("expected a block of a user's message, got " + block);
            }
        }
        if (!pieces.isEmpty()) {
            ask.turns.add(new Turn.User(pieces));
        }
    }

    private static Turn.Result result(JsonNode result) {
        var text = new StringBuilder();
        Nodes.list(result, "content").forEach(part -> text.append(Nodes.text(part, "text")));
        boolean failed = Nodes.textOrEmpty(result, "status").equals("error");
        return new Turn.Result(Nodes.text(result, "toolUseId"), text.toString(), failed);
    }

    private static void tools(JsonNode body, Ask ask) {
        JsonNode config = body.path("toolConfig");
        for (JsonNode tool : Nodes.listOrNone(config, "tools")) {
            JsonNode spec = tool.path("toolSpec");
            JsonNode schema = spec.path("inputSchema").path("json");
            Nodes.is(schema, "type", "object");
            ask.tools.add(new Ask.Tool(Nodes.text(spec, "name"), schema.toString()));
        }
        boolean calls = ask.turns.stream()
                .anyMatch(turn ->
                        turn instanceof Turn.Assistant said && !said.calls().isEmpty());
        Malformed.unless(!calls || !ask.tools.isEmpty(), "tools, where there are calls", body);
        JsonNode choice = config.path("toolChoice");
        String first = ask.tools.isEmpty() ? "" : ask.tools.getFirst().name();
        if (choice.has("any")) {
            ask.toolMode = Ask.ToolMode.REQUIRED;
        } else if (choice.has("tool")) {
            Nodes.is(choice.path("tool"), "name", first);
            ask.toolMode = Ask.ToolMode.NAMED;
        } else if (Nodes.textOrEmpty(body.path("additionalModelRequestFields").path("tool_choice"), "type")
                .equals("none")) {
            ask.toolMode = Ask.ToolMode.NONE;
        }
    }

    private static String notBlank(JsonNode block) {
        String text = Nodes.text(block, "text");
        Malformed.unless(!text.isBlank(), "a text that is not blank", block);
        return text;
    }
}
