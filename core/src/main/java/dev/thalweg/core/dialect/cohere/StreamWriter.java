package dev.thalweg.core.dialect.cohere;

import dev.thalweg.core.dialect.AnswerHead;
import dev.thalweg.core.dialect.Dialect.CallerError;
import dev.thalweg.core.dialect.EventWriter;
import dev.thalweg.core.dialect.Origin;
import dev.thalweg.core.dialect.StreamedCalls;
import dev.thalweg.core.dialect.ToolCallPiece;
import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.FinishReason;
import dev.thalweg.model.StreamEvent.ExtraField;
import dev.thalweg.model.Usage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a streamed message. Its clients put blocks and calls together in the order in which they come, so while a tool's call is
 * being written all else is held: other calls, whose pieces some providers mix, and text. What is held is written as soon as the
 * call is known to be complete, at the latest when the choice ends. The end waits for {@link #complete()}, because token counts
 * may come last of all.
 */
final class StreamWriter implements EventWriter {
    private static final byte[] COMMENT = Bytes.utf8(": keep-alive\n\n");

    private final AnswerHead head;
    private final boolean own;
    private final ByteBuilder out = new ByteBuilder(512);
    private final MessageEvents events = new MessageEvents(out);
    private final StreamedCalls calls = new StreamedCalls();
    private final Deque<Runnable> held = new ArrayDeque<>(0);
    private final CitationWriter citations = new CitationWriter();
    private final LogprobsWriter logprobs = new LogprobsWriter();
    private final Warnings notes = new Warnings();
    private StreamedCalls.@Nullable Call live;
    private @Nullable Usage usage;
    private String reason = "";
    private String id = "";
    private boolean begun;

    StreamWriter(AnswerHead head) {
        this.head = head;
        this.own = AnswerParts.own(head);
    }

    @Override
    public ByteBuilder written() {
        return out;
    }

    @Override
    public byte[] keepAlive() {
        return COMMENT.clone();
    }

    @Override
    public void id(JsonText text) {
        if (id.isEmpty()) {
            id = text.decode();
        }
    }

    @Override
    public void role(int choice, JsonText role) {
        if (isFirst(choice)) {
            begin();
        }
    }

    @Override
    public void text(int choice, JsonText text) {
        if (text.isEmpty() || !isFirst(choice)) {
            return;
        }
        if (live != null) {
            JsonText copy = JsonText.of(text.decode());
            held.add(() -> events.text(copy));
            return;
        }
        begin();
        events.text(text);
    }

    @Override
    public void refusal(int choice, JsonText text) {
        text(choice, text);
    }

    @Override
    public void reasoning(int choice, JsonText text) {
        if (text.isEmpty() || !isFirst(choice)) {
            return;
        }
        if (live != null) {
            JsonText copy = JsonText.of(text.decode());
            held.add(() -> events.thinking(copy));
            return;
        }
        begin();
        events.thinking(text);
    }

    @Override
    public void signature(int choice, JsonText signature) {
        if (isFirst(choice)) {
            String marked = Origin.mark(head.upstream(), CohereDialect.NAME, signature.decode());
            writeOrHold(() -> events.proof("signature", marked));
        }
    }

    @Override
    public void redacted(int choice, JsonText data) {
        if (isFirst(choice)) {
            String marked = Origin.mark(head.upstream(), CohereDialect.NAME, data.decode());
            writeOrHold(() -> events.proof("data", marked));
        }
    }

    @Override
    public void annotation(int choice, JsonValue annotation) {
        if (own || !isFirst(choice)) {
            return; // a provider of this protocol has told it whole
        }
        ByteBuilder json = new ByteBuilder(256);
        if (citations.write(json, annotation)) {
            writeOrHold(() -> events.citation(json));
        } else {
            notes.add("a citation was left out: this protocol has no place for one of its kind");
        }
    }

    @Override
    public void logprobs(int choice, JsonValue value) {
        if (!isFirst(choice)) {
            return;
        }
        for (ByteBuilder item : logprobs.items(value)) {
            writeOrHold(() -> events.logprobs(item));
        }
    }

    @Override
    public void image(int choice, JsonValue image) {
        notes.add("an image in the answer was left out: this protocol has no place for one");
    }

    @Override
    public void audio(int choice, JsonValue piece) {
        notes.add("the sound of the answer was left out: this protocol has no place for it");
    }

    @Override
    public void toolCall(int choice, ToolCallPiece piece) {
        if (!isFirst(choice)) {
            return;
        }
        begin();
        StreamedCalls.Call call = calls.take(piece);
        JsonText arguments = piece.arguments();
        boolean grows = arguments != null && !arguments.isEmpty();
        if (call.closed) {
            if (grows) {
                notes.add("a piece of a tool call came after the call's end and was left out");
            }
            return;
        }
        if (arguments != null && grows && call == live && call.opened && !call.custom && call.waiting.isEmpty()) {
            events.arguments(arguments);
            call.hasInput = true;
            return;
        }
        boolean isNew = !call.queued;
        call.queued = true;
        if (arguments != null) {
            call.waiting.append(arguments.decode());
        }
        if (call == live) {
            write(call);
        } else if (isNew) {
            writeOrHold(() -> beginCall(call));
        }
    }

    @Override
    public void partEnds(int choice) {
        if (choice == 0) {
            if (live != null) {
                endCall(live);
            } else {
                events.close();
            }
        }
    }

    @Override
    public void extra(ExtraField.Owner owner, int choice, JsonText name, JsonValue value) {
        if (own && choice == 0 && owner == ExtraField.Owner.MESSAGE && name.is(CohereDialect.CITATIONS)) {
            for (ByteBuilder citation : CitationWriter.own(value)) {
                writeOrHold(() -> events.citation(citation));
            }
        }
    }

    @Override
    public void finish(int choice, JsonText word) {
        if (isFirst(choice)) {
            reason = word.decode();
            closeAll();
        }
    }

    @Override
    public void usage(Usage reported) {
        usage = reported;
    }

    @Override
    public void complete() {
        begin();
        closeAll();
        if (FinishReason.of(reason).kind() == FinishReason.Kind.ERROR) {
            out.append(ErrorWriter.event(failure(), ""));
            return;
        }
        out.ascii("event: message-end\ndata: {\"type\":\"message-end\",\"delta\":{");
        AnswerParts.finish(out, reason, calls.any());
        out.ascii(",\"usage\":");
        UsageWriter.write(out, usage, own);
        out.ascii("}");
        AnswerParts.warnings(out, notes.all());
        out.ascii("}\n\ndata: [DONE]\n\n");
    }

    private CallerError failure() {
        return new CallerError(
                500,
                FinishWord.explanation(reason),
                "server_error",
                "upstream_error",
                null,
                head.requestId(),
                List.of());
    }

    private boolean isFirst(int choice) {
        if (choice != 0) {
            notes.add("all choices but the first were left out: this protocol has one answer to a request");
        }
        return choice == 0;
    }

    private void begin() {
        if (begun) {
            return;
        }
        begun = true;
        out.ascii("event: message-start\ndata: {\"type\":\"message-start\",\"id\":")
                .string(AnswerParts.id(head, id))
                .ascii(",\"delta\":{\"message\":{\"role\":\"assistant\",\"content\":[],\"tool_plan\":\"\","
                        + "\"tool_calls\":[],\"citations\":[]}}");
        AnswerParts.warnings(out, head.warnings());
        out.ascii("}\n\n");
    }

    private void writeOrHold(Runnable step) {
        if (live != null) {
            held.add(step);
        } else {
            begin();
            step.run();
        }
    }

    private void beginCall(StreamedCalls.Call call) {
        live = call;
        write(call);
    }

    /** Writes what there is of the call that is being written; it begins once it has a name. */
    private void write(StreamedCalls.Call call) {
        if (!call.opened) {
            if (call.name.isEmpty() || (call.id.isEmpty() && call.waiting.isEmpty())) {
                return;
            }
            open(call);
        }
        if (!call.custom && !call.waiting.isEmpty()) {
            events.arguments(JsonText.of(call.waiting.toString()));
            call.hasInput = true;
            call.waiting.setLength(0);
        }
    }

    private void open(StreamedCalls.Call call) {
        call.opened = true;
        String callId = call.id.isEmpty() ? "call_" + head.requestId() + "_" + calls.count() : call.id;
        events.call(callId, call.name);
    }

    private void endCall(StreamedCalls.Call call) {
        if (!call.opened && !call.name.isEmpty()) {
            open(call);
        }
        if (call.opened) {
            write(call);
            if (call.custom) {
                events.arguments(JsonText.of(ToolArguments.ofText(call.waiting.toString())));
            } else if (!call.hasInput) {
                events.arguments(JsonText.of(ToolArguments.NONE));
            }
            events.close();
        } else {
            notes.add("a tool call without a name was left out");
        }
        call.closed = true;
        live = null;
        while (live == null && !held.isEmpty()) {
            held.remove().run();
        }
    }

    private void closeAll() {
        while (live != null) {
            endCall(live);
        }
        events.close();
    }
}
