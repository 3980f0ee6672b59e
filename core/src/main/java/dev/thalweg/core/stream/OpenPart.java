package dev.thalweg.core.stream;

import dev.thalweg.model.StreamEvent;
import java.util.List;

/** Which part of a choice is being written: text, reasoning or a tool call; says when one ends and another starts. */
final class OpenPart {
    private enum Kind {
        NONE,
        TEXT,
        REASONING,
        TOOL_CALL
    }

    private final int choice;
    private final ToolCallParts calls = new ToolCallParts();
    private Kind kind = Kind.NONE;
    private int part;
    private int reasoningPart;
    private boolean reasoned;
    private boolean begun;

    OpenPart(int choice) {
        this.choice = choice;
    }

    /** True the first time. */
    boolean begin() {
        boolean first = !begun;
        begun = true;
        return first;
    }

    ToolCallParts calls() {
        return calls;
    }

    /** The part that is open, or was last. */
    int part() {
        return part;
    }

    void text(List<StreamEvent> events) {
        if (open(Kind.TEXT, 0, events)) {
            events.add(new StreamEvent.TextStart(choice, 0));
        }
    }

    /** Opens reasoning where it is not open, and gives its part. */
    int reasoning(List<StreamEvent> events) {
        if (open(Kind.REASONING, reasoningPart, events)) {
            events.add(new StreamEvent.ReasoningStart(choice, reasoningPart));
        }
        reasoned = true;
        return reasoningPart;
    }

    /** Reasoning that comes next is another part. */
    void endReasoning(List<StreamEvent> events) {
        if (kind == Kind.REASONING) {
            close(events);
        }
        reasoningPart += reasoned ? 1 : 0;
        reasoned = false;
    }

    /** True where another part was open: the caller says which call it is. */
    boolean toolCall(int call, List<StreamEvent> events) {
        return open(Kind.TOOL_CALL, call, events);
    }

    private boolean open(Kind newKind, int newPart, List<StreamEvent> events) {
        if (kind == newKind && part == newPart) {
            return false;
        }
        close(events);
        kind = newKind;
        part = newPart;
        return true;
    }

    void close(List<StreamEvent> events) {
        switch (kind) {
            case TEXT -> events.add(new StreamEvent.TextEnd(choice, part));
            case REASONING -> events.add(new StreamEvent.ReasoningEnd(choice, part));
            case TOOL_CALL -> events.add(new StreamEvent.ToolCallEnd(choice, part));
            case NONE -> {}
        }
        kind = Kind.NONE;
    }
}
