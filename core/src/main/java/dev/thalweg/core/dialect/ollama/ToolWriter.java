package dev.thalweg.core.dialect.ollama;

import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.ToolChoice;
import dev.thalweg.model.ToolSpec;

/** Writes the tools of a request. Whether one has to be called cannot be said here; that none may be, by saying none. */
final class ToolWriter {
    private final ByteBuilder json;
    private final Warnings warnings;

    ToolWriter(ByteBuilder json, Warnings warnings) {
        this.json = json;
        this.warnings = warnings;
    }

    /** Appends the member; nothing without any. */
    void write(ChatRequest request) {
        ToolChoice choice = request.toolChoice().orElse(ToolChoice.AUTO);
        if (choice.mode() == ToolChoice.Mode.NONE) {
            if (!request.tools().isEmpty()) {
                warnings.add("the tools were left out, because none may be called: " + OllamaDialect.NAME
                        + " has no counterpart for 'tool_choice'");
            }
            return;
        }
        if (choice.mode() != ToolChoice.Mode.AUTO) {
            warnings.dropped("tool_choice", OllamaDialect.NAME);
        }
        if (!request.parallelToolCalls().orElse(true)) {
            warnings.dropped("parallel_tool_calls", OllamaDialect.NAME);
        }
        String before = ",\"tools\":[";
        for (ToolSpec tool : request.tools()) {
            if (tool.dialect().isPresent()) {
                warnings.add("the tool '" + tool.name() + "' was left out: only "
                        + tool.dialect().get() + " has it");
            } else if (choice.mode() != ToolChoice.Mode.NAMED || tool.name().equals(choice.name())) {
                // One that has to be called goes alone: no other can be called in its place.
                tool(tool, before);
                before = ",";
            }
        }
        json.ascii(before.equals(",") ? "]" : "");
    }

    private void tool(ToolSpec tool, String before) {
        json.ascii(before)
                .ascii("{\"type\":\"function\",\"function\":{\"name\":")
                .string(tool.name());
        if (!tool.description().isBlank()) {
            json.ascii(",\"description\":").string(tool.description());
        }
        json.ascii(",\"parameters\":")
                .append(Bytes.utf8(tool.parameters().text()))
                .ascii("}}");
        if (tool.strict().orElse(false)) {
            warnings.dropped("tools[].strict", OllamaDialect.NAME);
        }
        tool.extra().keySet().forEach(name -> warnings.dropped("tools[]." + name, OllamaDialect.NAME));
    }
}
