package dev.thalweg.testkit.conformance;

import dev.thalweg.testkit.ScriptEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads one stream of Anthropic's Messages API, strictly. Not thread-safe. */
final class AnthropicStreamReader {
    private final List<AnthropicBlock> blocks = new ArrayList<>();
    private final ObjectNode usage = Nodes.object();
    private @Nullable Finish finish;
    private Seen.@Nullable Problem problem;
    private boolean started;
    private boolean stopped;

    Seen read(Answer answer) {
        Sse stream = answer.events();
        for (ScriptEvent event : stream.events()) {
            Malformed.unless(!stopped && problem == null, "nothing after the end", event);
            event(event);
        }
        if (stopped) {
            Malformed.unless(answer.clean() && !stream.torn(), "a body that ends after message_stop", answer.body());
        }
        List<JsonNode> content = blocks.stream().map(AnthropicBlock::soFar).toList();
        boolean none = content.isEmpty() && !stopped;
        return new Seen(
                none ? List.of() : List.of(AnthropicMessage.choice(content, finish)),
                stopped ? AnthropicFront.tokens(usage) : null,
                problem,
                stopped,
                stopped ? kept() : "");
    }

    private String kept() {
        ArrayNode content = Nodes.array();
        blocks.forEach(block -> content.add(block.soFar()));
        return content.toString();
    }

    private void event(ScriptEvent event) {
        JsonNode data = Nodes.read(event.data());
        String type = Nodes.text(data, "type");
        Malformed.unless(event.name().equals(type), "an event named " + type, event);
        if (type.equals("error")) {
            problem = AnthropicFront.problem(200, data);
            return;
        }
        Malformed.unless(started != type.equals("message_start"), "message_start first, and once", data);
        switch (type) {
            case "message_start" -> start(data.path("message"));
            case "content_block_start" -> startBlock(data);
            case "content_block_delta" -> open(data).delta(data.path("delta"));
            case "content_block_stop" -> open(data).stop();
            case "message_delta" -> delta(data);
            case "message_stop" -> {
                Malformed.unless(finish != null, "a stop reason before the end", data);
                stopped = true;
            }
            default -> {} // ping, and kinds nobody knows
        }
    }

    private void start(JsonNode message) {
        started = true;
        AnthropicFront.head(message);
        Malformed.unless(Nodes.list(message, "content").isEmpty(), "a message without content yet", message);
        Malformed.unless(message.path("stop_reason").isNull(), "no stop reason yet", message);
        AnthropicFront.tokens(message.path("usage"));
        count(message.path("usage"));
    }

    private void startBlock(JsonNode data) {
        boolean closed = blocks.isEmpty() || blocks.getLast().isStopped();
        Malformed.unless(closed && finish == null, "one block after the other, before the stop reason", data);
        Malformed.unless(Nodes.count(data, "index") == blocks.size(), "block index " + blocks.size(), data);
        blocks.add(new AnthropicBlock(data.path("content_block")));
    }

    private AnthropicBlock open(JsonNode data) {
        boolean open = !blocks.isEmpty() && !blocks.getLast().isStopped();
        Malformed.unless(open && Nodes.count(data, "index") == blocks.size() - 1, "the index of the open block", data);
        return blocks.getLast();
    }

    private void delta(JsonNode data) {
        Malformed.unless(blocks.isEmpty() || blocks.getLast().isStopped(), "all blocks stopped", data);
        Nodes.count(data.path("usage"), "output_tokens");
        count(data.path("usage"));
        JsonNode reason = data.path("delta").path("stop_reason");
        Malformed.unless(data.path("delta").has("stop_sequence"), "'stop_sequence', if only null", data);
        if (reason.isString()) {
            Malformed.unless(finish == null, "one stop reason", data);
            finish = AnthropicFront.finish(reason.asString());
            boolean whole = finish == Finish.LENGTH || blocks.stream().allMatch(AnthropicBlock::isWhole);
            Malformed.unless(whole, "an input that is an object", data);
        }
    }

    /** Usage is cumulative: the last value of each counts, and no output is taken back. */
    private void count(JsonNode latest) {
        int before = Nodes.countOrZero(usage, "output_tokens");
        Malformed.unless(Nodes.countOrZero(latest, "output_tokens") >= before, "output tokens that grow", latest);
        latest.properties().forEach(field -> usage.set(field.getKey(), field.getValue()));
    }
}
