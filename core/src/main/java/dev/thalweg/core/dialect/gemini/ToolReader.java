package dev.thalweg.core.dialect.gemini;

import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.ToolChoice;
import dev.thalweg.model.ToolSpec;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads a caller's tools, and whether one has to be called. What runs at the provider is this protocol's own. */
final class ToolReader {
    private static final Set<String> DECLARATION =
            Set.of("name", "description", "parameters", "parametersJsonSchema", "response", "responseJsonSchema");

    private static final RawJson NO_PARAMETERS = new RawJson("{\"type\":\"object\",\"properties\":{}}");

    private ToolReader() {}

    static void read(Fields body, ChatRequest.Builder request) {
        List<JsonNode> tools = body.list("tools");
        for (int i = 0; i < tools.size(); i++) {
            Fields tool = Fields.of(tools.get(i), "tools[" + i + "]");
            List<JsonNode> functions = tool.list("functionDeclarations");
            for (int j = 0; j < functions.size(); j++) {
                String path = tool.path("functionDeclarations") + "[" + j + "]";
                request.tool(function(Fields.of(functions.get(j), path)));
            }
            tool.others(Set.of("functionDeclarations")).forEach((name, value) -> request.tool(own(name, value)));
        }
        choice(body, request);
    }

    private static ToolSpec own(String name, JsonNode value) {
        JsonNode tool = JsonNodeFactory.instance.objectNode().set(name, value);
        return ToolSpec.nativeTo(GeminiDialect.NAME, name, new RawJson(Nodes.text(tool)));
    }

    private static ToolSpec function(Fields function) {
        String description = function.text("description");
        RawJson parameters = function.raw("parametersJsonSchema");
        JsonNode own = function.get("parameters");
        if (parameters == null) {
            parameters = own == null ? NO_PARAMETERS : new RawJson(Nodes.text(Schemas.standard(own)));
        }
        ToolSpec tool = new ToolSpec(function.required("name"), description == null ? "" : description, parameters);
        Map<String, JsonNode> others = function.others(DECLARATION);
        Map<String, RawJson> extra = new java.util.LinkedHashMap<>(0);
        others.forEach((name, value) -> extra.put(name, new RawJson(Nodes.text(value))));
        return extra.isEmpty() ? tool : tool.withExtra(extra);
    }

    private static void choice(Fields body, ChatRequest.Builder request) {
        Fields config = body.object("toolConfig");
        Fields calling = config == null ? null : config.object("functionCallingConfig");
        List<JsonNode> allowed = calling == null ? List.of() : calling.list("allowedFunctionNames");
        String mode = calling == null ? null : calling.text("mode");
        if (mode != null) {
            request.toolChoice(
                    switch (mode) {
                        case "ANY", "any" ->
                            allowed.size() == 1
                                    ? ToolChoice.named(allowed.get(0).asString(""))
                                    : ToolChoice.REQUIRED;
                        case "NONE", "none" -> ToolChoice.NONE;
                        default -> ToolChoice.AUTO;
                    });
        }
        boolean more = config != null
                && !config.others(Set.of("functionCallingConfig")).isEmpty();
        JsonNode all = body.get("toolConfig");
        if (all != null && (more || allowed.size() > 1)) {
            RequestReader.extra(request, "toolConfig", all);
        }
    }
}
