package dev.thalweg.core.dialect.openai;

import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.ToolChoice;
import dev.thalweg.model.ToolSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the tools of a caller's body, and what it says of their use. Not thread-safe. */
final class ToolReader {
    private final BodyValues values;
    private final JsonCursor cursor;

    ToolReader(BodyValues values) {
        this.values = values;
        this.cursor = values.cursor();
    }

    /** The {@code tools} ahead. */
    void tools(ChatRequest.Builder request) {
        cursor.enterArray();
        for (int i = 0; cursor.nextElement(); i++) {
            request.tool(tool("tools[" + i + "]"));
        }
    }

    /** The {@code functions} ahead, which tools were before they had that name. */
    void functions(ChatRequest.Builder request) {
        if (!values.entersArray("", "functions")) {
            return;
        }
        for (int i = 0; cursor.nextElement(); i++) {
            request.tool(function("functions[" + i + "]"));
        }
    }

    private ToolSpec tool(String at) {
        int unused = cursor.peek();
        int start = cursor.position();
        String type = "function";
        String name = "";
        @Nullable ToolSpec function = null;
        @Nullable Map<String, RawJson> extra = null;
        if (!values.entersObject(at, "")) {
            throw BodyValues.wrongType(at, "", "an object");
        }
        while (cursor.nextMember()) {
            if (cursor.keyIs("type")) {
                type = values.text(at, "type");
            } else if (cursor.keyIs("function")) {
                function = function(at + ".function");
            } else if (cursor.keyIs("custom")) {
                name = name(at + ".custom");
            } else {
                extra = values.keep(extra);
            }
        }
        if (type.equals("function")) {
            if (function == null) {
                throw BodyValues.missing(at, "function");
            }
            return extra == null ? function : function.withExtra(both(function.extra(), extra));
        }
        return ToolSpec.nativeTo(OpenAiDialect.NAME, name.isEmpty() ? type : name, values.since(start));
    }

    private static Map<String, RawJson> both(Map<String, RawJson> one, Map<String, RawJson> other) {
        Map<String, RawJson> fields = new LinkedHashMap<>(one);
        fields.putAll(other);
        return fields;
    }

    private ToolSpec function(String at) {
        @Nullable String name = null;
        String description = "";
        @Nullable RawJson parameters = null;
        @Nullable Boolean strict = null;
        @Nullable Map<String, RawJson> extra = null;
        if (!values.entersObject(at, "")) {
            throw BodyValues.wrongType(at, "", "an object");
        }
        while (cursor.nextMember()) {
            if (cursor.keyIs("name")) {
                name = values.text(at, "name");
            } else if (cursor.keyIs("description")) {
                String said = values.textOrNull(at, "description");
                description = said == null ? "" : said;
            } else if (cursor.keyIs("parameters")) {
                parameters = schema(at, "parameters");
            } else if (cursor.keyIs("strict")) {
                strict = values.skipsNull() ? null : Boolean.valueOf(values.bool(at, "strict"));
            } else {
                extra = values.keep(extra);
            }
        }
        if (name == null) {
            throw BodyValues.missing(at, "name");
        }
        ToolSpec tool =
                parameters == null ? ToolSpec.of(name, description) : new ToolSpec(name, description, parameters);
        ToolSpec said = strict == null ? tool : tool.withStrict(strict);
        return extra == null ? said : said.withExtra(extra);
    }

    /** A schema: an object, or one of the words true and false, which are schemas too. */
    @Nullable
    RawJson schema(String at, String field) {
        if (values.skipsNull()) {
            return null;
        }
        int first = cursor.peek();
        if (first != '{' && first != 't' && first != 'f') {
            throw BodyValues.wrongType(at, field, "a JSON schema");
        }
        return values.raw();
    }

    /** The name in the object ahead; empty where it has none. */
    private String name(String at) {
        String name = "";
        if (!values.entersObject(at, "")) {
            return name;
        }
        while (cursor.nextMember()) {
            if (cursor.keyIs("name")) {
                name = values.text(at, "name");
            } else {
                cursor.skip();
            }
        }
        return name;
    }

    /**
     * The {@code tool_choice} or {@code function_call} ahead. A list of allowed tools is kept as it is, beside what it says
     * for all of them.
     */
    void choice(String field, ChatRequest.Builder request) {
        int first = cursor.peek();
        int start = cursor.position();
        if (first == '"') {
            request.toolChoice(mode(field, values.text("", field)));
            return;
        }
        if (first != '{') {
            throw BodyValues.wrongType("", field, "a string or an object");
        }
        String type = "";
        String name = "";
        String mode = "";
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("type")) {
                type = values.text(field, "type");
            } else if (cursor.keyIs("name")) {
                name = values.text(field, "name");
            } else if (cursor.keyIs("function") || cursor.keyIs("custom")) {
                name = name(field + "." + cursor.key().decode());
            } else if (cursor.keyIs("allowed_tools")) {
                mode = allowed(field + ".allowed_tools");
            } else {
                cursor.skip();
            }
        }
        if (type.equals("allowed_tools")) {
            request.toolChoice(mode(field, mode.isEmpty() ? "auto" : mode));
            request.extra(field, values.since(start).text());
        } else {
            request.toolChoice(name.isEmpty() ? mode(field, type) : ToolChoice.named(name));
        }
    }

    private String allowed(String at) {
        String mode = "";
        if (!values.entersObject(at, "")) {
            return mode;
        }
        while (cursor.nextMember()) {
            if (cursor.keyIs("mode")) {
                mode = values.text(at, "mode");
            } else {
                cursor.skip();
            }
        }
        return mode;
    }

    /** {@code any} is Mistral's word for {@code required}. */
    private static ToolChoice mode(String field, String word) {
        return switch (word) {
            case "auto" -> ToolChoice.AUTO;
            case "none" -> ToolChoice.NONE;
            case "required", "any" -> ToolChoice.REQUIRED;
            default -> throw BodyValues.wrongValue("", field, "none, auto, required or the name of a tool");
        };
    }
}
