package dev.thalweg.testkit.conformance;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads one stream of Converse, strictly. Not thread-safe. */
final class BedrockStreamReader {
    private final List<ObjectNode> blocks = new ArrayList<>();
    private final StringBuilder input = new StringBuilder();
    private boolean open;
    private boolean started;
    private boolean ended;
    private @Nullable Finish finish;
    private @Nullable Tokens tokens;
    private Seen.@Nullable Problem problem;

    Seen read(Answer answer) {
        for (BedrockFrames.Frame frame : BedrockFrames.parse(answer.frames())) {
            Malformed.unless(!ended && problem == null, "nothing after the end", frame);
            frame(frame);
        }
        if (ended) {
            Malformed.unless(answer.clean(), "a body that ends after metadata", answer.body());
        }
        if (open) {
            closeInput();
        }
        boolean none = blocks.isEmpty() && !ended;
        List<JsonNode> content = List.copyOf(blocks);
        return new Seen(
                none ? List.of() : List.of(BedrockMessage.choice(content, finish)),
                tokens,
                problem,
                ended,
                ended ? kept() : "");
    }

    private String kept() {
        ArrayNode content = Nodes.array();
        blocks.forEach(content::add);
        return content.toString();
    }

    private void frame(BedrockFrames.Frame frame) {
        JsonNode data = frame.payload();
        Malformed.unless(frame.header(":content-type").equals("application/json"), "JSON", frame);
        if (frame.header(":message-type").equals("exception")) {
            String type = frame.header(":exception-type");
            Malformed.unless(type.endsWith("Exception"), "a kind of exception", frame);
            problem = new Seen.Problem(200, type, Nodes.textOrEmpty(data, "code"), Nodes.text(data, "message"));
            return;
        }
        Malformed.unless(frame.header(":message-type").equals("event"), "an event", frame);
        String type = frame.header(":event-type");
        Malformed.unless(started != type.equals("messageStart"), "messageStart first, and once", frame);
        switch (type) {
            case "messageStart" -> {
                Nodes.is(data, "role", "assistant");
                started = true;
            }
            case "contentBlockStart" -> start(data);
            case "contentBlockDelta" -> delta(data);
            case "contentBlockStop" -> stop(data);
            case "messageStop" -> {
                Malformed.unless(!open && finish == null, "all blocks stopped, and one end", data);
                finish = BedrockFront.finish(Nodes.text(data, "stopReason"));
            }
            case "metadata" -> {
                Malformed.unless(finish != null, "a stop reason before the end", data);
                Malformed.unless(data.path("metrics").has("latencyMs"), "metrics", data);
                tokens = BedrockFront.tokens(data.path("usage"));
                ended = true;
            }
            default -> {} // kinds nobody knows
        }
    }

    private void start(JsonNode data) {
        Malformed.unless(!open && finish == null, "one block after the other, before the stop reason", data);
        Malformed.unless(Nodes.count(data, "contentBlockIndex") == blocks.size(), "index " + blocks.size(), data);
        JsonNode tool = data.path("start").path("toolUse");
        Malformed.unless(!Nodes.text(tool, "toolUseId").isEmpty(), "the id of the call", data);
        Malformed.unless(!Nodes.text(tool, "name").isEmpty(), "the name of the tool", data);
        ObjectNode block = Nodes.object();
        block.set("toolUse", tool.deepCopy());
        blocks.add(block);
        open = true;
    }

    private void delta(JsonNode data) {
        Malformed.unless(finish == null, "no delta after the stop reason", data);
        int index = Nodes.count(data, "contentBlockIndex");
        if (!open) {
            Malformed.unless(index == blocks.size(), "index " + blocks.size(), data);
            blocks.add(Nodes.object());
            open = true;
        }
        Malformed.unless(index == blocks.size() - 1, "the index of the open block", data);
        ObjectNode block = blocks.getLast();
        JsonNode delta = data.path("delta");
        if (delta.has("text")) {
            Malformed.unless(block.isEmpty() || block.has("text"), "text in a block of its own", data);
            block.put("text", Nodes.textOrEmpty(block, "text") + Nodes.text(delta, "text"));
        } else if (delta.has("toolUse")) {
            Malformed.unless(block.has("toolUse"), "a call that has begun", data);
            input.append(Nodes.text(delta.path("toolUse"), "input"));
        } else if (delta.has("reasoningContent")) {
            Malformed.unless(block.isEmpty() || block.has("reasoningContent"), "reasoning of its own", data);
            reasoning(block, delta.path("reasoningContent"));
        }
    }

    private static void reasoning(ObjectNode block, JsonNode delta) {
        ObjectNode content =
                block.get("reasoningContent") instanceof ObjectNode known ? known : block.putObject("reasoningContent");
        if (delta.has("redactedContent")) {
            String data = Nodes.text(delta, "redactedContent");
            Malformed.unless(data.matches("[A-Za-z0-9+/]+=*"), "Base64", data);
            content.put("redactedContent", data);
            return;
        }
        ObjectNode words = content.get("reasoningText") instanceof ObjectNode known
                ? known
                : content.putObject("reasoningText").put("text", "");
        Malformed.unless(!words.has("signature"), "the signature last", delta);
        if (delta.has("signature")) {
            words.put("signature", Nodes.text(delta, "signature"));
        } else {
            words.put("text", Nodes.text(words, "text") + Nodes.text(delta, "text"));
        }
    }

    private void stop(JsonNode data) {
        Malformed.unless(
                open && Nodes.count(data, "contentBlockIndex") == blocks.size() - 1, "the open block's end", data);
        closeInput();
        open = false;
    }

    /** The input of a call that was cut is text. */
    private void closeInput() {
        if (blocks.getLast().get("toolUse") instanceof ObjectNode tool) {
            try {
                tool.set(
                        "input",
                        input.isEmpty() ? Nodes.object() : JsonMapper.shared().readTree(input.toString()));
            } catch (JacksonException e) {
                tool.put("input", input.toString());
            }
            input.setLength(0);
        }
    }
}
