package dev.thalweg.core.stream;

import dev.thalweg.model.ChatChoice;
import dev.thalweg.model.ChatChunk;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.model.FinishReason;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.StreamEvent;
import dev.thalweg.model.StreamEvent.ExtraField;
import dev.thalweg.model.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Adds chunks up to the answer they are pieces of, and loses nothing. A unary answer is one chunk to it, so that a
 * streamed and a unary call give the same.
 *
 * <ul>
 *   <li>The first id that is not empty counts, and the last model (a router names itself first, then whom it chose).
 *   <li>Texts, arguments, audio and logprobs are joined; annotations and images collected; the last finish reason and the
 *       last usage count, usage is never added up.
 *   <li>Of fields without a word of their own, the last one counts where it belongs to the answer; lists of a choice, a
 *       message or a tool call are joined, and their objects merged.
 * </ul>
 *
 * <p>Not thread-safe.
 */
public final class Assembler {
    private final Map<Integer, ChoiceParts> choices = new TreeMap<>();
    private final Map<String, RawJson> extra = new LinkedHashMap<>();
    private String id = "";
    private String model = "";
    private @Nullable Usage usage;
    private @Nullable RawJson raw;

    /** The answer these chunks are pieces of, complete or not. */
    public static ChatResponse assemble(Iterable<ChatChunk> chunks) {
        Assembler assembler = new Assembler();
        chunks.forEach(assembler::add);
        return assembler.soFar();
    }

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
        if (!chunk.model().isEmpty()) {
            model = chunk.model();
        }
        chunk.events().forEach(this::add);
    }

    /** The provider's id of the answer; empty as long as none came. */
    public String id() {
        return id;
    }

    /** The model that answers; empty as long as it was not named. */
    public String model() {
        return model;
    }

    /** The last usage seen. */
    public @Nullable Usage usage() {
        return usage;
    }

    /** Why choices ended, by index; those that have not are left out. */
    public List<FinishReason> finishReasons() {
        List<FinishReason> reasons = new ArrayList<>(choices.size());
        choices.values().forEach(parts -> parts.finishReason().ifPresent(reasons::add));
        return List.copyOf(reasons);
    }

    /** The answer so far: a choice that has not ended has no finish reason. */
    public ChatResponse soFar() {
        return response(null, List.of());
    }

    /** The whole answer. A provider that never gives a finish reason is taken to mean {@code stop}, with a warning. */
    public ChatResponse complete() {
        boolean unsaid =
                choices.values().stream().anyMatch(parts -> parts.finishReason().isEmpty());
        return response(
                FinishReason.of("stop"),
                unsaid ? List.of("The provider gave no finish reason; it is taken for \"stop\".") : List.of());
    }

    private ChatResponse response(@Nullable FinishReason unsaid, List<String> warnings) {
        List<ChatChoice> list = new ArrayList<>(choices.size());
        choices.forEach((index, parts) -> list.add(parts.choice(index, unsaid)));
        Map<String, RawJson> fields = new LinkedHashMap<>(extra);
        Instant created = instant(fields.get("created"));
        if (created != null) {
            fields.remove("created");
        }
        return ChatResponse.builder()
                .id(id)
                .model(model)
                .created(created)
                .choices(list)
                .usage(usage)
                .extra(fields)
                .warnings(warnings)
                .raw(raw)
                .build();
    }

    private void add(StreamEvent event) {
        switch (event) {
            case StreamEvent.UsageReported e -> usage = e.usage();
            case StreamEvent.Restarted e -> restart();
            case ExtraField e when e.owner() == ExtraField.Owner.ANSWER -> extra.put(e.name(), e.value());
            default -> {
                if (event.choice() >= 0) {
                    choices.computeIfAbsent(event.choice(), index -> new ChoiceParts())
                            .add(event);
                }
            }
        }
    }

    private void restart() {
        choices.clear();
        extra.clear();
        id = "";
        model = "";
        usage = null;
    }

    /** Seconds since 1970, as most providers spell it; anything else is nothing. */
    private static @Nullable Instant instant(@Nullable RawJson seconds) {
        try {
            return seconds == null ? null : Instant.ofEpochSecond(Long.parseLong(seconds.text()));
        } catch (NumberFormatException | java.time.DateTimeException e) {
            return null;
        }
    }
}
