package dev.thalweg.core.dialect.openai;

import dev.thalweg.core.catalog.Provider;
import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.model.Message;
import dev.thalweg.model.Part;
import dev.thalweg.model.Part.ToolResult;
import dev.thalweg.model.ToolCall;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes messages for an upstream: each result of a tool as a message of its own, before what else was said with it, because
 * it must follow its call. Only text can be said there; that a tool failed is said by a word before it. Not thread-safe.
 */
final class MessageWriter {
    private static final String NO_PICTURE = "(An attachment was left out: only text can be passed on from a tool.)";

    private final ByteBuilder json;
    private final Provider provider;
    private final Warnings warnings;
    private final PartWriter parts;
    private final Map<String, String> functionCalls = new HashMap<>(0);
    private String comma = "";

    MessageWriter(ByteBuilder json, Provider provider, Warnings warnings) {
        this.json = json;
        this.provider = provider;
        this.warnings = warnings;
        this.parts = new PartWriter(json, provider, warnings);
    }

    void write(Message message) {
        List<Part> others = new ArrayList<>(message.parts().size());
        boolean results = false;
        for (Part part : message.parts()) {
            if (part instanceof ToolResult result) {
                results = true;
                result(result, message);
            } else {
                others.add(part);
            }
        }
        if (!results) {
            message(message.role(), others, message);
        } else if (!others.isEmpty()) {
            message(message.role().equals("tool") ? "user" : message.role(), others, message);
        }
    }

    private void result(ToolResult result, Message message) {
        String function = result.callId().isEmpty() ? null : functionCalls.get(result.callId());
        json.ascii(comma).ascii("{\"role\":").string(function == null ? "tool" : "function");
        comma = ",";
        json.ascii(",\"content\":").string(text(result));
        if (function == null) {
            json.ascii(",\"tool_call_id\":").string(result.callId());
        } else {
            json.ascii(",\"name\":").string(function);
        }
        if (message.role().equals("tool")) {
            Fields.write(json, message.extra(), provider);
        }
        json.ascii("}");
    }

    private String text(ToolResult result) {
        List<String> texts = new ArrayList<>();
        for (Part part : result.content()) {
            if (part instanceof Part.Text text) {
                texts.add(text.text());
            } else {
                warnings.add("What a tool gave back beside text was left out: chat completions take only text");
                texts.add(NO_PICTURE);
            }
        }
        String said = String.join("\n", texts);
        boolean saysSo = said.toLowerCase(Locale.ROOT).startsWith("error");
        return result.error() && !saysSo ? "Error: " + said : said;
    }

    private void message(String role, List<Part> said, Message message) {
        json.ascii(comma).ascii("{\"role\":").string(roleFor(role));
        comma = ",";
        List<Part> content = new ArrayList<>(said.size());
        List<ToolCall> calls = new ArrayList<>(0);
        List<Part.Reasoning> reasoning = new ArrayList<>(0);
        @Nullable String refusal = null;
        for (Part part : said) {
            switch (part) {
                case Part.Call call -> calls.add(call.call());
                case Part.Reasoning block -> reasoning.add(block);
                case Part.Refusal refused -> refusal = Objects.requireNonNullElse(refusal, "") + refused.text();
                default -> content.add(part);
            }
        }
        boolean otherwise = !calls.isEmpty() || refusal != null;
        parts.content(content, otherwise, role.equals("assistant"));
        if (refusal != null) {
            json.ascii(",\"refusal\":").string(refusal);
        }
        ReasoningWriter.details(json, reasoning, provider, warnings);
        for (ToolCall call : calls) {
            if (call.type().equals(ToolCall.FUNCTION_CALL)) {
                functionCalls.put(call.id(), call.name());
            }
        }
        ToolCallWriter.members(json, calls);
        Fields.write(json, message.extra(), provider);
        json.ascii("}");
    }

    private String roleFor(String role) {
        return role.equals("developer") && !Takes.developers(provider) ? "system" : role;
    }
}
