package dev.thalweg.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One whole answer among the {@code n} asked for. Immutable. */
public final class ChatChoice {
    /** OpenRouter's spelling of reasoning, which only its own spelling keeps whole. */
    private static final String REASONING_DETAILS = "reasoning_details";

    /** What providers make beside text and calls and want back, each in its own spelling. Other fields they refuse. */
    private static final Set<String> GO_BACK =
            Set.of(REASONING_DETAILS, "content_blocks", "bedrock_content_blocks", "google_parts");

    private final Builder values;

    private ChatChoice(Builder values) {
        this.values = values;
    }

    /** A builder of the choice of this index; what is not set is empty. */
    public static Builder builder(int index) {
        return new Builder(index);
    }

    /** A builder that holds these values. */
    public Builder toBuilder() {
        return values.copy();
    }

    /** The index among the {@code n} answers asked for. */
    public int index() {
        return values.index;
    }

    /** The text; empty where the model only called tools or refused. */
    public String content() {
        return values.content;
    }

    /** What the model showed of its reasoning; empty where it showed none. */
    public String reasoning() {
        return values.reasoning;
    }

    /**
     * The reasoning in its blocks, in order, where the provider signs or encrypts any of them: they go back to it
     * unchanged with the next turn. Empty where {@link #reasoning()} says all there is.
     */
    public List<ReasoningBlock> reasoningBlocks() {
        return values.reasoningBlocks;
    }

    /** The words of a refusal; empty where there is none. */
    public String refusal() {
        return values.refusal;
    }

    /** The tools the model wants called, in its order. */
    public List<ToolCall> toolCalls() {
        return values.toolCalls;
    }

    /** What the text cites, in the provider's JSON. */
    public List<RawJson> annotations() {
        return values.annotations;
    }

    /** The images the model made, in the provider's JSON. */
    public List<RawJson> images() {
        return values.images;
    }

    /** What the model said aloud. */
    public Optional<Audio> audio() {
        return Optional.ofNullable(values.audio);
    }

    /** How probable the tokens were, in the provider's JSON; only where it was asked for. */
    public Optional<RawJson> logprobs() {
        return Optional.ofNullable(values.logprobs);
    }

    /** Further fields of the provider's message, by name. */
    public Map<String, RawJson> messageExtra() {
        return values.messageExtra;
    }

    /** Further fields of the provider's choice beside its message, by name. */
    public Map<String, RawJson> extra() {
        return values.extra;
    }

    /**
     * The same as a message of the conversation, for the next turn: with the tool calls, with the reasoning, and with what its
     * provider made beside these and wants back. Images and sound that the model made stay behind.
     */
    public Message message() {
        List<Part> parts = new ArrayList<>();
        boolean spelled = messageExtra().containsKey(REASONING_DETAILS);
        if (!spelled) {
            reasoningBlocks().forEach(block -> parts.add(new Part.Reasoning(block)));
        }
        if (!content().isEmpty() || (refusal().isEmpty() && toolCalls().isEmpty())) {
            parts.add(new Part.Text(content()));
        }
        if (!refusal().isEmpty()) {
            parts.add(new Part.Refusal(refusal()));
        }
        toolCalls().forEach(call -> parts.add(new Part.Call(call)));
        Map<String, RawJson> back = new LinkedHashMap<>(messageExtra());
        back.keySet().retainAll(GO_BACK);
        return Message.of("assistant", parts).withExtra(back);
    }

    /** Why it ended; empty as long as it has not, in an answer so far or one that broke. */
    public Optional<FinishReason> finishReason() {
        return Optional.ofNullable(values.finishReason);
    }

    @Override
    public String toString() {
        String said = !content().isEmpty() ? content() : !refusal().isEmpty() ? "refusal: " + refusal() : "";
        return "ChatChoice[" + index() + ", "
                + finishReason().map(FinishReason::raw).orElse("unfinished")
                + (said.isEmpty() ? "" : ": " + said)
                + (toolCalls().isEmpty() ? "" : ", calls " + toolCalls()) + "]";
    }

    /** Collects a choice. Not thread-safe. */
    public static final class Builder {
        private final int index;
        private String content = "";
        private String reasoning = "";
        private List<ReasoningBlock> reasoningBlocks = List.of();
        private String refusal = "";
        private List<ToolCall> toolCalls = List.of();
        private List<RawJson> annotations = List.of();
        private List<RawJson> images = List.of();
        private @Nullable Audio audio;
        private @Nullable RawJson logprobs;
        private Map<String, RawJson> messageExtra = Map.of();
        private Map<String, RawJson> extra = Map.of();
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

        /** Sets the reasoning's signed and encrypted blocks. */
        public Builder reasoningBlocks(List<ReasoningBlock> value) {
            reasoningBlocks = List.copyOf(value);
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

        /** Sets what the text cites. */
        public Builder annotations(List<RawJson> value) {
            annotations = List.copyOf(value);
            return this;
        }

        /** Sets the images the model made. */
        public Builder images(List<RawJson> value) {
            images = List.copyOf(value);
            return this;
        }

        /** Sets what the model said aloud. */
        public Builder audio(@Nullable Audio value) {
            audio = value;
            return this;
        }

        /** Sets how probable the tokens were. */
        public Builder logprobs(@Nullable RawJson value) {
            logprobs = value;
            return this;
        }

        /** Sets further fields of the message. */
        public Builder messageExtra(Map<String, RawJson> value) {
            messageExtra = Collections.unmodifiableMap(new LinkedHashMap<>(value));
            return this;
        }

        /** Sets further fields beside the message. */
        public Builder extra(Map<String, RawJson> value) {
            extra = Collections.unmodifiableMap(new LinkedHashMap<>(value));
            return this;
        }

        /** Sets why it ended. */
        public Builder finishReason(@Nullable FinishReason value) {
            finishReason = value;
            return this;
        }

        /** The choice as set so far. */
        public ChatChoice build() {
            return new ChatChoice(copy());
        }

        private Builder copy() {
            Builder copy = new Builder(index);
            copy.content = content;
            copy.reasoning = reasoning;
            copy.reasoningBlocks = reasoningBlocks;
            copy.refusal = refusal;
            copy.toolCalls = toolCalls;
            copy.annotations = annotations;
            copy.images = images;
            copy.audio = audio;
            copy.logprobs = logprobs;
            copy.messageExtra = messageExtra;
            copy.extra = extra;
            copy.finishReason = finishReason;
            return copy;
        }
    }
}
