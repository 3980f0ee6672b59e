package dev.thalweg.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A question to a model. Immutable; {@link #toBuilder()} derives a changed one. */
public final class ChatRequest {
    private final Builder values;

    private ChatRequest(Builder values) {
        this.values = values;
    }

    /** A request to this model, named {@code provider/model}. */
    public static Builder builder(String model) {
        return new Builder(model);
    }

    /** A request to this model with one user message. */
    public static ChatRequest of(String model, String prompt) {
        return builder(model).user(prompt).build();
    }

    /** A builder that holds these values. */
    public Builder toBuilder() {
        return values.copy();
    }

    /** The model, named {@code provider/model}. */
    public String model() {
        return values.model;
    }

    /** The conversation so far. */
    public List<Message> messages() {
        return Collections.unmodifiableList(values.messages);
    }

    /** How freely the model chooses words, 0 to 2. */
    public OptionalDouble temperature() {
        return values.temperature == null ? OptionalDouble.empty() : OptionalDouble.of(values.temperature);
    }

    /** The limit of the answer, in tokens. */
    public OptionalInt maxOutputTokens() {
        return values.maxOutputTokens == null ? OptionalInt.empty() : OptionalInt.of(values.maxOutputTokens);
    }

    /** Of the likeliest words only those that together have this probability are chosen from, 0 to 1. */
    public OptionalDouble topP() {
        return values.topP == null ? OptionalDouble.empty() : OptionalDouble.of(values.topP);
    }

    /** Of the likeliest words only so many are chosen from. */
    public OptionalInt topK() {
        return values.topK == null ? OptionalInt.empty() : OptionalInt.of(values.topK);
    }

    /** Texts at which the answer ends. */
    public List<String> stop() {
        return Collections.unmodifiableList(values.stop);
    }

    /** Equal seeds make equal answers likelier. */
    public OptionalLong seed() {
        return values.seed == null ? OptionalLong.empty() : OptionalLong.of(values.seed);
    }

    /** How much words that came often are avoided, -2 to 2. */
    public OptionalDouble frequencyPenalty() {
        return values.frequencyPenalty == null ? OptionalDouble.empty() : OptionalDouble.of(values.frequencyPenalty);
    }

    /** How much words that came at all are avoided, -2 to 2. */
    public OptionalDouble presencePenalty() {
        return values.presencePenalty == null ? OptionalDouble.empty() : OptionalDouble.of(values.presencePenalty);
    }

    /** How many alternatives of each token come with their probability; 0: the token's alone. Empty: none at all. */
    public OptionalInt logprobs() {
        return values.logprobs == null ? OptionalInt.empty() : OptionalInt.of(values.logprobs);
    }

    /** Whether the model has to call a tool. */
    public Optional<ToolChoice> toolChoice() {
        return Optional.ofNullable(values.toolChoice);
    }

    /** Whether it may call several tools at once. */
    public Optional<Boolean> parallelToolCalls() {
        return Optional.ofNullable(values.parallelToolCalls);
    }

    /** What shape the answer must have. */
    public Optional<ResponseFormat> responseFormat() {
        return Optional.ofNullable(values.responseFormat);
    }

    /** How much the model should think. */
    public Optional<ReasoningOptions> reasoning() {
        return Optional.ofNullable(values.reasoning);
    }

    /** How many answers are wanted. */
    public OptionalInt choices() {
        return values.choices == null ? OptionalInt.empty() : OptionalInt.of(values.choices);
    }

    /** The tools the model may want called. */
    public List<ToolSpec> tools() {
        return Collections.unmodifiableList(values.tools);
    }

    /** The caller's user, for the provider's abuse detection. */
    public Optional<String> endUser() {
        return Optional.ofNullable(values.user);
    }

    /** Further fields of the provider's request, sent as they are. */
    public Map<String, RawJson> extra() {
        return Collections.unmodifiableMap(values.extra);
    }

    /** Collects a request. Not thread-safe. */
    public static final class Builder {
        private String model;
        private final List<Message> messages = new ArrayList<>();
        private @Nullable Double temperature;
        private @Nullable Integer maxOutputTokens;
        private @Nullable Integer choices;
        private @Nullable Double topP;
        private @Nullable Integer topK;
        private List<String> stop = List.of();
        private @Nullable Long seed;
        private @Nullable Double frequencyPenalty;
        private @Nullable Double presencePenalty;
        private @Nullable Integer logprobs;
        private @Nullable ToolChoice toolChoice;
        private @Nullable Boolean parallelToolCalls;
        private @Nullable ResponseFormat responseFormat;
        private @Nullable ReasoningOptions reasoning;
        private final List<ToolSpec> tools = new ArrayList<>();
        private @Nullable String user;
        private final Map<String, RawJson> extra = new LinkedHashMap<>();

        private Builder(String model) {
            this.model = model;
        }

        private Builder copy() {
            Builder copy = new Builder(model);
            copy.messages.addAll(messages);
            copy.temperature = temperature;
            copy.maxOutputTokens = maxOutputTokens;
            copy.choices = choices;
            copy.topP = topP;
            copy.topK = topK;
            copy.stop = stop;
            copy.seed = seed;
            copy.frequencyPenalty = frequencyPenalty;
            copy.presencePenalty = presencePenalty;
            copy.logprobs = logprobs;
            copy.toolChoice = toolChoice;
            copy.parallelToolCalls = parallelToolCalls;
            copy.responseFormat = responseFormat;
            copy.reasoning = reasoning;
            copy.tools.addAll(tools);
            copy.user = user;
            copy.extra.putAll(extra);
            return copy;
        }

        /** Sets the model. */
        public Builder model(String value) {
            model = value;
            return this;
        }

        /** Adds a system message. */
        public Builder system(String text) {
            return message(Message.system(text));
        }

        /** Adds a user message. */
        public Builder user(String text) {
            return message(Message.user(text));
        }

        /** Adds a message. */
        public Builder message(Message message) {
            messages.add(message);
            return this;
        }

        /** Adds messages. */
        public Builder messages(List<Message> more) {
            messages.addAll(more);
            return this;
        }

        /**
         * Sets how freely the model chooses words, 0 to 2.
         *
         * @throws IllegalArgumentException for NaN and infinities, which JSON cannot carry
         */
        public Builder temperature(double value) {
            temperature = finite("A temperature is a number, usually 0 to 2", value);
            return this;
        }

        /** Sets the probability of the words that are chosen from, 0 to 1. */
        public Builder topP(double value) {
            topP = finite("topP is a number from 0 to 1", value);
            return this;
        }

        /** Sets how many words are chosen from. */
        public Builder topK(int value) {
            topK = value;
            return this;
        }

        /** Sets texts at which the answer ends. */
        public Builder stop(List<String> values) {
            stop = List.copyOf(values);
            return this;
        }

        /** Sets the seed. */
        public Builder seed(long value) {
            seed = value;
            return this;
        }

        /** Sets how much words that came often are avoided, -2 to 2. */
        public Builder frequencyPenalty(double value) {
            frequencyPenalty = finite("A penalty is a number, usually -2 to 2", value);
            return this;
        }

        /** Sets how much words that came at all are avoided, -2 to 2. */
        public Builder presencePenalty(double value) {
            presencePenalty = finite("A penalty is a number, usually -2 to 2", value);
            return this;
        }

        /** Asks for the tokens' probabilities, and for those of so many alternatives. */
        public Builder logprobs(int alternatives) {
            logprobs = alternatives;
            return this;
        }

        /** Sets whether the model has to call a tool. */
        public Builder toolChoice(ToolChoice value) {
            toolChoice = value;
            return this;
        }

        /** Sets whether the model may call several tools at once. */
        public Builder parallelToolCalls(boolean value) {
            parallelToolCalls = value;
            return this;
        }

        /** Sets what shape the answer must have. */
        public Builder responseFormat(ResponseFormat value) {
            responseFormat = value;
            return this;
        }

        /** Sets how much the model should think. */
        public Builder reasoning(ReasoningOptions value) {
            reasoning = value;
            return this;
        }

        private static double finite(String what, double value) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException(what + ", not " + value + ".");
            }
            return value;
        }

        /** Sets the limit of the answer, in tokens. */
        public Builder maxOutputTokens(int value) {
            maxOutputTokens = value;
            return this;
        }

        /** Sets how many answers are wanted ({@code n}). */
        public Builder choices(int value) {
            choices = value;
            return this;
        }

        /** Adds a tool. */
        public Builder tool(ToolSpec tool) {
            tools.add(tool);
            return this;
        }

        /** Sets the caller's user, for the provider's abuse detection. */
        public Builder endUser(String value) {
            user = value;
            return this;
        }

        /**
         * Adds a field of the provider's request, as JSON text: {@code extra("seed", "7")}, and {@code
         * extra("service_tier", "\"flex\"")} for a string.
         *
         * @throws IllegalArgumentException when the text is not one JSON value, or for {@code model}, {@code messages} and
         *     {@code stream}, which have methods of their own
         */
        public Builder extra(String name, String json) {
            if (name.equals("model") || name.equals("messages") || name.equals("stream")) {
                throw new IllegalArgumentException(
                        "extra(\"" + name + "\", …) cannot be: set the model and the messages"
                                + " with the builder's own methods, and choose stream or complete when you ask.");
            }
            extra.put(name, RawJson.checked(json, "extra(\"" + name + "\", …)"));
            return this;
        }

        /** Takes a field of the provider's request out again, if it is there. */
        public Builder removeExtra(String name) {
            extra.remove(name);
            return this;
        }

        /**
         * The request as set so far.
         *
         * @throws IllegalStateException when no message was added
         */
        public ChatRequest build() {
            if (messages.isEmpty()) {
                throw new IllegalStateException("A request needs at least one message: call user(\"…\") first.");
            }
            return new ChatRequest(copy());
        }
    }
}
