package dev.thalweg.core.dialect.bedrock;

import dev.thalweg.core.dialect.Members;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.ToolChoice;
import dev.thalweg.model.ToolSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a caller's tools, and whether one has to be called. One that is no {@code toolSpec} is this protocol's own. */
final class ToolReader {
    private final JsonCursor cursor;

    ToolReader(JsonCursor cursor) {
        this.cursor = cursor;
    }

    void read(@Nullable Members config, ChatRequest.Builder request) {
        if (config == null) {
            return;
        }
        List<ToolSpec> tools = new ArrayList<>();
        int index = 0;
        for (JsonValue value : config.list("tools")) {
            Members tool = new Members(cursor, value, config.path("tools") + "[" + index++ + "]");
            if (tool.has("cachePoint") && !tools.isEmpty()) {
                Map<String, RawJson> cached = Map.of(CachePoint.CONTROL, new RawJson("{\"type\":\"ephemeral\"}"));
                tools.set(tools.size() - 1, tools.getLast().withExtra(cached));
            } else {
                tools.add(tool(tool, value));
            }
        }
        tools.forEach(request::tool);
        choice(config.object("toolChoice"), request);
    }

    private static ToolSpec tool(Members tool, JsonValue value) {
        Members spec = tool.object("toolSpec");
        if (spec == null) {
            String name = tool.names().stream().findFirst().orElse("tool");
            return ToolSpec.nativeTo(BedrockDialect.NAME, name, new RawJson(value.decode()));
        }
        Members schema = spec.object("inputSchema");
        RawJson parameters = schema == null || schema.object("json") == null ? null : schema.raw("json");
        if (parameters == null) {
            String path = spec.path("inputSchema.json");
            throw Members.problem("Missing required field '" + path + "'.", path, "missing_parameter");
        }
        String description = spec.text("description");
        return new ToolSpec(spec.required("name"), description == null ? "" : description, parameters)
                .withStrict(spec.bool("strict"))
                .withExtra(spec.others(Set.of("name", "description", "inputSchema", "strict")));
    }

    private static void choice(@Nullable Members choice, ChatRequest.Builder request) {
        if (choice == null) {
            return;
        }
        Members named = choice.object("tool");
        if (named != null) {
            request.toolChoice(ToolChoice.named(named.required("name")));
        } else if (choice.has("any")) {
            request.toolChoice(ToolChoice.REQUIRED);
        } else if (choice.has("auto")) {
            request.toolChoice(ToolChoice.AUTO);
        } else {
            throw Members.problem(
                    "'" + choice.path() + "' must have auto, any or tool.", choice.path(), "invalid_parameter_value");
        }
    }
}
