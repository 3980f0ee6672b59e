package dev.thalweg.core.dialect.anthropic;

import dev.thalweg.core.dialect.Members;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.ToolChoice;
import dev.thalweg.model.ToolSpec;
import org.jspecify.annotations.Nullable;

/** Reads a caller's tools, and whether one has to be called. A tool of another type than {@code custom} is this protocol's own. */
final class ToolReader {
    private final JsonCursor cursor;

    ToolReader(JsonCursor cursor) {
        this.cursor = cursor;
    }

    void read(Members body, ChatRequest.Builder request) {
        int index = 0;
        for (JsonValue value : body.list("tools")) {
            request.tool(tool(value, "tools[" + index++ + "]"));
        }
        Members choice = body.object("tool_choice");
        if (choice != null) {
            choice(choice, request);
        }
    }

    private ToolSpec tool(JsonValue value, String path) {
        Members tool = new Members(cursor, value, path);
        String type = tool.text("type");
        if (type != null && !type.equals("custom")) {
            String name = tool.text("name");
            return ToolSpec.nativeTo(AnthropicDialect.NAME, name == null ? type : name, new RawJson(value.decode()));
        }
        String name = tool.required("name");
        String description = tool.text("description");
        @Nullable Members schema = tool.object("input_schema");
        RawJson parameters = tool.raw("input_schema");
        if (schema == null || parameters == null) {
            throw Members.problem(
                    "Missing required field '" + tool.path("input_schema") + "'.",
                    tool.path("input_schema"),
                    "missing_parameter");
        }
        return new ToolSpec(name, description == null ? "" : description, parameters)
                .withStrict(tool.bool("strict"))
                .withExtra(RequestReader.extra(tool, "type", "name", "description", "input_schema", "strict"));
    }

    private static void choice(Members choice, ChatRequest.Builder request) {
        String type = choice.required("type");
        request.toolChoice(
                switch (type) {
                    case "auto" -> ToolChoice.AUTO;
                    case "any" -> ToolChoice.REQUIRED;
                    case "none" -> ToolChoice.NONE;
                    case "tool" -> ToolChoice.named(choice.required("name"));
                    default ->
                        throw Members.problem(
                                "'tool_choice.type' must be auto, any, tool or none.",
                                "tool_choice.type",
                                "invalid_parameter_value");
                });
        Boolean oneAtATime = choice.bool("disable_parallel_tool_use");
        if (oneAtATime != null) {
            request.parallelToolCalls(!oneAtATime);
        }
    }
}
