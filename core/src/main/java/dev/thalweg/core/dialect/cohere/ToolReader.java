package dev.thalweg.core.dialect.cohere;

import dev.thalweg.core.dialect.Members;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.ToolChoice;
import dev.thalweg.model.ToolSpec;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a caller's tools, and whether one has to be called. */
final class ToolReader {
    private final JsonCursor cursor;

    ToolReader(JsonCursor cursor) {
        this.cursor = cursor;
    }

    void read(Members body, ChatRequest.Builder request) {
        Boolean strict = body.bool("strict_tools");
        int index = 0;
        for (JsonValue value : body.list("tools")) {
            request.tool(tool(value, "tools[" + index++ + "]").withStrict(strict));
        }
        String choice = body.text("tool_choice");
        if (choice == null) {
            return;
        }
        request.toolChoice(
                switch (choice) {
                    case "REQUIRED" -> ToolChoice.REQUIRED;
                    case "NONE" -> ToolChoice.NONE;
                    default ->
                        throw Members.problem(
                                "'tool_choice' must be REQUIRED or NONE.", "tool_choice", "invalid_parameter_value");
                });
    }

    private ToolSpec tool(JsonValue value, String path) {
        Members tool = new Members(cursor, value, path);
        Members function = tool.object("function");
        if (function == null) {
            throw Members.problem(
                    "Missing required field '" + tool.path("function") + "'.",
                    tool.path("function"),
                    "missing_parameter");
        }
        String name = function.required("name");
        String description = function.text("description");
        @Nullable Members unused = function.object("parameters");
        RawJson parameters = function.raw("parameters");
        String said = description == null ? "" : description;
        ToolSpec read = parameters == null ? ToolSpec.of(name, said) : new ToolSpec(name, said, parameters);
        return read.withExtra(function.others(Set.of("name", "description", "parameters")));
    }
}
