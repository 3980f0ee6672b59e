package dev.thalweg.model;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A whole answer, from a unary call or put together from a stream: both come out the same, but for {@link #raw()}.
 * Immutable.
 */
public final class ChatResponse {
    private final String id;
    private final String model;
    private final @Nullable Instant created;
    private final List<ChatChoice> choices;
    private final @Nullable Usage usage;
    private final Map<String, RawJson> extra;
    private final List<String> warnings;
    private final @Nullable RawJson raw;
    private final List<Attempt> attempts;
    private final @Nullable ChatRequest request;

    private ChatResponse(Builder builder) {
        this.id = builder.id;
        this.model = builder.model;
        this.created = builder.created;
        this.choices = builder.choices;
        this.usage = builder.usage;
        this.extra = builder.extra;
        this.warnings = builder.warnings;
        this.raw = builder.raw;
        this.attempts = builder.attempts;
        this.request = builder.request;
    }

    /** A builder that holds these values. */
    public Builder toBuilder() {
        return builder()
                .id(id)
                .model(model)
                .created(created)
                .choices(choices)
                .usage(usage)
                .extra(extra)
                .warnings(warnings)
                .raw(raw)
                .attempts(attempts)
                .request(request);
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

    /** When the answer was begun, by the provider's clock, to the second. */
    public Optional<Instant> created() {
        return Optional.ofNullable(created);
    }

    /** All choices, by index. */
    public List<ChatChoice> choices() {
        return choices;
    }

    /** The text of the first choice; empty where there is none. */
    public String content() {
        return choices.isEmpty() ? "" : choices.get(0).content();
    }

    /** What the first choice showed of its reasoning; empty where it showed none. */
    public String reasoning() {
        return choices.isEmpty() ? "" : choices.get(0).reasoning();
    }

    /** The words of the first choice's refusal; empty where there is none. */
    public String refusal() {
        return choices.isEmpty() ? "" : choices.get(0).refusal();
    }

    /** Why the first choice ended; empty as long as it has not. */
    public Optional<FinishReason> finishReason() {
        return choices.isEmpty() ? Optional.empty() : choices.get(0).finishReason();
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

    /** Token counts: the provider's last ones, or estimates where it gave none ({@link Usage#estimated()}). */
    public Optional<Usage> usage() {
        return Optional.ofNullable(usage);
    }

    /** Further fields of the provider's answer, by name: {@code system_fingerprint}, {@code citations}. */
    public Map<String, RawJson> extra() {
        return extra;
    }

    /** What was unusual and did not stop the call, for people. */
    public List<String> warnings() {
        return warnings;
    }

    /**
     * The provider's whole body, untouched. Empty for an answer that came as a stream, whose chunks have it frame by frame
     * in {@link ChatChunk#raw()}.
     */
    public Optional<RawJson> raw() {
        return Optional.ofNullable(raw);
    }

    /**
     * The provider's body as a value of this class: a type of {@code thalweg-provider-types}, a record of your own, a
     * {@code Map}. Empty where {@link #raw()} is.
     *
     * @throws IllegalArgumentException when it does not fit
     */
    public <T> Optional<T> raw(Class<T> type) {
        return raw().map(json -> json.as(type));
    }

    /**
     * The attempts that were made for it, in their order; the last one gave it. Of a stream, those that have ended. Empty
     * for an answer that did not come of a call.
     */
    public List<Attempt> attempts() {
        return attempts;
    }

    /** The first choice as a message of the conversation, see {@link ChatChoice#message()}. */
    public Message message() {
        return choices.isEmpty() ? Message.assistant("") : choices.get(0).message();
    }

    /**
     * The next request of the conversation, with what the user says now: the question's model, settings, tools and messages,
     * this answer with the reasoning that its provider wants back, and the text.
     *
     * @throws IllegalStateException when the answer does not know its question, because it did not come of a call
     */
    public ChatRequest reply(String text) {
        return reply(List.of(Message.user(text)));
    }

    /**
     * The same with these messages: the results of the tools that were called, for example.
     *
     * @throws IllegalStateException when the answer does not know its question, because it did not come of a call
     */
    public ChatRequest reply(List<Message> messages) {
        if (request == null) {
            throw new IllegalStateException("This answer does not know its question, because it did not come of a call:"
                    + " build the next request from the question and message().");
        }
        return request.toBuilder().message(message()).messages(messages).build();
    }

    /**
     * The answer as JSON text: a {@code chat.completion} as OpenAI spells it, whatever the provider's spelling, the same
     * for a streamed and a unary answer. A choice that has not ended has the finish reason null.
     */
    public String toJson() {
        return ResponseJson.write(this);
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
        private @Nullable Instant created;
        private Map<String, RawJson> extra = Map.of();
        private List<ChatChoice> choices = List.of();
        private @Nullable Usage usage;
        private List<String> warnings = List.of();
        private @Nullable RawJson raw;
        private List<Attempt> attempts = List.of();
        private @Nullable ChatRequest request;

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

        /** Sets when the answer was begun. */
        public Builder created(@Nullable Instant value) {
            created = value;
            return this;
        }

        /** Sets further fields of the answer. */
        public Builder extra(Map<String, RawJson> value) {
            extra = Collections.unmodifiableMap(new LinkedHashMap<>(value));
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

        /** Sets the attempts that were made for it. */
        public Builder attempts(List<Attempt> value) {
            attempts = List.copyOf(value);
            return this;
        }

        /** Sets the question, for {@link #reply(String)}. */
        public Builder request(@Nullable ChatRequest value) {
            request = value;
            return this;
        }

        /** The answer as set so far. */
        public ChatResponse build() {
            return new ChatResponse(this);
        }
    }
}
