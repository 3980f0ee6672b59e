package dev.thalweg.core.dialect.bedrock;

import dev.thalweg.core.dialect.Members;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.Message;
import dev.thalweg.model.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads a caller's messages and system prompt. A user's message that brings results of tools becomes one message of each
 * tool, and one of the user with what is left.
 */
final class MessageReader {
    private final JsonCursor cursor;
    private final PartReader parts;

    MessageReader(JsonCursor cursor) {
        this.cursor = cursor;
        this.parts = new PartReader(cursor);
    }

    void read(Members body, ChatRequest.Builder request) {
        List<Part> system = parts.content(body, "system");
        if (!system.isEmpty()) {
            request.message(Message.of("system", system));
        }
        List<JsonValue> messages = body.list("messages");
        if (messages.isEmpty()) {
            throw Members.problem("'messages' must have at least one message.", "messages", "invalid_parameter_value");
        }
        for (int i = 0; i < messages.size(); i++) {
            message(new Members(cursor, messages.get(i), "messages[" + i + "]"), request);
        }
    }

    private void message(Members message, ChatRequest.Builder request) {
        String role = message.required("role");
        if (!role.equals("user") && !role.equals("assistant") && !role.equals("system")) {
            throw Members.problem(
                    "'" + message.path("role") + "' must be user or assistant.",
                    message.path("role"),
                    "invalid_parameter_value");
        }
        List<Part> rest = new ArrayList<>();
        boolean results = false;
        for (Part part : parts.content(message, "content")) {
            if (part instanceof Part.ToolResult) {
                request.message(Message.of("tool", List.of(part)));
                results = true;
            } else {
                rest.add(part);
            }
        }
        if (!rest.isEmpty() || !results) {
            request.message(Message.of(role, rest).withExtra(message.others(Set.of("role", "content"))));
        }
    }
}
