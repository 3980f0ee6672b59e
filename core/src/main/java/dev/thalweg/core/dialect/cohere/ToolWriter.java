package dev.thalweg.core.dialect.cohere;

import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonSyntaxException;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.ToolChoice;
import dev.thalweg.model.ToolSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Writes the tools of a request, and whether one has to be called. This protocol cannot name the one that has to be: then it is the
 * only one that the model is told of.
 */
final class ToolWriter {
    private final ByteBuilder json;
    private final Warnings warnings;

    ToolWriter(ByteBuilder json, Warnings warnings) {
        this.json = json;
        this.warnings = warnings;
    }

    /**
     * Appends the members.
     *
     * @param said the members that the request brings itself
     */
    void write(ChatRequest request, Set<String> said) {
        ToolChoice choice = request.toolChoice().orElse(ToolChoice.AUTO);
        List<ToolSpec> tools = tools(request, choice);
        if (!tools.isEmpty() && !said.contains("tools")) {
            String before = ",\"tools\":[";
            for (ToolSpec tool : tools) {
                json.ascii(before);
                tool(tool);
                before = ",";
            }
            json.ascii("]");
        }
        if (!said.contains("strict_tools")) {
            strict(tools);
        }
        if (!said.contains("tool_choice")) {
            choice(choice, !tools.isEmpty() || said.contains("tools"));
        }
    }

    private List<ToolSpec> tools(ChatRequest request, ToolChoice choice) {
        List<ToolSpec> tools = new ArrayList<>(request.tools().size());
        for (ToolSpec tool : request.tools()) {
            String dialect = tool.dialect().orElse("");
            if (!dialect.isEmpty()) {
                warnings.add("the tool '" + tool.name() + "' was left out: only " + dialect + " has it");
            } else if (choice.mode() != ToolChoice.Mode.NAMED || tool.name().equals(choice.name())) {
                tools.add(tool);
            }
        }
        return tools;
    }

    private void tool(ToolSpec tool) {
        json.ascii("{\"type\":\"function\",\"function\":{\"name\":").string(tool.name());
        if (!tool.description().isBlank()) {
            json.ascii(",\"description\":").string(tool.description());
        }
        json.ascii(",\"parameters\":")
                .append(Bytes.utf8(tool.parameters().text()))
                .ascii("}}");
        tool.extra().keySet().forEach(name -> warnings.dropped("tools[]." + name, CohereDialect.NAME));
    }

    /** All tools are bound to their schemas or none, and only such as have to be given an argument can be. */
    private void strict(List<ToolSpec> tools) {
        if (tools.stream().noneMatch(tool -> tool.strict().orElse(false))) {
            return;
        }
        boolean all = tools.stream().allMatch(tool -> tool.strict().orElse(false) && hasToBeGivenAnything(tool));
        if (all) {
            json.ascii(",\"strict_tools\":true");
        } else {
            warnings.add("'strict' of the tools was left out: cohere takes it for all of them, each with a required"
                    + " parameter, or for none");
        }
    }

    private static boolean hasToBeGivenAnything(ToolSpec tool) {
        byte[] schema = Bytes.utf8(tool.parameters().text());
        JsonCursor cursor = new JsonCursor(JsonCursor.DEFAULT_DEPTH, false).reset(schema, 0, schema.length);
        try {
            cursor.enterObject();
            while (cursor.nextMember()) {
                if (cursor.keyIs("required") && cursor.peek() == '[') {
                    cursor.enterArray();
                    return cursor.nextElement();
                }
                cursor.skip();
            }
        } catch (JsonSyntaxException e) {
            return false;
        }
        return false;
    }

    private void choice(ToolChoice choice, boolean tools) {
        boolean required = choice.mode() == ToolChoice.Mode.REQUIRED || choice.mode() == ToolChoice.Mode.NAMED;
        if (required && !tools) {
            warnings.add("'tool_choice' was left out: there is no such tool");
        } else if (required) {
            json.ascii(",\"tool_choice\":\"REQUIRED\"");
        } else if (choice.mode() == ToolChoice.Mode.NONE && tools) {
            json.ascii(",\"tool_choice\":\"NONE\"");
        }
    }
}
