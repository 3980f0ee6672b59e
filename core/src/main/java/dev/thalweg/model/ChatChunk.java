package dev.thalweg.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
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

    /**
     * A chunk of these events.
     *
     * @param id the answer's id, empty where the frame has none
     * @param model the model's name as the provider gives it, empty where the frame has none
     */
    public ChatChunk(String id, String model, List<StreamEvent> events, RawJson raw) {
        this.id = id;
        this.model = model;
        this.events = List.copyOf(events);
        this.raw = raw;
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
            int choice = choiceOf(event);
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

    private static int choiceOf(StreamEvent event) {
        return switch (event) {
            case StreamEvent.MessageStart e -> e.choice();
            case StreamEvent.TextStart e -> e.choice();
            case StreamEvent.TextDelta e -> e.choice();
            case StreamEvent.TextEnd e -> e.choice();
            case StreamEvent.ReasoningStart e -> e.choice();
            case StreamEvent.ReasoningDelta e -> e.choice();
            case StreamEvent.ReasoningEnd e -> e.choice();
            case StreamEvent.RefusalDelta e -> e.choice();
            case StreamEvent.ToolCallStart e -> e.choice();
            case StreamEvent.ToolCallDelta e -> e.choice();
            case StreamEvent.ToolCallEnd e -> e.choice();
            case StreamEvent.Finished e -> e.choice();
            default -> -1;
        };
    }

    /** The text of the first choice in this frame; empty where there is none, never null. */
    public String content() {
        StringBuilder text = null;
        String only = "";
        for (StreamEvent event : events) {
            if (event instanceof StreamEvent.TextDelta delta && delta.choice() == 0) {
                if (only.isEmpty()) {
                    only = delta.text();
                } else {
                    text = text == null ? new StringBuilder(only) : text;
                    text.append(delta.text());
                }
            }
        }
        return text == null ? only : text.toString();
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

    /** The frame as JSON text. */
    public String toJson() {
        return raw.text();
    }

    @Override
    public String toString() {
        return "ChatChunk" + raw;
    }
}
