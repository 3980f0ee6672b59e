package dev.thalweg.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One message of a conversation: who speaks, and what, in parts. Immutable. */
public final class Message {
    private final String role;
    private final List<Part> parts;
    private final Map<String, RawJson> extra;

    private Message(String role, List<Part> parts, Map<String, RawJson> extra) {
        this.role = role;
        this.parts = List.copyOf(parts);
        this.extra = extra;
    }

    /** A message of this role, with these parts: {@code system}, {@code developer}, {@code user}, {@code assistant}, {@code tool}. */
    public static Message of(String role, List<? extends Part> parts) {
        return new Message(role, List.copyOf(parts), Map.of());
    }

    /** How the model should behave. */
    public static Message system(String text) {
        return of("system", List.of(new Part.Text(text)));
    }

    /** What the user says. */
    public static Message user(String text) {
        return of("user", List.of(new Part.Text(text)));
    }

    /** What the user says and shows; an image is an {@code https:} or {@code data:} URL. */
    public static Message user(String text, List<String> imageUrls) {
        List<Part> parts = new ArrayList<>();
        parts.add(new Part.Text(text));
        imageUrls.forEach(url -> parts.add(new Part.Image(url)));
        return of("user", parts);
    }

    /** What the user says and shows, in parts. */
    public static Message user(Part... parts) {
        return of("user", List.of(parts));
    }

    /** What the model said earlier. */
    public static Message assistant(String text) {
        return of("assistant", List.of(new Part.Text(text)));
    }

    /** What the model said and the tools it wanted called, earlier. */
    public static Message assistant(String text, List<ToolCall> toolCalls) {
        List<Part> parts = new ArrayList<>();
        if (!text.isEmpty() || toolCalls.isEmpty()) {
            parts.add(new Part.Text(text));
        }
        toolCalls.forEach(call -> parts.add(new Part.Call(call)));
        return of("assistant", parts);
    }

    /** What a tool gave back for the call of this id. */
    public static Message tool(String toolCallId, String result) {
        return tool(toolCallId, result, false);
    }

    /** What a tool gave back for the call of this id, or how it failed. */
    public static Message tool(String toolCallId, String result, boolean error) {
        return of("tool", List.of(new Part.ToolResult(toolCallId, List.of(new Part.Text(result)), error, Map.of())));
    }

    /** The same message with these further fields of the provider's, by name: {@code name} for example. */
    public Message withExtra(Map<String, RawJson> fields) {
        return new Message(role, parts, Collections.unmodifiableMap(new LinkedHashMap<>(fields)));
    }

    /** {@code system}, {@code developer}, {@code user}, {@code assistant} or {@code tool}. */
    public String role() {
        return role;
    }

    /** What it consists of, in order. */
    public List<Part> parts() {
        return parts;
    }

    /** Further fields of the provider's, by name. */
    public Map<String, RawJson> extra() {
        return extra;
    }

    /** All of its text; of a tool's message the text of the result. */
    public String content() {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            if (part instanceof Part.Text one) {
                text.append(one.text());
            } else if (part instanceof Part.ToolResult result) {
                text.append(result.text());
            }
        }
        return text.toString();
    }

    /** The URLs of the images shown with the text. */
    public List<String> imageUrls() {
        return parts.stream()
                .filter(Part.Image.class::isInstance)
                .map(part -> ((Part.Image) part).source().url())
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
    }

    /** The tools the model wanted called. */
    public List<ToolCall> toolCalls() {
        return parts.stream()
                .filter(Part.Call.class::isInstance)
                .map(part -> ((Part.Call) part).call())
                .toList();
    }

    /** The call a tool's result belongs to; of several results the first one's. */
    public Optional<String> toolCallId() {
        return parts.stream()
                .filter(Part.ToolResult.class::isInstance)
                .map(part -> ((Part.ToolResult) part).callId())
                .findFirst();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Message that
                && role.equals(that.role)
                && parts.equals(that.parts)
                && extra.equals(that.extra);
    }

    @Override
    public int hashCode() {
        return Objects.hash(role, parts, extra);
    }

    /** Who speaks, and how many parts: never what. */
    @Override
    public String toString() {
        return "Message[" + role + ", " + parts.size() + " parts]";
    }
}
