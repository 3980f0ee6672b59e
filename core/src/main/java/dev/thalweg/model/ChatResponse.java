package dev.thalweg.model;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A whole answer, from a unary call or put together from a stream: both come out equal. Immutable. */
public final class ChatResponse {
    private final String id;
    private final String model;
    private final List<ChatChoice> choices;
    private final @Nullable Usage usage;
    private final List<String> warnings;

    /** An answer of these parts. */
    public ChatResponse(
            String id, String model, List<ChatChoice> choices, @Nullable Usage usage, List<String> warnings) {
        this.id = id;
        this.model = model;
        this.choices = List.copyOf(choices);
        this.usage = usage;
        this.warnings = List.copyOf(warnings);
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

    /** Why each choice ended. */
    public List<FinishReason> finishReasons() {
        return choices.stream().map(ChatChoice::finishReason).toList();
    }

    /** Token counts, where the provider gave them. */
    public Optional<Usage> usage() {
        return Optional.ofNullable(usage);
    }

    /** What was unusual and did not stop the call, for people. */
    public List<String> warnings() {
        return warnings;
    }

    @Override
    public String toString() {
        return "ChatResponse[id=" + id + ", model=" + model + ", choices=" + choices
                + (usage == null ? "" : ", " + usage) + "]";
    }
}
