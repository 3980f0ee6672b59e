package dev.thalweg.core.dialect.cohere;

import dev.thalweg.core.dialect.ErrorReader;
import dev.thalweg.core.dialect.EventReader;
import dev.thalweg.core.dialect.FrameSink;
import dev.thalweg.core.error.ErrorBody;
import dev.thalweg.core.wire.EventBlock;
import dev.thalweg.core.wire.JsonSyntaxException;
import dev.thalweg.core.wire.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events of a streamed message. {@code message-end} tells its finish reason, and the marker {@code [DONE]} ends it. A
 * stream that ends without the marker is complete, because servers exist that follow this protocol and send none; one without
 * {@code message-end} was cut.
 */
final class StreamReader implements EventReader {
    private static final JsonText ASSISTANT = JsonText.of("assistant");

    private final EventFields fields = new EventFields();
    private final CallReader calls = new CallReader();
    private final CitationReader citations = new CitationReader();
    private final LogprobsReader logprobs = new LogprobsReader();
    private ErrorBody error = ErrorBody.ofText("");

    @Override
    public Kind read(EventBlock event, FrameSink sink) {
        if (event.isDone()) {
            return Kind.END;
        }
        try {
            fields.read(event.dataArray(), event.dataStart(), event.dataLength());
        } catch (JsonSyntaxException e) {
            if (!event.bare()) {
                throw e;
            }
            return failed(event); // a proxy's page
        }
        if (is(event, "content-delta") || is(event, "content-start")) {
            content(sink);
        } else if (is(event, "content-end")) {
            sink.partEnds(0);
        } else if (is(event, "tool-plan-delta")) {
            reasoning(fields.plan, sink);
        } else if (is(event, "tool-call-start")) {
            calls.start(fields.callId, fields.callName, fields.arguments, sink);
        } else if (is(event, "tool-call-delta")) {
            calls.delta(fields.arguments, sink);
        } else if (is(event, "tool-call-end")) {
            calls.end(sink);
        } else if (is(event, "citation-start")) {
            if (fields.citation != null) {
                citations.tell(fields.citation, sink);
            }
        } else if (is(event, "message-start")) {
            start(sink);
        } else if (is(event, "message-end")) {
            return end(sink);
        } else if (is(event, "error") || (fields.type == null && fields.error != null)) {
            return failed(event);
        }
        return Kind.PART;
    }

    @Override
    public boolean mayLackItsEnd() {
        return true;
    }

    @Override
    public ErrorBody error() {
        return error;
    }

    private boolean is(EventBlock event, String name) {
        JsonText type = fields.type;
        return type != null ? type.is(name) : event.nameIs(name);
    }

    private void start(FrameSink sink) {
        JsonText id = fields.id;
        if (id != null) {
            sink.id(id);
        }
        sink.role(0, ASSISTANT);
        reasoning(fields.plan, sink);
    }

    private void content(FrameSink sink) {
        reasoning(fields.thinking, sink);
        JsonText text = fields.text;
        if (text != null && !text.isEmpty()) {
            sink.text(0, text);
        }
        if (fields.logprobs != null) {
            logprobs.tell(fields.logprobs, sink);
        }
    }

    private static void reasoning(@Nullable JsonText text, FrameSink sink) {
        if (text != null && !text.isEmpty()) {
            sink.reasoning(0, text);
        }
    }

    private Kind end(FrameSink sink) {
        calls.end(sink);
        if (fields.usage != null) {
            UsageReader.tell(fields.usage, sink);
        }
        JsonText reason = fields.reason;
        if (reason == null || reason.isEmpty()) {
            return Kind.PART;
        }
        if (FinishWord.isFailure(reason.decode())) {
            error = Failure.of(reason.decode(), JsonText.decodeOrNull(fields.error));
            return Kind.ERROR;
        }
        sink.finish(0, reason);
        return Kind.PART;
    }

    private Kind failed(EventBlock event) {
        error = ErrorReader.read(event.dataArray(), event.dataStart(), event.dataLength());
        return Kind.ERROR;
    }
}
