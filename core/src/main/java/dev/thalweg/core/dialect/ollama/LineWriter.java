package dev.thalweg.core.dialect.ollama;

import dev.thalweg.core.dialect.AnswerHead;
import dev.thalweg.core.dialect.EventWriter;
import dev.thalweg.core.dialect.OneLine;
import dev.thalweg.core.dialect.ToolCallPiece;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.ReasoningBlock;
import dev.thalweg.model.StreamEvent.ExtraField;
import dev.thalweg.model.ToolCall;
import dev.thalweg.model.Usage;
import java.util.List;

/**
 * Writes a streamed answer, a line for each piece. Calls have to be whole here, so they are held until the choice ends; the
 * last line waits for {@link #complete()}, because token counts may come last of all.
 */
final class LineWriter implements EventWriter {
    private static final byte[] NOTHING = {};

    private final AnswerHead head;
    private final boolean generates;
    private final AnswerEnd end;
    private final ByteBuilder out = new ByteBuilder(512);
    private final HeldCalls calls = new HeldCalls();
    private final StringBuilder thoughts = new StringBuilder(0);

    LineWriter(AnswerHead head, boolean generates) {
        this.head = head;
        this.generates = generates;
        this.end = new AnswerEnd(head);
    }

    @Override
    public ByteBuilder written() {
        return out;
    }

    @Override
    public byte[] keepAlive() {
        return NOTHING.clone();
    }

    @Override
    public void text(int choice, JsonText text) {
        if (isFirst(choice) && !text.isEmpty()) {
            if (generates) {
                begin().ascii(",\"response\":").string(text);
            } else {
                begin().ascii(",\"message\":{\"role\":\"assistant\",\"content\":")
                        .string(text)
                        .ascii("}");
            }
            goesOn();
        }
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
        if (isFirst(choice) && !text.isEmpty()) {
            thoughts.append(text.decode()); // a signature is over all of it
            message().ascii(",\"thinking\":").string(text);
            endMessage();
        }
    }

    @Override
    public void signature(int choice, JsonText signature) {
        if (isFirst(choice)) {
            detail(ReasoningBlock.of(thoughts.toString(), signature.decode()));
            thoughts.setLength(0);
        }
    }

    @Override
    public void redacted(int choice, JsonText data) {
        if (isFirst(choice)) {
            detail(ReasoningBlock.redacted(data.decode()));
        }
    }

    @Override
    public void toolCall(int choice, ToolCallPiece piece) {
        if (isFirst(choice)) {
            calls.take(piece);
        }
    }

    @Override
    public void logprobs(int choice, JsonValue logprobs) {
        JsonValue content = new JsonValue();
        if (isFirst(choice) && Logprobs.content(logprobs, content)) {
            message();
            if (!generates) {
                out.ascii("}");
            }
            out.ascii(",\"logprobs\":").append(Bytes.utf8(OneLine.of(content.decode())));
            goesOn();
        }
    }

    @Override
    public void annotation(int choice, JsonValue annotation) {
        end.note("what the answer cites was left out: this protocol has no place for it");
    }

    @Override
    public void image(int choice, JsonValue image) {
        end.note("an image in the answer was left out: this protocol has no place for one");
    }

    @Override
    public void audio(int choice, JsonValue piece) {
        end.note("the sound of the answer was left out: this protocol has no place for it");
    }

    @Override
    public void extra(ExtraField.Owner owner, int choice, JsonText name, JsonValue value) {
        if (owner == ExtraField.Owner.ANSWER) {
            end.field(name.decode(), new RawJson(value.decode()));
        }
    }

    @Override
    public void finish(int choice, JsonText reason) {
        if (isFirst(choice)) {
            end.reason(reason.decode());
            writeCalls();
        }
    }

    @Override
    public void usage(Usage usage) {
        end.usage(usage);
    }

    @Override
    public void complete() {
        writeCalls();
        if (end.failed()) {
            out.append(end.failure());
            return;
        }
        message();
        if (!generates) {
            out.ascii("}");
        }
        end.write(out);
        out.ascii("\n");
    }

    private boolean isFirst(int choice) {
        if (choice != 0) {
            end.note("all choices but the first were left out: this protocol has one answer to a request");
        }
        return choice == 0;
    }

    private void writeCalls() {
        List<ToolCall> whole = calls.taken();
        if (!whole.isEmpty() && generates) {
            end.note("the calls of tools were left out: this protocol has no place for them");
        } else if (!whole.isEmpty()) {
            List<ToolCall> sayable = CallWriter.sayable(whole, end::note);
            for (int i = 0; i < sayable.size(); i++) {
                CallWriter.write(message(), List.of(sayable.get(i)), i);
                endMessage();
            }
        }
    }

    private void detail(ReasoningBlock block) {
        ReasoningDetails.write(message().ascii(",\"" + ReasoningDetails.FIELD + "\":["), block, head.upstream());
        out.ascii("]");
        endMessage();
    }

    private ByteBuilder begin() {
        return AnswerHeadWriter.begin(out, head);
    }

    /** Begins an object up to its empty text: further members of the message follow, or of the object where it is a prompt's. */
    private ByteBuilder message() {
        return begin().ascii(
                        generates ? ",\"response\":\"\"" : ",\"message\":{\"role\":\"assistant\",\"content\":\"\"");
    }

    private void endMessage() {
        out.ascii(generates ? "" : "}");
        goesOn();
    }

    private void goesOn() {
        out.ascii(",\"done\":false}\n");
    }
}
