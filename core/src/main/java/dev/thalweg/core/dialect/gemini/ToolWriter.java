package dev.thalweg.core.dialect.gemini;

import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.JsonSyntaxException;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.ToolChoice;
import dev.thalweg.model.ToolSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Writes the tools of a request, and whether one has to be called. */
final class ToolWriter {
    private final ByteBuilder json;
    private final ModelTraits model;
    private final Warnings warnings;

    ToolWriter(ByteBuilder json, ModelTraits model, Warnings warnings) {
        this.json = json;
        this.model = model;
        this.warnings = warnings;
    }

    /**
     * Appends the members.
     *
     * @param said the members that the request brings itself
     * @param search whether the model may search the web
     */
    void write(ChatRequest request, Set<String> said, boolean search) {
        boolean functions = said.contains("tools") || tools(request, search);
        if (!said.contains("toolConfig")) {
            choice(request.toolChoice().orElse(ToolChoice.AUTO), functions);
        }
    }

    /** Whether there are functions among them. */
    private boolean tools(ChatRequest request, boolean search) {
        List<ToolSpec> functions = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (ToolSpec tool : request.tools()) {
            String dialect = tool.dialect().orElse("");
            if (dialect.isEmpty()) {
                functions.add(tool);
            } else if (dialect.equals(GeminiDialect.NAME)) {
                others.add(tool.parameters().text());
            } else {
                warnings.add("the tool '" + tool.name() + "' was left out: only " + dialect + " has it");
            }
        }
        if (search) {
            others.add("{\"googleSearch\":{}}");
        }
        String before = ",\"tools\":[";
        if (!functions.isEmpty()) {
            json.ascii(before).ascii("{\"functionDeclarations\":[");
            String comma = "";
            for (ToolSpec tool : functions) {
                function(tool, comma);
                comma = ",";
            }
            json.ascii("]}");
            before = ",";
        }
        for (String other : others) {
            PartJson.line(json.ascii(before), other);
            before = ",";
        }
        json.ascii(before.equals(",") ? "]" : "");
        return !functions.isEmpty();
    }

    private void function(ToolSpec tool, String comma) {
        json.ascii(comma).ascii("{\"name\":").string(tool.name());
        if (!tool.description().isBlank()) {
            json.ascii(",\"description\":").string(tool.description());
        }
        String parameters = tool.parameters().text();
        if (!PartJson.isObject(parameters)) {
            warnings.add("the parameters of the tool '" + tool.name() + "' are not a JSON schema, and were left out");
        } else if (model.jsonSchema()) {
            PartJson.line(json.ascii(",\"parametersJsonSchema\":"), parameters);
        } else {
            cleaned(tool);
        }
        if (tool.strict().orElse(false)) {
            warnings.dropped("tools[].strict", GeminiDialect.NAME);
        }
        tool.extra().forEach((name, value) -> {
            if (name.equals("behavior")) {
                PartJson.line(json.ascii(",").string(name).ascii(":"), value.text());
            } else if (!name.equals("cache_control")) {
                warnings.dropped("tools[]." + name, GeminiDialect.NAME);
            }
        });
        json.ascii("}");
    }

    /** Older models refuse an object without properties, which says nothing. */
    private void cleaned(ToolSpec tool) {
        try {
            JsonNode schema = Schemas.own(Nodes.read(tool.parameters().text()), tool.name(), warnings);
            if (schema.has("properties")) {
                PartJson.line(json.ascii(",\"parameters\":"), Nodes.text(schema));
            }
        } catch (JsonSyntaxException e) {
            warnings.add("the parameters of the tool '" + tool.name() + "' are not a JSON schema, and were left out");
        }
    }

    private void choice(ToolChoice choice, boolean functions) {
        boolean forced = choice.mode() == ToolChoice.Mode.REQUIRED || choice.mode() == ToolChoice.Mode.NAMED;
        if (!functions) {
            if (forced) {
                warnings.add("'tool_choice' was left out: there are no tools");
            }
            return;
        }
        String before = ",\"toolConfig\":{\"functionCallingConfig\":{\"mode\":";
        switch (choice.mode()) {
            case AUTO -> {} // the default
            case NONE -> json.ascii(before).ascii("\"NONE\"}}");
            case REQUIRED -> json.ascii(before).ascii("\"ANY\"}}");
            case NAMED ->
                json.ascii(before)
                        .ascii("\"ANY\",\"allowedFunctionNames\":[")
                        .string(choice.name())
                        .ascii("]}}");
        }
    }
}
