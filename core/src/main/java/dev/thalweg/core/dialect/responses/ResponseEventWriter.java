package dev.thalweg.core.dialect.responses;

import dev.thalweg.core.dialect.AnswerHead;
import dev.thalweg.core.dialect.Dialect.CallerError;
import dev.thalweg.core.dialect.EventWriter;
import dev.thalweg.core.dialect.ToolCallPiece;
import dev.thalweg.core.dialect.responses.ResponseObject.Details;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.FinishReason;
import dev.thalweg.model.StreamEvent.ExtraField;
import dev.thalweg.model.Usage;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes one streamed answer: {@code created}, {@code in_progress}, each item from {@code output_item.added} to {@code
 * output_item.done}, and {@code completed}, {@code incomplete} or {@code failed}; numbered from 0 without a gap.
 *
 * <p>The protocol repeats everything: what came in pieces stands whole in the events that close it and again in the last one,
 * and clients rely on it. So the answer is kept in memory once, as its JSON; when it is larger than {@link #MOST_KEPT} the
 * writer wants the stream {@linkplain #stopped() stopped}. Only the first choice can be said.
 */
public final class ResponseEventWriter implements EventWriter {
    /** How large an answer may be, in bytes. */
    public static final int MOST_KEPT = 16 << 20;

    private static final byte[] KEEP_ALIVE = Bytes.utf8(": ping\n\n");

    private final ResponseObject object;
    private final EventLines lines = new EventLines();
    private final OpenItems open;
    private final Set<String> warnings;
    private @Nullable Usage usage;
    private @Nullable FinishReason finish;
    private byte @Nullable [] last;
    private boolean started;

    ResponseEventWriter(AnswerHead head, ChatRequest request) {
        this.object = new ResponseObject(head, request);
        this.open = new OpenItems(lines, head);
        this.warnings = new LinkedHashSet<>(head.warnings());
    }

    @Override
    public ByteBuilder written() {
        return lines.written();
    }

    @Override
    public byte[] keepAlive() {
        return KEEP_ALIVE.clone();
    }

    /** The answer's id. */
    public String responseId() {
        return object.id();
    }

    /** The response object as the last event has it: for whoever keeps answers. Null before. */
    public byte @Nullable [] response() {
        return last == null ? null : last.clone();
    }

    @Override
    public boolean stopped() {
        return open.size() > MOST_KEPT;
    }

    @Override
    public void id(JsonText text) {
        if (!started) {
            object.id(text.decode());
        }
    }

    @Override
    public void role(int choice, JsonText role) {
        boolean unused = begin(choice);
    }

    @Override
    public void text(int choice, JsonText text) {
        if (begin(choice) && !text.isEmpty()) {
            open.message().text(text);
        }
    }

    @Override
    public void refusal(int choice, JsonText text) {
        if (begin(choice) && !text.isEmpty()) {
            open.message().refusal(text);
        }
    }

    @Override
    public void reasoning(int choice, JsonText text) {
        if (begin(choice) && !text.isEmpty()) {
            open.reasoning(null).words(text);
        }
    }

    @Override
    public void signature(int choice, JsonText signature) {
        if (begin(choice)) {
            open.signature(signature.decode(), "");
        }
    }

    @Override
    public void redacted(int choice, JsonText data) {
        if (begin(choice)) {
            open.closeReasoning();
            open.signature(data.decode(), Names.REDACTED);
        }
    }

    @Override
    public void toolCall(int choice, ToolCallPiece piece) {
        CallItem call = begin(choice) ? open.call(piece) : null;
        if (call != null) {
            call.piece(piece);
        } else if (choice == 0 && piece.arguments() != null) {
            warnings.add("Arguments of a tool call came after its end and were left out");
        }
    }

    @Override
    public void annotation(int choice, JsonValue annotation) {
        if (begin(choice)) {
            open.annotation(annotation);
        }
    }

    @Override
    public void logprobs(int choice, JsonValue logprobs) {
        if (begin(choice)) {
            open.logprobs(logprobs);
        }
    }

    @Override
    public void image(int choice, JsonValue image) {
        if (begin(choice) && !open.image(image)) {
            warnings.add("An image of the answer was left out: its bytes are not in the answer");
        }
    }

    @Override
    public void audio(int choice, JsonValue piece) {
        if (begin(choice)) {
            warnings.add("The audio of the answer was left out: the Responses API has no counterpart for it");
        }
    }

    @Override
    public void extra(ExtraField.Owner owner, int choice, JsonText name, JsonValue value) {
        if (owner == ExtraField.Owner.ANSWER) {
            String field = name.decode();
            if (!ResponseFields.KNOWN.contains(field)) {
                object.extra(field, value.decode());
            }
        } else if (begin(choice)) {
            open.extra(owner, name, value);
        }
    }

    @Override
    public void partBegins(int choice, JsonText id) {
        if (begin(choice)) {
            open.partBegins(id.decode());
        }
    }

    @Override
    public void partEnds(int choice) {
        if (begin(choice)) {
            open.closeWhole();
        }
    }

    @Override
    public void finish(int choice, JsonText reason) {
        if (begin(choice)) {
            finish = FinishReason.of(reason.decode());
        }
    }

    @Override
    public void usage(Usage reported) {
        usage = reported;
    }

    @Override
    public void complete() {
        boolean unused = begin(0);
        switch (finish == null ? FinishReason.Kind.STOP : finish.kind()) {
            case LENGTH -> end("incomplete", "incomplete", new Details("max_output_tokens", null, null));
            case CONTENT_FILTER -> end("incomplete", "incomplete", new Details("content_filter", null, null));
            case ERROR ->
                end(
                        "failed",
                        "incomplete",
                        new Details(null, "server_error", "The provider ended its answer with an error."));
            default -> end("completed", "completed", Details.NONE);
        }
    }

    private void end(String status, String itemStatus, Details details) {
        open.closeAll(itemStatus);
        byte[] unused = response("response." + status, status, details);
    }

    /** The same, whose next event has this number: others were written before by somebody else, who began the answer, too. */
    ResponseEventWriter numberedFrom(long next) {
        lines.numberedFrom(next);
        started = next > 0;
        return this;
    }

    /**
     * What was written and not taken, and the end of an answer that was cancelled: nothing is closed, so that nobody calls a
     * tool with half of its arguments; what is open is in the answer as far as it has come.
     */
    CancelledResponse cancel() {
        boolean unused = begin(0);
        byte[] cancelled = response("response.incomplete", "cancelled", Details.NONE);
        byte[] events = lines.written().toBytes();
        lines.written().clear();
        return new CancelledResponse(events, cancelled);
    }

    /**
     * What was written and not taken, and the events of an error: nothing is closed, what is open is in the answer as far as it
     * has come.
     */
    byte[] fail(CallerError error) {
        ErrorWriter.inEvent(lines.begin("error"), error);
        lines.end();
        String code = error.code() == null ? error.type() : error.code();
        byte[] unused = response("response.failed", "failed", new Details(null, code, error.message()));
        byte[] events = lines.written().toBytes();
        lines.written().clear();
        return events;
    }

    private byte[] response(String type, String status, Details details) {
        ByteBuilder json = new ByteBuilder(1024 + open.size());
        object.write(json, status, details, open.output(), usage, new ArrayList<>(warnings));
        byte[] whole = json.toBytes();
        last = whole;
        lines.begin(type).ascii(",\"response\":").append(whole);
        lines.end();
        return whole;
    }

    /** Begins the answer if it has not begun. False for a choice that cannot be said. */
    private boolean begin(int choice) {
        if (choice != 0) {
            warnings.add("Choices other than the first were left out: a response of the Responses API has one");
            return false;
        }
        if (!started) {
            started = true;
            List<byte[]> none = List.of();
            for (String type : List.of("response.created", "response.in_progress")) {
                object.write(
                        lines.begin(type).ascii(",\"response\":"), "in_progress", Details.NONE, none, null, List.of());
                lines.end();
            }
        }
        return true;
    }
}
