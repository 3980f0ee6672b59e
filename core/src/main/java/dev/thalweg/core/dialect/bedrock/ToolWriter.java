package dev.thalweg.core.dialect.bedrock;

import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.Message;
import dev.thalweg.model.ToolCall;
import dev.thalweg.model.ToolChoice;
import dev.thalweg.model.ToolSpec;
import java.util.Set;
import java.util.TreeSet;

/** Writes the tools of a request, and whether one has to be called. */
final class ToolWriter {
    private static final Set<String> KNOWN = Set.of(CachePoint.CONTROL);

    private final ByteBuilder json;
    private final Warnings warnings;
    private final boolean claude;

    /**
     * For one request.
     *
     * @param claude whether the model can be forbidden to call tools, in its own words
     */
    ToolWriter(ByteBuilder json, Warnings warnings, boolean claude) {
        this.json = json;
        this.warnings = warnings;
        this.claude = claude;
    }

    /** Appends the member; nothing where there are no tools. */
    void write(ChatRequest request) {
        ToolChoice choice = request.toolChoice().orElse(ToolChoice.AUTO);
        Set<String> called = called(request);
        boolean forbidden = choice.mode() == ToolChoice.Mode.NONE && !claude;
        if (forbidden && !request.tools().isEmpty()) {
            warnings.add(
                    called.isEmpty()
                            ? "the tools were left out: bedrock has no other way to forbid this model to call them"
                            : "'tool_choice' was left out: bedrock cannot forbid this model to call tools");
        }
        String before = ",\"toolConfig\":{\"tools\":[";
        if (!forbidden || !called.isEmpty()) {
            before = tools(request, before);
        }
        if (!before.equals(",") && !called.isEmpty()) {
            before = earlier(called, before);
        }
        if (before.equals(",")) {
            json.ascii("]");
            choice(choice);
            json.ascii("}");
        }
    }

    private String tools(ChatRequest request, String start) {
        String before = start;
        for (ToolSpec tool : request.tools()) {
            String dialect = tool.dialect().orElse("");
            if (!dialect.isEmpty() && !dialect.equals(BedrockDialect.NAME)) {
                warnings.add("the tool '" + tool.name() + "' was left out: only " + dialect + " has it");
                continue;
            }
            json.ascii(before);
            if (dialect.isEmpty()) {
                tool(tool);
            } else {
                json.append(Bytes.utf8(tool.parameters().text()));
            }
            before = ",";
        }
        return before;
    }

    private void tool(ToolSpec tool) {
        json.ascii("{\"toolSpec\":{\"name\":").string(tool.name());
        if (!tool.description().isBlank()) {
            json.ascii(",\"description\":").string(tool.description());
        }
        json.ascii(",\"inputSchema\":{\"json\":")
                .append(Bytes.utf8(tool.parameters().text()))
                .ascii("}");
        if (tool.strict().orElse(false)) {
            json.ascii(",\"strict\":true");
        }
        json.ascii("}}");
        tool.extra().keySet().stream()
                .filter(name -> !KNOWN.contains(name))
                .forEach(name -> warnings.dropped("tools[]." + name, BedrockDialect.NAME));
        CachePoint.write(json, tool.extra());
    }

    /** A conversation with calls in it is refused without tools. */
    private String earlier(Set<String> called, String start) {
        warnings.add("tools were added for earlier calls: bedrock takes no calls without tools");
        String before = start;
        for (String name : called) {
            json.ascii(before).ascii("{\"toolSpec\":{\"name\":").string(name);
            json.ascii(",\"inputSchema\":{\"json\":{\"type\":\"object\"}}}}");
            before = ",";
        }
        return before;
    }

    private void choice(ToolChoice choice) {
        switch (choice.mode()) {
            case REQUIRED -> json.ascii(",\"toolChoice\":{\"any\":{}}");
            case NAMED ->
                json.ascii(",\"toolChoice\":{\"tool\":{\"name\":")
                        .string(choice.name())
                        .ascii("}}");
            case AUTO, NONE -> {} // the default; and the model's own words for it
        }
    }

    private static Set<String> called(ChatRequest request) {
        Set<String> names = new TreeSet<>();
        for (Message message : request.messages()) {
            message.toolCalls().stream().map(ToolCall::name).forEach(names::add);
        }
        return names;
    }
}
