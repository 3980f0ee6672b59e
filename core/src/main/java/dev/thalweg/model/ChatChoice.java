package dev.thalweg.model;

import java.util.List;

/** One whole answer among the {@code n} asked for. Immutable. */
public final class ChatChoice {
    private final int index;
    private final String content;
    private final String reasoning;
    private final String refusal;
    private final List<ToolCall> toolCalls;
    private final FinishReason finishReason;

    /** A choice of these parts; a part that is absent is empty. */
    public ChatChoice(
            int index,
            String content,
            String reasoning,
            String refusal,
            List<ToolCall> toolCalls,
            FinishReason finishReason) {
        this.index = index;
        this.content = content;
        this.reasoning = reasoning;
        this.refusal = refusal;
        this.toolCalls = List.copyOf(toolCalls);
        this.finishReason = finishReason;
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

    /** Why it ended. In an answer so far (of a stream that broke) {@code OTHER} with an empty word. */
    public FinishReason finishReason() {
        return finishReason;
    }

    @Override
    public String toString() {
        return "ChatChoice[" + index + ", " + finishReason + ": " + (content.isEmpty() ? toolCalls.toString() : content)
                + "]";
    }
}
