package dev.thalweg.core.dialect.openai;

import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.model.Message;
import dev.thalweg.model.Part;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.ToolCall;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the messages of a caller's body. One reader serves one body. Not thread-safe. */
final class MessageReader {
    private final BodyValues values;
    private final JsonCursor cursor;
    private final ContentReader contents;
    private final EarlierReasoning reasoning;

    /** The last function call of each name, in the form before tool calls had ids: results name the function. */
    private final Map<String, String> functionCalls = new HashMap<>(0);

    private int functionCallCount;

    // What is known of the message at hand.
    private @Nullable String role;
    private @Nullable List<Part> content;
    private @Nullable String refusal;
    private @Nullable String callId;
    private @Nullable String name;
    private final List<Part> calls = new ArrayList<>();
    private @Nullable Map<String, RawJson> extra;

    MessageReader(BodyValues values) {
        this.values = values;
        this.cursor = values.cursor();
        this.contents = new ContentReader(values);
        this.reasoning = new EarlierReasoning(values);
    }

    /** The message ahead, which is at this place in the body. */
    Message read(String where) {
        clear();
        if (!values.entersObject(where, "")) {
            throw BodyValues.wrongType(where, "", "an object");
        }
        while (cursor.nextMember()) {
            member(where);
        }
        if (role == null) {
            throw BodyValues.missing(where, "role");
        }
        return switch (role) {
            case "system", "developer", "user" -> message(role, said(where));
            case "assistant" -> message(role, answered());
            case "tool" -> message(role, result(need(callId, where, "tool_call_id"), where));
            case "function" -> functionResult(where);
            default ->
                throw BodyValues.wrongValue(
                        where, "role", "one of system, developer, user, assistant, tool and function");
        };
    }

    private void member(String where) {
        if (cursor.keyIs("role")) {
            role = values.text(where, "role");
        } else if (cursor.keyIs("content")) {
            content = contents.read(where);
        } else if (cursor.keyIs("refusal")) {
            refusal = values.textOrNull(where, "refusal");
        } else if (cursor.keyIs("tool_call_id")) {
            callId = values.textOrNull(where, "tool_call_id");
        } else if (cursor.keyIs("name")) {
            name = values.textOrNull(where, "name");
        } else if (cursor.keyIs("tool_calls")) {
            toolCalls(where);
        } else if (cursor.keyIs("function_call")) {
            functionCall(where + ".function_call");
        } else if (cursor.keyIs("reasoning_content")) {
            reasoning.plain(where, "reasoning_content");
        } else if (cursor.keyIs("reasoning")) {
            reasoning.plain(where, "reasoning");
        } else if (cursor.keyIs("reasoning_details")) {
            reasoning.details(where);
        } else if (cursor.keyIs("thinking_blocks")) {
            reasoning.thinking(where);
        } else {
            extra = values.keep(extra);
        }
    }

    private Message message(String of, List<? extends Part> parts) {
        if (name != null) {
            Map<String, RawJson> fields = new LinkedHashMap<>();
            fields.put("name", new RawJson(Json.quoted(name)));
            fields.putAll(BodyValues.orNone(extra));
            extra = fields;
        }
        Message message = Message.of(of, parts);
        return extra == null ? message : message.withExtra(extra);
    }

    private List<Part> said(String where) {
        if (content == null) {
            throw BodyValues.missing(where, "content");
        }
        return content;
    }

    private List<Part> answered() {
        List<Part> parts = reasoning.parts();
        if (content != null) {
            parts.addAll(content);
        }
        if (refusal != null && !refusal.isEmpty()) {
            parts.add(new Part.Refusal(refusal));
        }
        parts.addAll(calls);
        if (parts.size() > 1) {
            parts.removeIf(new Part.Text("")::equals);
        }
        return parts.isEmpty() ? List.of(new Part.Text("")) : parts;
    }

    private List<Part> result(String id, String where) {
        List<Part> given = content == null ? List.of(new Part.Text("")) : said(where);
        return List.of(new Part.ToolResult(id, given, false, Map.of()));
    }

    private Message functionResult(String where) {
        String function = need(name, where, "name");
        name = null;
        return message("tool", result(functionCalls.getOrDefault(function, function), where));
    }

    private void toolCalls(String where) {
        if (!values.entersArray(where, "tool_calls")) {
            return;
        }
        while (cursor.nextElement()) {
            calls.add(toolCall(where + ".tool_calls[" + calls.size() + "]"));
        }
    }

    private Part toolCall(String at) {
        String id = "";
        @Nullable ToolCall call = null;
        @Nullable Map<String, RawJson> fields = null;
        @Nullable Map<String, RawJson> hints = null;
        if (!values.entersObject(at, "")) {
            throw BodyValues.wrongType(at, "", "an object");
        }
        while (cursor.nextMember()) {
            if (cursor.keyIs("id")) {
                String said = values.textOrNull(at, "id");
                id = said == null ? "" : said;
            } else if (cursor.keyIs("function")) {
                call = function(at + ".function", "{}");
            } else if (cursor.keyIs("custom")) {
                call = function(at + ".custom", "").withType(ToolCall.CUSTOM);
            } else if (cursor.keyIs("type") || cursor.keyIs("index")) {
                cursor.skip();
            } else if (cursor.keyIs("cache_control")) {
                hints = values.keep(hints);
            } else {
                fields = values.keep(fields);
            }
        }
        if (call == null) {
            throw BodyValues.missing(at, "function");
        }
        ToolCall whole = ToolCall.of(id, call.name(), call.arguments()).withType(call.type());
        return new Part.Call(fields == null ? whole : whole.withExtra(fields), BodyValues.orNone(hints));
    }

    private void functionCall(String at) {
        if (cursor.peek() != 'n') {
            ToolCall call = function(at, "{}");
            String id = "function_call_" + ++functionCallCount;
            functionCalls.put(call.name(), id);
            calls.add(
                    new Part.Call(ToolCall.of(id, call.name(), call.arguments()).withType(ToolCall.FUNCTION_CALL)));
        } else {
            cursor.skip();
        }
    }

    /** Name and arguments, which some clients send as the JSON itself. */
    private ToolCall function(String at, String unsaid) {
        @Nullable String function = null;
        String arguments = unsaid;
        if (!values.entersObject(at, "")) {
            throw BodyValues.wrongType(at, "", "an object");
        }
        while (cursor.nextMember()) {
            if (cursor.keyIs("name")) {
                function = values.textOrNull(at, "name");
            } else if (cursor.keyIs("arguments") || cursor.keyIs("input")) {
                boolean json = cursor.peek() == '{' || cursor.peek() == '[';
                String said = json
                        ? values.raw().text()
                        : values.textOrNull(at, cursor.key().decode());
                arguments = said == null ? arguments : said;
            } else {
                cursor.skip();
            }
        }
        return ToolCall.of("", need(function, at, "name"), arguments);
    }

    private static String need(@Nullable String value, String where, String field) {
        if (value == null) {
            throw BodyValues.missing(where, field);
        }
        return value;
    }

    private void clear() {
        role = null;
        content = null;
        refusal = null;
        callId = null;
        name = null;
        calls.clear();
        extra = null;
        reasoning.begin();
    }
}
