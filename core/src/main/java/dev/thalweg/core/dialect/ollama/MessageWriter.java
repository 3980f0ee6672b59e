package dev.thalweg.core.dialect.ollama;

import dev.thalweg.core.dialect.ToolInput;
import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.model.Message;
import dev.thalweg.model.Part;
import dev.thalweg.model.ReasoningBlock;
import dev.thalweg.model.ToolCall;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes a conversation. A message is a text, with images beside it; a tool's result is a message of its own, that names the
 * tool.
 */
final class MessageWriter {
    private final ByteBuilder json;
    private final Warnings warnings;
    private final Map<String, String> toolsById = new HashMap<>();

    MessageWriter(ByteBuilder json, Warnings warnings) {
        this.json = json;
        this.warnings = warnings;
    }

    /** Appends the {@code messages} member. */
    void messages(List<Message> messages) {
        json.ascii(",\"messages\":");
        String before = "[";
        for (Message message : messages) {
            before = message(message, before);
        }
        json.ascii(before.equals("[") ? "[]" : "]");
    }

    /** Appends all that was said as one prompt, and the system's words apart from it. */
    void prompt(List<Message> messages) {
        StringBuilder system = new StringBuilder();
        StringBuilder prompt = new StringBuilder();
        List<Part> images = new ArrayList<>();
        for (Message message : messages) {
            StringBuilder into = role(message).equals("system") ? system : prompt;
            into.append(into.isEmpty() ? "" : "\n\n").append(message.content());
            message.parts().stream().filter(Part.Image.class::isInstance).forEach(images::add);
        }
        if (messages.stream().filter(message -> !role(message).equals("system")).count() > 1) {
            warnings.add("several messages became one prompt: nothing tells who said what");
        }
        json.ascii(",\"prompt\":").string(prompt.toString());
        if (!system.isEmpty()) {
            json.ascii(",\"system\":").string(system.toString());
        }
        images(images);
    }

    private String message(Message message, String start) {
        String before = start;
        List<Part> rest = new ArrayList<>();
        for (Part part : message.parts()) {
            if (part instanceof Part.ToolResult result) {
                json.ascii(before);
                result(result);
                before = ",";
            } else {
                rest.add(part);
            }
        }
        message.extra().keySet().forEach(name -> warnings.dropped("messages[]." + name, OllamaDialect.NAME));
        if (rest.isEmpty() && before.equals(",") && !message.parts().isEmpty()) {
            return before;
        }
        json.ascii(before).ascii("{\"role\":").string(role(message));
        content(rest);
        reasoning(rest);
        CallWriter.write(json, calls(rest), 0);
        json.ascii("}");
        return ",";
    }

    private static String role(Message message) {
        return message.role().equals("developer") ? "system" : message.role();
    }

    /** A failure is one in words: there is no flag for it. */
    private void result(Part.ToolResult result) {
        String said = result.text();
        String beginning = said.substring(0, Math.min(said.length(), 40)).toLowerCase(Locale.ROOT);
        boolean saysSo = beginning.contains("error") || beginning.contains("fail");
        json.ascii("{\"role\":\"tool\"");
        String name = toolsById.get(result.callId());
        if (name != null) {
            json.ascii(",\"tool_name\":").string(name);
        }
        if (!result.callId().isEmpty()) {
            json.ascii(",\"tool_call_id\":").string(result.callId());
        }
        json.ascii(",\"content\":").string(result.error() && !saysSo ? "Error: " + said : said);
        images(result.content());
        leftOut(result.content());
        json.ascii("}");
    }

    private void content(List<Part> parts) {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            if (part instanceof Part.Text one) {
                text.append(one.text());
            } else if (part instanceof Part.Refusal refusal) {
                text.append(refusal.text());
            }
        }
        json.ascii(",\"content\":").string(text.toString());
        images(parts);
        leftOut(parts);
    }

    private void images(List<Part> parts) {
        String before = ",\"images\":[";
        for (Part part : parts) {
            if (part instanceof Part.Image image && image.source().isData()) {
                json.ascii(before).string(image.source().base64());
                before = ",";
            } else if (part instanceof Part.Image) {
                warnings.add("an image was left out of a message: " + OllamaDialect.NAME + " takes its bytes, no URL");
            }
        }
        json.ascii(before.equals(",") ? "]" : "");
    }

    private void leftOut(List<Part> parts) {
        for (Part part : parts) {
            switch (part) {
                case Part.File file -> leftOut("a file");
                case Part.Sound sound -> leftOut("sound");
                case Part.Native block -> leftOut("a part that only " + block.dialect() + " has");
                case Part.Extension other -> leftOut("a part of a kind that is not known");
                default ->
                    part.extra().keySet().forEach(name -> warnings.dropped("content[]." + name, OllamaDialect.NAME));
            }
        }
    }

    private void leftOut(String what) {
        warnings.add(what + " was left out of a message: " + OllamaDialect.NAME + " has no place for it");
    }

    /** The words of earlier reasoning; a proof of who made it is of no use here. */
    private void reasoning(List<Part> parts) {
        StringBuilder thinking = new StringBuilder();
        for (Part part : parts) {
            if (part instanceof Part.Reasoning reasoning) {
                ReasoningBlock block = reasoning.block();
                thinking.append(block.text());
                if (block.signature().isPresent()) {
                    warnings.add("the signature of earlier reasoning was left out: " + OllamaDialect.NAME
                            + " has no place for it");
                } else if (block.redacted().isPresent()) {
                    warnings.add("earlier encrypted reasoning was left out: only who made it can read it");
                }
            }
        }
        if (!thinking.isEmpty()) {
            json.ascii(",\"thinking\":").string(thinking.toString());
        }
    }

    /** Arguments that are no object, because they were cut for example, are left out: the call has its place before its result. */
    private List<ToolCall> calls(List<Part> parts) {
        List<ToolCall> calls = new ArrayList<>(0);
        for (Part part : parts) {
            if (part instanceof Part.Call one) {
                ToolCall call = one.call();
                toolsById.put(call.id(), call.name());
                if (ToolInput.isObject(ToolInput.of(call))) {
                    calls.add(call);
                } else {
                    warnings.add("the arguments of a call of '" + call.name()
                            + "' are not a JSON object, and were left out");
                    calls.add(ToolCall.of(call.id(), call.name(), ToolInput.NONE));
                }
            }
        }
        return calls;
    }
}
