package dev.thalweg.core.dialect.responses;

import dev.thalweg.core.dialect.RequestProblem;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.ToolChoice;
import dev.thalweg.model.ToolSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a request's tools, and which of them the model has to call. */
final class ToolReader {
    private static final RawJson NO_PARAMETERS = new RawJson("{\"type\":\"object\",\"properties\":{}}");
    private static final Set<String> WITH_A_WORD = Set.of("type", "name", "description", "parameters", "strict");

    private ToolReader() {}

    static void read(JsonFields body, ChatRequest.Builder request) {
        List<JsonValue> tools = body.list("tools");
        for (int i = 0; i < tools.size(); i++) {
            request.tool(tool(JsonFields.of(tools.get(i), "tools[" + i + "]")));
        }
        JsonValue choice = body.get("tool_choice");
        if (choice != null) {
            choice(choice, request);
        }
    }

    /** A function; whatever else it is, only a provider of this protocol knows. */
    private static ToolSpec tool(JsonFields fields) {
        String type = fields.required("type");
        if (!type.equals("function")) {
            return ToolSpec.nativeTo(Names.DIALECT, fields.text("name", type), fields.raw());
        }
        RawJson parameters = fields.raw("parameters");
        Map<String, RawJson> extra = new LinkedHashMap<>();
        for (String name : fields.names()) {
            RawJson value = fields.raw(name);
            if (value != null && !WITH_A_WORD.contains(name)) {
                extra.put(name, value);
            }
        }
        return new ToolSpec(
                        fields.required("name"),
                        fields.text("description", ""),
                        parameters == null ? NO_PARAMETERS : parameters)
                .withStrict(fields.bool("strict"))
                .withExtra(extra);
    }

    private static void choice(JsonValue value, ChatRequest.Builder request) {
        if (JsonFields.kind(value) == '"') {
            request.toolChoice(mode(JsonFields.text(value, "tool_choice")));
            return;
        }
        JsonFields.expect(JsonFields.kind(value) == '{', "tool_choice", "a string or an object");
        JsonFields fields = JsonFields.of(value, "tool_choice");
        String name = fields.text("name");
        String type = fields.text("type", "function");
        if (name != null && (type.equals("function") || type.equals("custom"))) {
            request.toolChoice(ToolChoice.named(name));
        } else {
            RequestReader.add(request, "tool_choice", fields.raw());
        }
    }

    private static ToolChoice mode(String mode) {
        return switch (mode) {
            case "auto" -> ToolChoice.AUTO;
            case "none" -> ToolChoice.NONE;
            case "required" -> ToolChoice.REQUIRED;
            default ->
                throw new RequestProblem(
                        "'tool_choice' must be auto, none, required or the tool to call, not '" + mode + "'.",
                        "tool_choice",
                        "invalid_parameter_value");
        };
    }
}
