package dev.thalweg.core.dialect.bedrock;

import dev.thalweg.core.dialect.AnswerHead;
import dev.thalweg.core.dialect.EventWriter;
import dev.thalweg.core.dialect.JsonElements;
import dev.thalweg.core.dialect.Origin;
import dev.thalweg.core.dialect.StreamedCalls;
import dev.thalweg.core.dialect.ToolCallPiece;
import dev.thalweg.core.dialect.ToolInput;
import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.StreamEvent.ExtraField;
import dev.thalweg.model.Usage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a streamed message as frames. Its blocks follow one another, so while a tool's call is being written all else is held: other
 * calls, whose pieces some providers mix, and text. What is held is written as soon as the call is known to be complete, at
 * the latest when the choice ends. The events that end the message wait for {@link #complete()}, because token counts may
 * come last of all.
 */
final class ConverseWriter implements EventWriter {
    private final AnswerHead head;
    private final MessageEnd end;
    private final boolean own;
    private final ByteBuilder out = new ByteBuilder(512);
    private final BlockFrames blocks = new BlockFrames(out);
    private final StreamedCalls calls = new StreamedCalls();
    private final Deque<Runnable> held = new ArrayDeque<>(0);
    private final CitationWriter citations = new CitationWriter();
    private final Warnings notes = new Warnings();
    private StreamedCalls.@Nullable Call live;
    private boolean begun;

    ConverseWriter(AnswerHead head) {
        this.head = head;
        this.end = new MessageEnd(head);
        this.own = head.upstream().equals(BedrockDialect.NAME);
    }

    @Override
    public ByteBuilder written() {
        return out;
    }

    @Override
    public byte[] keepAlive() {
        return new byte[0]; // nothing of the kind in this protocol
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
            held.add(() -> blocks.text(copy));
            return;
        }
        begin();
        blocks.text(text);
    }

    @Override
    public void refusal(int choice, JsonText text) {
        if (choice == 0 && !text.isEmpty()) {
            end.refused();
        }
        text(choice, text);
    }

    @Override
    public void reasoning(int choice, JsonText text) {
        if (text.isEmpty() || !isFirst(choice)) {
            return;
        }
        if (live != null) {
            JsonText copy = JsonText.of(text.decode());
            held.add(() -> blocks.thinking(copy));
            return;
        }
        begin();
        blocks.thinking(text);
    }

    @Override
    public void signature(int choice, JsonText signature) {
        if (isFirst(choice)) {
            String marked = Origin.mark(head.upstream(), BedrockDialect.NAME, signature.decode());
            writeOrHold(() -> blocks.signature(marked));
        }
    }

    @Override
    public void redacted(int choice, JsonText data) {
        if (isFirst(choice)) {
            String sealed = Sealed.forCaller(head.upstream(), data.decode());
            writeOrHold(() -> blocks.redacted(sealed));
        }
    }

    @Override
    public void annotation(int choice, JsonValue annotation) {
        ByteBuilder json = new ByteBuilder(256);
        if (choice == 0 && citations.write(json, annotation, own)) {
            JsonValue citation = new JsonValue().set(json.array(), 0, json.length());
            writeOrHold(() -> blocks.citation(citation));
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
            blocks.input(arguments);
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
                blocks.close();
            }
        }
    }

    @Override
    public void extra(ExtraField.Owner owner, int choice, JsonText name, JsonValue value) {
        if (!own || choice > 0) {
            return;
        }
        if (owner == ExtraField.Owner.MESSAGE && name.is(BedrockDialect.CONTENT_BLOCKS)) {
            ownBlocks(value);
        } else if (owner != ExtraField.Owner.TOOL_CALL) {
            end.field(owner, name, value);
        }
    }

    @Override
    public void finish(int choice, JsonText word) {
        if (isFirst(choice)) {
            end.reason(word);
            closeAll();
        }
    }

    @Override
    public void usage(Usage reported) {
        end.usage = reported;
    }

    @Override
    public void complete() {
        begin();
        closeAll();
        end.write(out, blocks, calls.any(), allNotes());
    }

    private List<String> allNotes() {
        Warnings all = new Warnings();
        head.warnings().forEach(all::add);
        notes.all().forEach(all::add);
        return all.all();
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
        blocks.begin();
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

    /** Writes what there is of the call that is being written; its block opens once it has a name. */
    private void write(StreamedCalls.Call call) {
        if (!call.opened) {
            if (call.name.isEmpty() || (call.id.isEmpty() && call.waiting.isEmpty())) {
                return;
            }
            open(call);
        }
        if (!call.custom && !call.waiting.isEmpty()) {
            blocks.input(JsonText.of(call.waiting.toString()));
            call.hasInput = true;
            call.waiting.setLength(0);
        }
    }

    private void open(StreamedCalls.Call call) {
        call.opened = true;
        String callId =
                call.id.isEmpty() ? "tooluse_" + ToolIds.plain(head.requestId()) + "_" + calls.count() : call.id;
        blocks.toolUse(callId, call.name);
    }

    private void endCall(StreamedCalls.Call call) {
        if (!call.opened && !call.name.isEmpty()) {
            open(call);
        }
        if (call.opened) {
            write(call);
            if (call.custom) {
                blocks.input(JsonText.of(ToolInput.ofText(call.waiting.toString())));
            } else if (!call.hasInput) {
                blocks.input(JsonText.of(ToolInput.NONE));
            }
            blocks.close();
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
        blocks.close();
    }

    private void ownBlocks(JsonValue list) {
        if (!JsonElements.objects(new RawJson(list.decode())).isEmpty()) {
            notes.add("what tools at the provider did was left out: it has no pieces in this protocol's streams");
        }
    }
}
