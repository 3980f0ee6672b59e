package dev.thalweg.core.dialect.cohere;

import dev.thalweg.core.dialect.Members;
import dev.thalweg.core.dialect.Origin;
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
import org.jspecify.annotations.Nullable;

/** Reads a caller's messages. */
final class MessageReader {
    private static final Set<String> ROLES = Set.of("system", "developer", "user", "assistant", "tool");

    private final JsonCursor cursor;

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
                    "'" + message.path("role") + "' must be system, developer, user, assistant or tool.",
                    message.path("role"),
                    "invalid_parameter_value");
        }
        if (role.equals("tool")) {
            String id = message.required("tool_call_id");
            Part result = new Part.ToolResult(id, content(message), false, Map.of());
            return Message.of(role, List.of(result))
                    .withExtra(message.others(Set.of("role", "tool_call_id", "content")));
        }
        if (!role.equals("assistant")) {
            if (!message.has("content")) {
                throw Members.problem(
                        "Missing required field '" + message.path("content") + "'.",
                        message.path("content"),
                        "missing_parameter");
            }
            return Message.of(role, content(message)).withExtra(message.others(Set.of("role", "content")));
        }
        return assistant(message);
    }

    /** The plan is what was thought before the calls. */
    private Message assistant(Members message) {
        List<Part> parts = new ArrayList<>();
        String plan = message.text("tool_plan");
        if (plan != null && !plan.isEmpty()) {
            parts.add(new Part.Reasoning(ReasoningBlock.of(plan, null)));
        }
        parts.addAll(content(message));
        int index = 0;
        for (JsonValue value : message.list("tool_calls")) {
            parts.add(call(new Members(cursor, value, message.path("tool_calls[" + index++ + "]"))));
        }
        return Message.of("assistant", parts)
                .withExtra(message.others(Set.of("role", "content", "tool_plan", "tool_calls")));
    }

    private static Part call(Members call) {
        Members function = call.object("function");
        if (function == null) {
            throw Members.problem(
                    "Missing required field '" + call.path("function") + "'.",
                    call.path("function"),
                    "missing_parameter");
        }
        String arguments = function.text("arguments");
        boolean none =
                arguments == null || arguments.isBlank() || arguments.strip().equals("null");
        return new Part.Call(ToolCall.of(
                call.required("id"), function.required("name"), none ? ToolArguments.NONE : String.valueOf(arguments)));
    }

    private List<Part> content(Members message) {
        if (message.isText("content")) {
            return List.of(new Part.Text(message.required("content")));
        }
        List<JsonValue> blocks = message.list("content");
        List<Part> parts = new ArrayList<>(blocks.size());
        for (int i = 0; i < blocks.size(); i++) {
            parts.add(part(new Members(cursor, blocks.get(i), message.path("content[" + i + "]")), blocks.get(i)));
        }
        return parts;
    }

    private static Part part(Members block, JsonValue value) {
        return switch (block.required("type")) {
            case "text" -> new Part.Text(block.required("text"), block.others(Set.of("type", "text")));
            case "image_url" -> image(block);
            case "thinking" -> thinking(block);
            case "document" -> document(block);
            default -> new Part.Native(CohereDialect.NAME, new RawJson(value.decode()));
        };
    }

    private static Part image(Members block) {
        if (block.isText("image_url")) {
            return new Part.Image(block.required("image_url"));
        }
        Members image = block.object("image_url");
        if (image == null) {
            throw Members.problem(
                    "Missing required field '" + block.path("image_url") + "'.",
                    block.path("image_url"),
                    "missing_parameter");
        }
        return new Part.Image(Part.Source.url(image.required("url")), image.text("detail"), Map.of());
    }

    /** {@code signature} and {@code data} are what an answer's thinking of another protocol's provider came with. */
    private static Part thinking(Members block) {
        String data = block.text("data");
        String signature = block.text("signature");
        return new Part.Reasoning(
                data != null
                        ? Origin.redacted(data, CohereDialect.NAME)
                        : Origin.signed(block.required("thinking"), signature, CohereDialect.NAME),
                block.others(Set.of("type", "thinking", "signature", "data")));
    }

    /** A document that a tool gave back is its data, as JSON where it is not a text already. */
    private static Part document(Members block) {
        Members document = block.object("document");
        if (document == null) {
            return new Part.Text(block.required("document"));
        }
        @Nullable RawJson data = document.raw("data");
        Map<String, RawJson> further = document.others(Set.of("data"));
        if (data == null) {
            throw Members.problem(
                    "Missing required field '" + document.path("data") + "'.",
                    document.path("data"),
                    "missing_parameter");
        }
        String text = document.isText("data") ? document.required("data") : data.text();
        return new Part.Text(text, further);
    }
}
