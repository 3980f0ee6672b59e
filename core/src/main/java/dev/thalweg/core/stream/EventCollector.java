package dev.thalweg.core.stream;

import dev.thalweg.core.dialect.FrameSink;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.model.ChatChunk;
import dev.thalweg.model.FinishReason;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.StreamEvent;
import dev.thalweg.model.Usage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns what a reader finds in frames into events, and adds the starts and ends of text, reasoning and tool calls that a
 * protocol leaves unsaid. One collector serves one stream. Not thread-safe.
 */
public final class EventCollector implements FrameSink {
    private enum Kind {
        TEXT,
        REASONING,
        TOOL_CALL
    }

    private record Open(Kind kind, int part) {}

    private final Map<Integer, Open> open = new HashMap<>();
    private final Map<Integer, Boolean> begun = new HashMap<>();
    private List<StreamEvent> events = new ArrayList<>();
    private String id = "";
    private String model = "";

    /** The chunk of all that came since the last call. */
    public ChatChunk takeChunk(RawJson raw) {
        ChatChunk chunk =
                ChatChunk.builder(raw).id(id).model(model).events(events).build();
        events = new ArrayList<>();
        id = "";
        model = "";
        return chunk;
    }

    @Override
    public void id(JsonText text) {
        id = text.decode();
    }

    @Override
    public void model(JsonText text) {
        model = text.decode();
    }

    @Override
    public void role(int choice, JsonText role) {
        if (!role.isEmpty() && begun.put(choice, true) == null) {
            events.add(new StreamEvent.MessageStart(choice, role.decode()));
        }
    }

    @Override
    public void text(int choice, JsonText text) {
        if (!text.isEmpty()) {
            open(choice, Kind.TEXT, 0);
            events.add(new StreamEvent.TextDelta(choice, 0, text.decode()));
        }
    }

    @Override
    public void reasoning(int choice, JsonText text) {
        if (!text.isEmpty()) {
            open(choice, Kind.REASONING, 0);
            events.add(new StreamEvent.ReasoningDelta(choice, 0, text.decode()));
        }
    }

    @Override
    public void refusal(int choice, JsonText text) {
        if (!text.isEmpty()) {
            events.add(new StreamEvent.RefusalDelta(choice, text.decode()));
        }
    }

    @Override
    public void toolCall(
            int choice, int index, @Nullable JsonText id, @Nullable JsonText name, @Nullable JsonText arguments) {
        String callId = nonEmpty(id);
        String callName = nonEmpty(name);
        boolean opened = open(choice, Kind.TOOL_CALL, index);
        if (opened || callId != null || callName != null) {
            events.add(new StreamEvent.ToolCallStart(choice, index, callId, callName));
        }
        if (arguments != null && !arguments.isEmpty()) {
            events.add(new StreamEvent.ToolCallDelta(choice, index, arguments.decode()));
        }
    }

    @Override
    public void finish(int choice, JsonText reason) {
        close(choice);
        events.add(new StreamEvent.Finished(choice, FinishReason.of(reason.decode())));
    }

    @Override
    public void usage(Usage usage) {
        events.add(new StreamEvent.UsageReported(usage));
    }

    /** Makes this the open part of the choice; true if another one was. The caller adds a tool call's own start. */
    private boolean open(int choice, Kind kind, int part) {
        Open current = open.get(choice);
        if (current != null && current.kind() == kind && current.part() == part) {
            return false;
        }
        close(choice);
        open.put(choice, new Open(kind, part));
        switch (kind) {
            case TEXT -> events.add(new StreamEvent.TextStart(choice, part));
            case REASONING -> events.add(new StreamEvent.ReasoningStart(choice, part));
            case TOOL_CALL -> {}
        }
        return true;
    }

    private void close(int choice) {
        Open current = open.remove(choice);
        if (current == null) {
            return;
        }
        events.add(
                switch (current.kind()) {
                    case TEXT -> new StreamEvent.TextEnd(choice, current.part());
                    case REASONING -> new StreamEvent.ReasoningEnd(choice, current.part());
                    case TOOL_CALL -> new StreamEvent.ToolCallEnd(choice, current.part());
                });
    }

    private static @Nullable String nonEmpty(@Nullable JsonText text) {
        return text == null || text.isEmpty() ? null : text.decode();
    }
}
