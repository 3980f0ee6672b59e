package dev.thalweg.core.dialect.ollama;

import dev.thalweg.core.dialect.Members;
import dev.thalweg.core.dialect.ToolInput;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.Message;
import dev.thalweg.model.Part;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.ReasoningBlock;
import dev.thalweg.model.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads a caller's messages. Calls without an id get one by their place in the conversation, and results find their call by its
 * id, else by the tool's name, else in order.
 */
final class MessageReader {
    private static final Set<String> ROLES = Set.of("system", "developer", "user", "assistant", "tool");
    private static final Set<String> READ = Set.of(
            "role", "content", "images", "thinking", "tool_calls", "tool_name", "tool_call_id", ReasoningDetails.FIELD);

    private final JsonCursor cursor;
    private final List<ToolCall> waiting = new ArrayList<>(0);
    private int calls;

    MessageReader(JsonCursor cursor) {
        this.cursor = cursor;
    }

    void read(Members body, ChatRequest.Builder request) {
        if (!body.has("messages")) {
            throw Members.problem("Missing required field 'messages'.", "messages", "missing_parameter");
        }
        List<JsonValue> messages = body.list("messages");
        if (messages.isEmpty()) {
            throw Members.problem("'messages' must have at least one message.", "messages", "invalid_parameter_value");
        }
        for (int i = 0; i < messages.size(); i++) {
            request.message(message(new Members(cursor, messages.get(i), "messages[" + i + "]")));
        }
    }

    private Message message(Members message) {
        String role = message.required("role");
        if (!ROLES.contains(role)) {
            throw Members.problem(
                    "'" + message.path("role") + "' must be system, user, assistant or tool.",
                    message.path("role"),
                    "invalid_parameter_value");
        }
        List<Part> parts = new ArrayList<>();
        reasoning(message, parts);
        List<Part> content = content(message);
        if (role.equals("tool")) {
            parts.add(new Part.ToolResult(callOf(message), content, false, Map.of()));
        } else {
            parts.addAll(content);
        }
        for (JsonValue value : message.list("tool_calls")) {
            parts.add(new Part.Call(call(new Members(cursor, value, message.path("tool_calls[]")))));
        }
        return Message.of(role, parts).withExtra(message.others(READ));
    }

    private static List<Part> content(Members message) {
        List<Part> parts = new ArrayList<>(1);
        String text = message.text("content");
        if (text != null && !text.isEmpty()) {
            parts.add(new Part.Text(text));
        }
        message.texts("images").forEach(data -> parts.add(new Part.Image(Images.source(data), null, Map.of())));
        return parts;
    }

    /** Blocks know who signed them: where there are any, they count. */
    private static void reasoning(Members message, List<Part> parts) {
        List<Part> details = ReasoningDetails.read(message);
        String thinking = message.text("thinking");
        if (!details.isEmpty()) {
            parts.addAll(details);
        } else if (thinking != null && !thinking.isEmpty()) {
            parts.add(new Part.Reasoning(ReasoningBlock.of(thinking, null)));
        }
    }

    private ToolCall call(Members call) {
        Members function = call.object("function");
        if (function == null) {
            throw Members.problem(
                    "Missing required field '" + call.path("function") + "'.",
                    call.path("function"),
                    "missing_parameter");
        }
        String id = call.text("id");
        String made = "call_" + calls++;
        ToolCall read =
                ToolCall.of(id == null || id.isEmpty() ? made : id, function.required("name"), arguments(function));
        waiting.add(read);
        return read;
    }

    private static String arguments(Members function) {
        if (function.isText("arguments")) {
            return function.required("arguments");
        }
        Members checked = function.object("arguments");
        RawJson json = checked == null ? null : function.raw("arguments");
        return json == null ? ToolInput.NONE : json.text();
    }

    private String callOf(Members result) {
        String id = result.text("tool_call_id");
        if (id != null && !id.isEmpty()) {
            waiting.removeIf(call -> call.id().equals(id));
            return id;
        }
        String name = result.text("tool_name");
        for (ToolCall call : waiting) {
            if (name == null || name.isEmpty() || call.name().equals(name)) {
                waiting.remove(call);
                return call.id();
            }
        }
        return "call_" + calls++;
    }
}
