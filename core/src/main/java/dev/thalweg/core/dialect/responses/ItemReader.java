package dev.thalweg.core.dialect.responses;

import dev.thalweg.core.dialect.Origin;
import dev.thalweg.core.dialect.RequestProblem;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.Message;
import dev.thalweg.model.Part;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.ReasoningBlock;
import dev.thalweg.model.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes messages of a request's items. What the model said, thought and called one after the other is one message, because
 * other protocols know no other way to say that it belongs together.
 */
final class ItemReader {
    private static final String ASSISTANT = "assistant";

    private final List<Message> messages = new ArrayList<>();
    private final List<Part> turn = new ArrayList<>();

    /** The items of a list. */
    void list(JsonValue items, String path) {
        List<JsonValue> elements = JsonFields.list(items, path);
        for (int i = 0; i < elements.size(); i++) {
            item(JsonFields.of(elements.get(i), path + "[" + i + "]"));
        }
    }

    /** A message as it is. */
    void message(Message message) {
        endTurn();
        messages.add(message);
    }

    /** All messages so far. */
    List<Message> messages() {
        endTurn();
        return List.copyOf(messages);
    }

    private void endTurn() {
        if (!turn.isEmpty()) {
            messages.add(Message.of(ASSISTANT, turn));
            turn.clear();
        }
    }

    private void item(JsonFields item) {
        String type = item.text("type", "message");
        switch (type) {
            case "message" -> spoken(item);
            case "function_call" ->
                call(item, ToolCall.of(item.required("call_id"), item.required("name"), item.text("arguments", "")));
            case "custom_tool_call" ->
                call(
                        item,
                        ToolCall.of(item.required("call_id"), item.required("name"), item.text("input", ""))
                                .withType(ToolCall.CUSTOM));
            case "function_call_output", "custom_tool_call_output" -> result(item);
            case "reasoning" -> reasoning(item);
            case "item_reference" ->
                throw new RequestProblem(
                        "'" + item.path("")
                                + "' refers to an item kept at a provider, and this gateway may ask another one: send the item"
                                + " itself instead of an item_reference (clients do so with \"store\": false).",
                        item.path(""),
                        "unsupported_parameter");
            default -> unknown(item, type);
        }
    }

    private void spoken(JsonFields item) {
        String role = item.text("role", "user");
        List<Part> parts = ContentReader.parts(item, "content", item.raw(Names.PHASE));
        if (role.equals(ASSISTANT)) {
            turn.addAll(parts);
        } else if (role.equals("user") || role.equals("system") || role.equals("developer")) {
            message(Message.of(role, parts));
        } else {
            throw new RequestProblem(
                    "'" + item.path("role") + "' must be user, assistant, system or developer, not '" + role + "'.",
                    item.path("role"),
                    "invalid_parameter_value");
        }
    }

    private void call(JsonFields item, ToolCall call) {
        RawJson namespace = item.raw(Names.NAMESPACE);
        turn.add(new Part.Call(namespace == null ? call : call.withExtra(Map.of(Names.NAMESPACE, namespace))));
    }

    private void result(JsonFields item) {
        List<Part> content = ContentReader.parts(item, "output", null);
        message(Message.of("tool", List.of(new Part.ToolResult(item.required("call_id"), content, false, Map.of()))));
    }

    /** What only a provider of this protocol can use: it goes on as it is, in the order of the conversation. */
    private void unknown(JsonFields item, String type) {
        Part part = new Part.Native(Names.DIALECT, item.raw());
        if (type.endsWith("_output") || type.endsWith("_response")) {
            message(Message.of("user", List.of(part)));
        } else {
            turn.add(part);
        }
    }

    private void reasoning(JsonFields item) {
        String summary = words(item, "summary");
        String text = summary.isEmpty() ? words(item, "content") : summary;
        String encrypted = item.text("encrypted_content");
        ReasoningBlock block = block(text, encrypted, item.text("id"));
        if (encrypted != null || !text.isEmpty()) {
            turn.add(new Part.Reasoning(block));
        }
    }

    private static ReasoningBlock block(String text, @Nullable String encrypted, @Nullable String id) {
        if (encrypted == null) {
            return ReasoningBlock.of(text, null);
        }
        ReasoningBlock block = Origin.signed(text, encrypted, Names.DIALECT);
        String data = block.signature().orElse("");
        if (!Origin.fits(block, Names.DIALECT)) {
            return data.startsWith(Names.REDACTED)
                    ? ReasoningBlock.redacted(data.substring(Names.REDACTED.length()))
                            .withDialect(block.dialect().orElse(null))
                    : block;
        }
        // An item of our own making has an id of our own, and the provider's, if any, beside what it encrypted.
        String both = data.startsWith("{") ? data : new SealedReasoning(id, data).data();
        return (text.isEmpty() ? ReasoningBlock.redacted(both) : ReasoningBlock.of(text, both))
                .withDialect(Names.DIALECT);
    }

    /** The texts of a list, as one. */
    private static String words(JsonFields item, String name) {
        StringBuilder words = new StringBuilder();
        for (JsonValue element : item.list(name)) {
            String text = JsonFields.of(element, item.path(name)).text("text", "");
            words.append(words.isEmpty() || text.isEmpty() ? "" : "\n\n").append(text);
        }
        return words.toString();
    }
}
