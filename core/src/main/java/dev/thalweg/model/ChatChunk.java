package dev.thalweg.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One frame of a streamed answer: its events in the vocabulary of every provider, and its JSON as it came. Every other
 * accessor derives from these two. Immutable.
 */
public final class ChatChunk {
    private final String id;
    private final String model;
    private final List<StreamEvent> events;
    private final RawJson raw;

    private ChatChunk(Builder builder) {
        this.id = builder.id;
        this.model = builder.model;
        this.events = builder.events;
        this.raw = builder.raw;
    }

    /** A builder of the chunk of this frame; what is not set is empty. */
    public static Builder builder(RawJson raw) {
        return new Builder(raw);
    }

    /** The answer's id; empty where this frame has none. */
    public String id() {
        return id;
    }

    /** The model that answers; empty where this frame has none. */
    public String model() {
        return model;
    }

    /** What happened in this frame, in order. */
    public List<StreamEvent> events() {
        return events;
    }

    /** The choices this frame adds to, by index. */
    public List<ChunkChoice> choices() {
        Map<Integer, Delta.Builder> deltas = new TreeMap<>();
        Map<Integer, FinishReason> reasons = new TreeMap<>();
        for (StreamEvent event : events) {
            int choice = event.choice();
            if (choice < 0) {
                continue;
            }
            deltas.computeIfAbsent(choice, c -> new Delta.Builder()).add(event);
            if (event instanceof StreamEvent.Finished finished) {
                reasons.put(choice, finished.reason());
            }
        }
        List<ChunkChoice> choices = new ArrayList<>(deltas.size());
        deltas.forEach((index, delta) -> choices.add(new ChunkChoice(index, delta.build(), reasons.get(index))));
        return choices;
    }

    /** The text of the first choice in this frame; empty where there is none, never null. */
    public String content() {
        return joined(event -> event instanceof StreamEvent.TextDelta delta ? delta.text() : "");
    }

    /** The reasoning of the first choice in this frame; empty where there is none, never null. */
    public String reasoning() {
        return joined(event -> event instanceof StreamEvent.ReasoningDelta delta ? delta.text() : "");
    }

    private String joined(Function<StreamEvent, String> piece) {
        String text = "";
        for (StreamEvent event : events) {
            if (event.choice() == 0) {
                text = text.concat(piece.apply(event)); // Nearly always the only one: concat then copies nothing.
            }
        }
        return text;
    }

    /** Why choices ended in this frame; empty in all but the last frames. */
    public List<FinishReason> finishReasons() {
        return events.stream()
                .filter(StreamEvent.Finished.class::isInstance)
                .map(event -> ((StreamEvent.Finished) event).reason())
                .toList();
    }

    /** Token counts, in the frame that carries them. */
    public Optional<Usage> usage() {
        @Nullable Usage last = null;
        for (StreamEvent event : events) {
            if (event instanceof StreamEvent.UsageReported reported) {
                last = reported.usage();
            }
        }
        return Optional.ofNullable(last);
    }

    /** Tokens of the prompt, in the frame that carries usage. */
    public OptionalLong inputTokens() {
        return usage().map(u -> OptionalLong.of(u.inputTokens())).orElseGet(OptionalLong::empty);
    }

    /** Tokens of the answer, in the frame that carries usage. */
    public OptionalLong outputTokens() {
        return usage().map(u -> OptionalLong.of(u.outputTokens())).orElseGet(OptionalLong::empty);
    }

    /** The provider's frame, untouched. */
    public RawJson raw() {
        return raw;
    }

    /**
     * The provider's frame as a value of this class: a type of {@code thalweg-provider-types}, a record of your own, a
     * {@code Map}.
     *
     * @throws IllegalArgumentException when it does not fit
     */
    public <T> T raw(Class<T> type) {
        return raw.as(type);
    }

    /** The frame as JSON text. */
    public String toJson() {
        return raw.text();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("ChatChunk[id=" + id + ", model=" + model);
        choices().forEach(choice -> text.append(", ").append(choice));
        usage().ifPresent(usage -> text.append(", ").append(usage));
        return text.append(']').toString();
    }

    /** Collects a chunk. Not thread-safe. */
    public static final class Builder {
        private final RawJson raw;
        private String id = "";
        private String model = "";
        private List<StreamEvent> events = List.of();

        private Builder(RawJson raw) {
            this.raw = raw;
        }

        /** Sets the answer's id. */
        public Builder id(String value) {
            id = value;
            return this;
        }

        /** Sets the model's name as the provider gives it. */
        public Builder model(String value) {
            model = value;
            return this;
        }

        /** Sets what happened in the frame, in order. */
        public Builder events(List<StreamEvent> value) {
            events = List.copyOf(value);
            return this;
        }

        /** The chunk as set so far. */
        public ChatChunk build() {
            return new ChatChunk(this);
        }
    }
}
