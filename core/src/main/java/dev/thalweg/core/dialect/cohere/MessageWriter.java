package dev.thalweg.core.dialect.cohere;

import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.model.Message;
import dev.thalweg.model.Part;
import dev.thalweg.model.ReasoningBlock;
import dev.thalweg.model.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Writes a conversation: each result of a tool as a message of its own, before what else was said with it, because it must follow
 * its call. That a tool failed is said by a word before the result.
 */
final class MessageWriter {
    private static final String NO_PICTURE = "(An attachment was left out: only text can be passed on from a tool.)";

    private final ByteBuilder json;
    private final Warnings warnings;
    private final PartWriter parts;
    private String comma = "";

    MessageWriter(ByteBuilder json, Warnings warnings) {
        this.json = json;
        this.warnings = warnings;
        this.parts = new PartWriter(warnings);
    }

    /** Appends the messages. */
    void write(List<Message> messages) {
        for (Message message : messages) {
            List<Part> others = new ArrayList<>(message.parts().size());
            boolean results = false;
            for (Part part : message.parts()) {
                if (part instanceof Part.ToolResult result) {
                    results = true;
                    result(result);
                } else {
                    others.add(part);
                }
            }
            if (!results || !others.isEmpty()) {
                message(message, others);
            }
        }
    }

    private void result(Part.ToolResult result) {
        begin("tool").ascii(",\"tool_call_id\":").string(result.callId());
        json.ascii(",\"content\":").string(text(result)).ascii("}");
    }

    private String text(Part.ToolResult result) {
        List<String> texts = new ArrayList<>(1);
        for (Part part : result.content()) {
            String text = parts.text(part);
            if (text == null) {
                warnings.add("what a tool gave back beside text was left out: cohere takes only text there");
            }
            texts.add(text == null ? NO_PICTURE : text);
        }
        String said = String.join("\n", texts);
        boolean saysSo = said.toLowerCase(Locale.ROOT).startsWith("error");
        return result.error() && !saysSo ? "Error: " + said : said;
    }

    private void message(Message message, List<Part> said) {
        boolean model = message.role().equals("assistant");
        List<Part> content = new ArrayList<>(said.size());
        List<ToolCall> calls = new ArrayList<>(0);
        List<Part.Reasoning> reasoning = new ArrayList<>(0);
        for (Part part : said) {
            switch (part) {
                case Part.Call call -> calls.add(call.call());
                case Part.Reasoning block -> reasoning.add(block);
                case Part.Text text when model && text.text().isEmpty() -> {} // says nothing, and is refused
                default -> content.add(part);
            }
        }
        String plan = calls.isEmpty() ? "" : thoughts(reasoning);
        List<ByteBuilder> blocks = calls.isEmpty() ? thinking(reasoning) : new ArrayList<>();
        blocks.addAll(parts.blocks(content, message.role()));
        if (blocks.isEmpty() && calls.isEmpty()) {
            warnings.add("a message without content was left out");
            return;
        }
        begin(role(message.role()));
        content(blocks, content);
        if (!plan.isEmpty()) {
            json.ascii(",\"tool_plan\":").string(plan);
        }
        calls(calls);
        message.extra().forEach((name, value) -> {
            if (model && name.equals(CohereDialect.CITATIONS) && value.text().startsWith("[")) {
                json.ascii(",\"citations\":").append(Bytes.utf8(value.text()));
            } else {
                warnings.dropped("messages[]." + name, CohereDialect.NAME);
            }
        });
        json.ascii("}");
    }

    private static String role(String role) {
        return switch (role) {
            case "developer" -> "system";
            case "tool" -> "user"; // what was said beside a result
            default -> role;
        };
    }

    private void content(List<ByteBuilder> blocks, List<Part> content) {
        if (blocks.size() == 1 && content.size() == 1 && content.get(0) instanceof Part.Text text) {
            json.ascii(",\"content\":").string(text.text());
            return;
        }
        String before = ",\"content\":[";
        for (ByteBuilder block : blocks) {
            json.ascii(before).append(block.array(), 0, block.length());
            before = ",";
        }
        json.ascii(blocks.isEmpty() ? "" : "]");
    }

    private void calls(List<ToolCall> calls) {
        String before = ",\"tool_calls\":[";
        for (ToolCall call : calls) {
            json.ascii(before).ascii("{\"id\":").string(call.id());
            json.ascii(",\"type\":\"function\",\"function\":{\"name\":").string(call.name());
            json.ascii(",\"arguments\":").string(ToolArguments.of(call)).ascii("}}");
            before = ",";
        }
        json.ascii(calls.isEmpty() ? "" : "]");
    }

    /** Earlier reasoning before calls: the plan, which every model takes. */
    private String thoughts(List<Part.Reasoning> reasoning) {
        StringBuilder all = new StringBuilder();
        for (Part.Reasoning part : reasoning) {
            all.append(words(part));
        }
        return all.toString();
    }

    private List<ByteBuilder> thinking(List<Part.Reasoning> reasoning) {
        List<ByteBuilder> blocks = new ArrayList<>();
        for (Part.Reasoning part : reasoning) {
            String words = words(part);
            if (!words.isEmpty()) {
                blocks.add(new ByteBuilder(words.length() + 48)
                        .ascii("{\"type\":\"thinking\",\"thinking\":")
                        .string(words)
                        .ascii("}"));
            }
        }
        return blocks;
    }

    private String words(Part.Reasoning part) {
        ReasoningBlock block = part.block();
        if (block.redacted().isPresent()) {
            warnings.add("encrypted reasoning was left out: cohere cannot read it");
        } else if (block.signature().isPresent()) {
            warnings.add("the signature of earlier reasoning was left out: cohere has no counterpart for it");
        }
        return block.text();
    }

    private ByteBuilder begin(String role) {
        json.ascii(comma).ascii("{\"role\":").string(role);
        comma = ",";
        return json;
    }
}
