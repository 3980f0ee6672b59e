package dev.thalweg.model;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One whole answer among the {@code n} asked for. Immutable. */
public final class ChatChoice {
    private final int index;
    private final String content;
    private final String reasoning;
    private final String refusal;
    private final List<ToolCall> toolCalls;
    private final @Nullable FinishReason finishReason;

    private ChatChoice(Builder builder) {
        this.index = builder.index;
        this.content = builder.content;
        this.reasoning = builder.reasoning;
        this.refusal = builder.refusal;
        this.toolCalls = builder.toolCalls;
        this.finishReason = builder.finishReason;
    }

    /** A builder of the choice of this index; what is not set is empty. */
    public static Builder builder(int index) {
        return new Builder(index);
    }

    /** The index among the {@code n} answers asked for. */
    public int index() {
        return index;
    }

    /** The text; empty where the model only called tools or refused. */
    public String content() {
        return content;
    }

    /** What the model showed of its reasoning; empty where it showed none. */
    public String reasoning() {
        return reasoning;
    }

    /** The words of a refusal; empty where there is none. */
    public String refusal() {
        return refusal;
    }

    /** The tools the model wants called, in its order. */
    public List<ToolCall> toolCalls() {
        return toolCalls;
    }

    /** Why it ended; empty as long as it has not, in an answer so far or one that broke. */
    public Optional<FinishReason> finishReason() {
        return Optional.ofNullable(finishReason);
    }

    @Override
    public String toString() {
        return "ChatChoice[" + index + ", " + (finishReason == null ? "unfinished" : finishReason) + ": "
                + (content.isEmpty() ? toolCalls.toString() : content) + "]";
    }

    /** Collects a choice. Not thread-safe. */
    public static final class Builder {
        private final int index;
        private String content = "";
        private String reasoning = "";
        private String refusal = "";
        private List<ToolCall> toolCalls = List.of();
        private @Nullable FinishReason finishReason;

        private Builder(int index) {
            this.index = index;
        }

        /** Sets the text. */
        public Builder content(String value) {
            content = value;
            return this;
        }

        /** Sets what the model showed of its reasoning. */
        public Builder reasoning(String value) {
            reasoning = value;
            return this;
        }

        /** Sets the words of a refusal. */
        public Builder refusal(String value) {
            refusal = value;
            return this;
        }

        /** Sets the tools the model wants called. */
        public Builder toolCalls(List<ToolCall> value) {
            toolCalls = List.copyOf(value);
            return this;
        }

        /** Sets why it ended. */
        public Builder finishReason(@Nullable FinishReason value) {
            finishReason = value;
            return this;
        }

        /** The choice as set so far. */
        public ChatChoice build() {
            return new ChatChoice(this);
        }
    }
}
