package dev.thalweg.core.stream;

import dev.thalweg.core.dialect.FrameSink;
import dev.thalweg.core.dialect.ToolCallPiece;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.ChatChunk;
import dev.thalweg.model.FinishReason;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.StreamEvent;
import dev.thalweg.model.StreamEvent.ExtraField;
import dev.thalweg.model.ToolCall;
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
    /** The part of the one function call in the form before tool calls existed. */
    static final int FUNCTION_CALL_PART = -1;

    private final Map<Integer, OpenPart> choices = new HashMap<>();
    private final SeenFields seen = new SeenFields();
    private final List<StreamEvent> events = new ArrayList<>();
    private String id = "";
    private String model = "";
    private String lastId = "";
    private String lastModel = "";

    /** The chunk of all that came since the last call. */
    public ChatChunk takeChunk(RawJson raw) {
        ChatChunk chunk =
                ChatChunk.builder(raw).id(id).model(model).events(events).build();
        events.clear(); // The chunk has a copy of its own.
        id = "";
        model = "";
        return chunk;
    }

    @Override
    public void id(JsonText text) {
        lastId = same(text, lastId);
        id = lastId;
    }

    @Override
    public void model(JsonText text) {
        lastModel = same(text, lastModel);
        model = lastModel;
    }

    @Override
    public void role(int choice, JsonText role) {
        if (!role.isEmpty() && choice(choice).begin()) {
            events.add(new StreamEvent.MessageStart(choice, role.decode()));
        }
    }

    @Override
    public void text(int choice, JsonText text) {
        if (!text.isEmpty()) {
            choice(choice).text(events);
            events.add(new StreamEvent.TextDelta(choice, 0, text.decode()));
        }
    }

    @Override
    public void reasoning(int choice, JsonText text) {
        if (!text.isEmpty()) {
            int part = choice(choice).reasoning(events);
            events.add(new StreamEvent.ReasoningDelta(choice, part, text.decode()));
        }
    }

    @Override
    public void signature(int choice, JsonText signature) {
        OpenPart open = choice(choice);
        events.add(new StreamEvent.ReasoningSignature(choice, open.reasoning(events), signature.decode()));
        open.endReasoning(events);
    }

    @Override
    public void redacted(int choice, JsonText data) {
        OpenPart open = choice(choice);
        open.endReasoning(events);
        events.add(new StreamEvent.ReasoningRedacted(choice, open.reasoning(events), data.decode()));
        open.endReasoning(events);
    }

    @Override
    public void refusal(int choice, JsonText text) {
        if (!text.isEmpty()) {
            events.add(new StreamEvent.RefusalDelta(choice, text.decode()));
        }
    }

    @Override
    public void toolCall(int choice, ToolCallPiece piece) {
        OpenPart open = choice(choice);
        String type = nonEmpty(piece.type());
        String callId = nonEmpty(piece.id());
        String name = nonEmpty(piece.name());
        int part = ToolCall.FUNCTION_CALL.equals(type)
                ? FUNCTION_CALL_PART
                : open.calls().find(piece.index(), callId, name);
        boolean opened = open.toolCall(part, events);
        if (opened || callId != null || name != null) {
            events.add(new StreamEvent.ToolCallStart(choice, part, type, callId, name));
        }
        JsonText arguments = piece.arguments();
        if (arguments != null && !arguments.isEmpty()) {
            events.add(new StreamEvent.ToolCallDelta(choice, part, arguments.decode()));
        }
    }

    @Override
    public void audio(int choice, JsonValue piece) {
        events.add(new StreamEvent.AudioDelta(choice, raw(piece)));
    }

    @Override
    public void image(int choice, JsonValue image) {
        events.add(new StreamEvent.ImageAdded(choice, raw(image)));
    }

    @Override
    public void annotation(int choice, JsonValue annotation) {
        events.add(new StreamEvent.AnnotationAdded(choice, raw(annotation)));
    }

    @Override
    public void logprobs(int choice, JsonValue logprobs) {
        events.add(new StreamEvent.LogprobsDelta(choice, raw(logprobs)));
    }

    @Override
    public void extra(ExtraField.Owner owner, int choice, JsonText name, JsonValue value) {
        if (owner == ExtraField.Owner.ANSWER && !seen.isNew(name, value)) {
            return; // Most providers say it again with every chunk.
        }
        int part = owner == ExtraField.Owner.TOOL_CALL ? choice(choice).part() : -1;
        events.add(new ExtraField(owner, choice, part, name.decode(), raw(value)));
    }

    @Override
    public void finish(int choice, JsonText reason) {
        choice(choice).close(events);
        events.add(new StreamEvent.Finished(choice, FinishReason.of(reason.decode())));
    }

    @Override
    public void usage(Usage usage) {
        events.add(new StreamEvent.UsageReported(usage));
    }

    /** Every frame of a stream says its id and its model again: the string that is there is taken where it fits. */
    private static String same(JsonText text, String before) {
        return text.is(before) ? before : text.decode();
    }

    private OpenPart choice(int index) {
        return choices.computeIfAbsent(index, OpenPart::new);
    }

    private static RawJson raw(JsonValue value) {
        return new RawJson(value.decode());
    }

    private static @Nullable String nonEmpty(@Nullable JsonText text) {
        return text == null || text.isEmpty() ? null : text.decode();
    }
}
