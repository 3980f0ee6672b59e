package dev.thalweg.core.dialect.ollama;

import dev.thalweg.core.dialect.Members;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.ToolSpec;
import java.util.Set;

/** Reads a caller's tools. */
final class ToolReader {
    private ToolReader() {}

    static void read(JsonCursor cursor, Members body, ChatRequest.Builder request) {
        int index = 0;
        for (JsonValue value : body.list("tools")) {
            Members tool = new Members(cursor, value, "tools[" + index++ + "]");
            Members function = tool.object("function");
            if (function == null) {
                throw Members.problem(
                        "Missing required field '" + tool.path("function") + "'.",
                        tool.path("function"),
                        "missing_parameter");
            }
            request.tool(tool(function));
        }
    }

    private static ToolSpec tool(Members function) {
        String name = function.required("name");
        String said = function.text("description");
        String description = said == null ? "" : said;
        RawJson parameters = function.object("parameters") == null ? null : function.raw("parameters");
        ToolSpec tool =
                parameters == null ? ToolSpec.of(name, description) : new ToolSpec(name, description, parameters);
        return tool.withStrict(function.bool("strict"))
                .withExtra(function.others(Set.of("name", "description", "parameters", "strict")));
    }
}
