package dev.thalweg.core.dialect.anthropic;

import dev.thalweg.core.dialect.ClaudeTraits;
import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonSyntaxException;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.ToolChoice;
import dev.thalweg.model.ToolSpec;
import java.util.Set;

/** Writes the tools of a request, and whether one has to be called. */
final class ToolWriter {
    /** Fields of a tool that this protocol has; any other is another's. */
    private static final Set<String> KNOWN =
            Set.of("cache_control", "defer_loading", "allowed_callers", "input_examples", "eager_input_streaming");

    private final ByteBuilder json;
    private final ClaudeTraits model;
    private final Warnings warnings;

    ToolWriter(ByteBuilder json, ClaudeTraits model, Warnings warnings) {
        this.json = json;
        this.model = model;
        this.warnings = warnings;
    }

    /**
     * Appends the members.
     *
     * @param said the members that the request brings itself
     */
    void write(ChatRequest request, Set<String> said) {
        boolean any = said.contains("tools") || tools(request);
        if (!said.contains("tool_choice")) {
            choice(request, any);
        }
    }

    private boolean tools(ChatRequest request) {
        String before = ",\"tools\":[";
        for (ToolSpec tool : request.tools()) {
            String dialect = tool.dialect().orElse("");
            if (!dialect.isEmpty() && !dialect.equals(AnthropicDialect.NAME)) {
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
        boolean any = before.equals(",");
        json.ascii(any ? "]" : "");
        return any;
    }

    private void tool(ToolSpec tool) {
        json.ascii("{\"name\":").string(tool.name());
        if (!tool.description().isBlank()) {
            json.ascii(",\"description\":").string(tool.description());
        }
        json.ascii(",\"input_schema\":");
        schema(tool);
        if (tool.strict().orElse(false)) {
            if (model.schemas()) {
                json.ascii(",\"strict\":true");
            } else {
                warnings.add("'strict' of a tool was left out: the model cannot be bound to a schema");
            }
        }
        tool.extra().forEach((name, value) -> {
            if (KNOWN.contains(name)) {
                json.ascii(",").string(name).ascii(":").append(Bytes.utf8(value.text()));
            } else {
                warnings.dropped("tools[]." + name, AnthropicDialect.NAME);
            }
        });
        json.ascii("}");
    }

    /** The schema, with the {@code type} that is mandatory here and may be left out elsewhere. */
    private void schema(ToolSpec tool) {
        byte[] schema = Bytes.utf8(tool.parameters().text());
        JsonCursor cursor = new JsonCursor(JsonCursor.DEFAULT_DEPTH, false).reset(schema, 0, schema.length);
        boolean typed = false;
        boolean empty = true;
        try {
            cursor.enterObject();
            int afterBrace = cursor.position();
            while (cursor.nextMember()) {
                empty = false;
                typed |= cursor.keyIs("type");
                cursor.skip();
            }
            if (!typed) {
                json.ascii("{\"type\":\"object\"").ascii(empty ? "" : ",");
                json.append(schema, afterBrace, schema.length - afterBrace);
                return;
            }
        } catch (JsonSyntaxException e) {
            warnings.add("the parameters of the tool '" + tool.name() + "' are not a JSON schema");
        }
        json.append(schema);
    }

    private void choice(ChatRequest request, boolean tools) {
        ToolChoice choice = request.toolChoice().orElse(ToolChoice.AUTO);
        boolean oneAtATime = !request.parallelToolCalls().orElse(true);
        if (!tools) {
            if (choice.mode() == ToolChoice.Mode.REQUIRED || choice.mode() == ToolChoice.Mode.NAMED) {
                warnings.add("'tool_choice' was left out: there are no tools");
            }
            return;
        }
        if (request.toolChoice().isEmpty() && !oneAtATime) {
            return;
        }
        json.ascii(",\"tool_choice\":{\"type\":");
        switch (choice.mode()) {
            case AUTO -> json.ascii("\"auto\"");
            case NONE -> json.ascii("\"none\"");
            case REQUIRED -> json.ascii("\"any\"");
            case NAMED -> json.ascii("\"tool\",\"name\":").string(choice.name());
        }
        boolean disabled = oneAtATime && choice.mode() != ToolChoice.Mode.NONE;
        json.ascii(disabled ? ",\"disable_parallel_tool_use\":true}" : "}");
    }
}
