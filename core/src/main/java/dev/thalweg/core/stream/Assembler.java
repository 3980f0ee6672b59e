package dev.thalweg.core.stream;

import dev.thalweg.model.ChatChoice;
import dev.thalweg.model.ChatChunk;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.model.FinishReason;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.StreamEvent;
import dev.thalweg.model.ToolCall;
import dev.thalweg.model.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Adds chunks up to the answer they are pieces of. A unary answer is one chunk to it, so that a streamed and a unary
 * call give the same. Not thread-safe.
 */
public final class Assembler {
    private final Map<Integer, Parts> choices = new TreeMap<>();
    private String id = "";
    private String model = "";
    private @Nullable Usage usage;
    private @Nullable RawJson raw;

    /** Adds the one chunk of an answer that came in one frame: the answer keeps its JSON. */
    public void addWhole(ChatChunk chunk) {
        raw = chunk.raw();
        add(chunk);
    }

    /** Adds the next chunk. */
    public void add(ChatChunk chunk) {
        if (id.isEmpty()) {
            id = chunk.id();
        }
        if (model.isEmpty()) {
            model = chunk.model();
        }
        chunk.events().forEach(this::add);
    }

    /** The answer so far: a choice that has not ended has no finish reason. */
    public ChatResponse soFar() {
        return response(null, List.of());
    }

    /** The whole answer. A provider that never gives a finish reason is taken to mean {@code stop}, with a warning. */
    public ChatResponse complete() {
        boolean unsaid = choices.values().stream().anyMatch(parts -> parts.finishReason == null);
        return response(
                FinishReason.of("stop"),
                unsaid ? List.of("The provider gave no finish reason; it is taken for \"stop\".") : List.of());
    }

    private ChatResponse response(@Nullable FinishReason unsaid, List<String> warnings) {
        List<ChatChoice> list = new ArrayList<>(choices.size());
        choices.forEach((index, parts) -> list.add(parts.choice(index, unsaid)));
        return ChatResponse.builder()
                .id(id)
                .model(model)
                .choices(list)
                .usage(usage)
                .warnings(warnings)
                .raw(raw)
                .build();
    }

    private void add(StreamEvent event) {
        switch (event) {
            case StreamEvent.MessageStart e -> parts(e.choice());
            case StreamEvent.TextDelta e -> parts(e.choice()).content.append(e.text());
            case StreamEvent.ReasoningDelta e -> parts(e.choice()).reasoning.append(e.text());
            case StreamEvent.RefusalDelta e -> parts(e.choice()).refusal.append(e.text());
            case StreamEvent.ToolCallStart e -> parts(e.choice()).call(e.part()).start(e.id(), e.name());
            case StreamEvent.ToolCallDelta e ->
                parts(e.choice()).call(e.part()).arguments.append(e.arguments());
            case StreamEvent.Finished e -> parts(e.choice()).finishReason = e.reason();
            case StreamEvent.UsageReported e -> usage = e.usage();
            default -> {}
        }
    }

    private Parts parts(int choice) {
        return choices.computeIfAbsent(choice, c -> new Parts());
    }

    private static final class Parts {
        final StringBuilder content = new StringBuilder();
        final StringBuilder reasoning = new StringBuilder();
        final StringBuilder refusal = new StringBuilder();
        final Map<Integer, Call> calls = new TreeMap<>();

        @Nullable
        FinishReason finishReason;

        Call call(int index) {
            return calls.computeIfAbsent(index, i -> new Call());
        }

        ChatChoice choice(int index, @Nullable FinishReason unsaid) {
            return ChatChoice.builder(index)
                    .content(content.toString())
                    .reasoning(reasoning.toString())
                    .refusal(refusal.toString())
                    .toolCalls(calls.values().stream().map(Call::toolCall).toList())
                    .finishReason(finishReason == null ? unsaid : finishReason)
                    .build();
        }
    }

    private static final class Call {
        final StringBuilder arguments = new StringBuilder();
        String id = "";
        String name = "";

        void start(@Nullable String newId, @Nullable String newName) {
            id = newId == null ? id : newId;
            name = newName == null ? name : newName;
        }

        ToolCall toolCall() {
            return new ToolCall(id, name, arguments.isEmpty() ? "{}" : arguments.toString());
        }
    }
}
