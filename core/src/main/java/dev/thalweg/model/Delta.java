package dev.thalweg.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one chunk adds to one choice. Immutable. */
public final class Delta {
    private final @Nullable String role;
    private final String content;
    private final String reasoning;
    private final String refusal;
    private final List<ToolCallDelta> toolCalls;

    private Delta(Builder builder) {
        this.role = builder.role;
        this.content = builder.content.toString();
        this.reasoning = builder.reasoning.toString();
        this.refusal = builder.refusal.toString();
        this.toolCalls = builder.calls.stream().map(Builder.Call::delta).toList();
    }

    /** The role, usually in the first chunk only. */
    public Optional<String> role() {
        return Optional.ofNullable(role);
    }

    /** The next piece of text; empty where the chunk has none. */
    public String content() {
        return content;
    }

    /** The next piece of reasoning; empty where the chunk has none. */
    public String reasoning() {
        return reasoning;
    }

    /** The next piece of a refusal; empty where the chunk has none. */
    public String refusal() {
        return refusal;
    }

    /** The tool calls that grow. */
    public List<ToolCallDelta> toolCalls() {
        return toolCalls;
    }

    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        if (!content.isEmpty()) {
            parts.add('"' + content + '"');
        }
        if (!reasoning.isEmpty()) {
            parts.add("reasoning \"" + reasoning + '"');
        }
        if (!refusal.isEmpty()) {
            parts.add("refusal \"" + refusal + '"');
        }
        toolCalls.forEach(call -> parts.add("call " + call));
        return parts.isEmpty() ? "\"\"" : String.join(", ", parts);
    }

    static final class Builder {
        private @Nullable String role;
        private final StringBuilder content = new StringBuilder();
        private final StringBuilder reasoning = new StringBuilder();
        private final StringBuilder refusal = new StringBuilder();
        private final List<Call> calls = new ArrayList<>();

        void add(StreamEvent event) {
            switch (event) {
                case StreamEvent.MessageStart e -> role = e.role();
                case StreamEvent.TextDelta e -> content.append(e.text());
                case StreamEvent.ReasoningDelta e -> reasoning.append(e.text());
                case StreamEvent.RefusalDelta e -> refusal.append(e.text());
                case StreamEvent.ToolCallStart e ->
                    calls.add(new Call(e.part(), e.id(), e.name(), new StringBuilder()));
                case StreamEvent.ToolCallDelta e -> call(e.part()).arguments().append(e.arguments());
                default -> {}
            }
        }

        /** A start and its first arguments usually come in one chunk: they are one delta then. */
        private Call call(int part) {
            if (calls.isEmpty() || calls.get(calls.size() - 1).part() != part) {
                calls.add(new Call(part, null, null, new StringBuilder()));
            }
            return calls.get(calls.size() - 1);
        }

        private record Call(
                int part, @Nullable String id, @Nullable String name, StringBuilder arguments) {
            ToolCallDelta delta() {
                return new ToolCallDelta(part, id, name, arguments.toString());
            }
        }

        Delta build() {
            return new Delta(this);
        }
    }
}
