package dev.thalweg.model;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A whole answer, from a unary call or put together from a stream: both come out the same, but for {@link #raw()}.
 * Immutable.
 */
public final class ChatResponse {
    private final String id;
    private final String model;
    private final List<ChatChoice> choices;
    private final @Nullable Usage usage;
    private final List<String> warnings;
    private final @Nullable RawJson raw;

    private ChatResponse(Builder builder) {
        this.id = builder.id;
        this.model = builder.model;
        this.choices = builder.choices;
        this.usage = builder.usage;
        this.warnings = builder.warnings;
        this.raw = builder.raw;
    }

    /** A builder of an answer; what is not set is empty. */
    public static Builder builder() {
        return new Builder();
    }

    /** The provider's id of the answer; empty where it gave none. */
    public String id() {
        return id;
    }

    /** The model that answered, in the provider's words. */
    public String model() {
        return model;
    }

    /** All choices, by index. */
    public List<ChatChoice> choices() {
        return choices;
    }

    /** The text of the first choice; empty where there is none. */
    public String content() {
        return choices.isEmpty() ? "" : choices.get(0).content();
    }

    /** The tool calls of the first choice. */
    public List<ToolCall> toolCalls() {
        return choices.isEmpty() ? List.of() : choices.get(0).toolCalls();
    }

    /** Why choices ended, by index; those that have not are left out. */
    public List<FinishReason> finishReasons() {
        return choices.stream()
                .map(ChatChoice::finishReason)
                .flatMap(Optional::stream)
                .toList();
    }

    /** Token counts, where the provider gave them. */
    public Optional<Usage> usage() {
        return Optional.ofNullable(usage);
    }

    /** What was unusual and did not stop the call, for people. */
    public List<String> warnings() {
        return warnings;
    }

    /**
     * The provider's whole body, untouched: what has no accessor here ({@code logprobs}, citations, {@code
     * system_fingerprint}) is in it. Empty for an answer that came as a stream, whose chunks have it frame by frame in
     * {@link ChatChunk#raw()}.
     */
    public Optional<RawJson> raw() {
        return Optional.ofNullable(raw);
    }

    @Override
    public String toString() {
        return "ChatResponse[id=" + id + ", model=" + model + ", choices=" + choices
                + (usage == null ? "" : ", " + usage) + "]";
    }

    /** Collects an answer. Not thread-safe. */
    public static final class Builder {
        private String id = "";
        private String model = "";
        private List<ChatChoice> choices = List.of();
        private @Nullable Usage usage;
        private List<String> warnings = List.of();
        private @Nullable RawJson raw;

        private Builder() {}

        /** Sets the provider's id of the answer. */
        public Builder id(String value) {
            id = value;
            return this;
        }

        /** Sets the model that answered. */
        public Builder model(String value) {
            model = value;
            return this;
        }

        /** Sets all choices, by index. */
        public Builder choices(List<ChatChoice> value) {
            choices = List.copyOf(value);
            return this;
        }

        /** Sets the token counts. */
        public Builder usage(@Nullable Usage value) {
            usage = value;
            return this;
        }

        /** Sets what was unusual. */
        public Builder warnings(List<String> value) {
            warnings = List.copyOf(value);
            return this;
        }

        /** Sets the provider's whole body. */
        public Builder raw(@Nullable RawJson value) {
            raw = value;
            return this;
        }

        /** The answer as set so far. */
        public ChatResponse build() {
            return new ChatResponse(this);
        }
    }
}
