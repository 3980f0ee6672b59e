package dev.thalweg.model;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One message of a conversation. Immutable. */
public final class Message {
    private final String role;
    private final String content;
    private final List<String> imageUrls;
    private final List<ToolCall> toolCalls;
    private final @Nullable String toolCallId;

    private Message(
            String role,
            String content,
            List<String> imageUrls,
            List<ToolCall> toolCalls,
            @Nullable String toolCallId) {
        this.role = role;
        this.content = content;
        this.imageUrls = List.copyOf(imageUrls);
        this.toolCalls = List.copyOf(toolCalls);
        this.toolCallId = toolCallId;
    }

    /** How the model should behave. */
    public static Message system(String text) {
        return new Message("system", text, List.of(), List.of(), null);
    }

    /** What the user says. */
    public static Message user(String text) {
        return new Message("user", text, List.of(), List.of(), null);
    }

    /** What the user says and shows; an image is an {@code https:} or {@code data:} URL. */
    public static Message user(String text, List<String> imageUrls) {
        return new Message("user", text, imageUrls, List.of(), null);
    }

    /** What the model said earlier. */
    public static Message assistant(String text) {
        return new Message("assistant", text, List.of(), List.of(), null);
    }

    /** What the model said and the tools it wanted called, earlier. */
    public static Message assistant(String text, List<ToolCall> toolCalls) {
        return new Message("assistant", text, List.of(), toolCalls, null);
    }

    /** What a tool gave back for the call of this id. */
    public static Message tool(String toolCallId, String result) {
        return new Message("tool", result, List.of(), List.of(), toolCallId);
    }

    /** {@code system}, {@code user}, {@code assistant} or {@code tool}. */
    public String role() {
        return role;
    }

    /** The text. */
    public String content() {
        return content;
    }

    /** The images shown with the text. */
    public List<String> imageUrls() {
        return imageUrls;
    }

    /** The tools the model wanted called. */
    public List<ToolCall> toolCalls() {
        return toolCalls;
    }

    /** The call a tool's result belongs to. */
    public Optional<String> toolCallId() {
        return Optional.ofNullable(toolCallId);
    }
}
