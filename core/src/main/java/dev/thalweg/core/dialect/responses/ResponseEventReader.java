package dev.thalweg.core.dialect.responses;

import dev.thalweg.core.dialect.ErrorReader;
import dev.thalweg.core.dialect.EventReader;
import dev.thalweg.core.dialect.FrameSink;
import dev.thalweg.core.error.ErrorBody;
import dev.thalweg.core.wire.EventBlock;
import dev.thalweg.core.wire.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events of a streamed answer. Sequence numbers are not looked at; a marker {@code [DONE]}, which some providers add,
 * says nothing. What providers' own tools do step by step is passed over: their items are told when they are whole.
 */
final class ResponseEventReader implements EventReader {
    private final EventFields fields = new EventFields();
    private final AnswerReader answer = new AnswerReader();
    private ErrorBody error = ErrorBody.ofText("");
    private boolean ended;

    @Override
    public Kind read(EventBlock event, FrameSink sink) {
        if (ended || event.isDone()) {
            return Kind.PART;
        }
        fields.read(event.dataArray(), event.dataStart(), event.dataLength());
        Kind kind = fields.hasType ? typed(fields.type, event, sink) : untyped(event);
        ended = kind != Kind.PART;
        return kind;
    }

    @Override
    public ErrorBody error() {
        return error;
    }

    /** An error body where an event was expected. */
    private Kind untyped(EventBlock event) {
        return fields.hasError || event.nameIs("error") ? failed(event) : Kind.PART;
    }

    private Kind typed(JsonText type, EventBlock event, FrameSink sink) {
        if (fields.hasDelta) {
            delta(type, sink);
        } else if (fields.hasWhole) {
            whole(type, sink);
        } else if (fields.hasItem) {
            item(type, sink);
        } else if (fields.hasResponse) {
            return response(type, sink);
        } else if (type.is("error")) {
            return failed(event);
        } else if (fields.hasAnnotation && type.is("response.output_text.annotation.added")) {
            answer.item(fields.outputIndex).annotated = true;
            answer.teller.annotation(fields.annotation, sink);
        }
        return Kind.PART;
    }

    private void delta(JsonText type, FrameSink sink) {
        Item item = answer.item(fields.outputIndex);
        if (type.is("response.output_text.delta")) {
            answer.teller.text(
                    item, fields.contentIndex, fields.delta, fields.hasLogprobs ? fields.logprobs : null, sink);
        } else if (type.is("response.function_call_arguments.delta")) {
            item.kind = Item.Kind.FUNCTION_CALL;
            answer.teller.arguments(item, fields.delta, sink);
        } else if (type.is("response.custom_tool_call_input.delta")) {
            item.kind = Item.Kind.CUSTOM_CALL;
            answer.teller.arguments(item, fields.delta, sink);
        } else if (type.is("response.reasoning_summary_text.delta")) {
            item.kind = Item.Kind.REASONING;
            answer.teller.reasoning(item, fields.summaryIndex, fields.delta, sink);
        } else if (type.is("response.reasoning_text.delta")) {
            item.kind = Item.Kind.REASONING;
            answer.teller.reasoning(item, fields.contentIndex, fields.delta, sink);
        } else if (type.is("response.refusal.delta")) {
            answer.teller.refusal(item, fields.contentIndex, fields.delta, sink);
        }
    }

    /** All of what may have come in pieces before: told where it has not. */
    private void whole(JsonText type, FrameSink sink) {
        Item item = answer.item(fields.outputIndex);
        if (type.is("response.output_text.done")) {
            if (!item.tell(fields.contentIndex)) {
                answer.teller.text(
                        item, fields.contentIndex, fields.whole, fields.hasLogprobs ? fields.logprobs : null, sink);
            }
        } else if (type.is("response.refusal.done")) {
            if (!item.tell(fields.contentIndex)) {
                answer.teller.refusal(item, fields.contentIndex, fields.whole, sink);
            }
        } else if (type.is("response.function_call_arguments.done")
                || type.is("response.custom_tool_call_input.done")) {
            if (item.isCall() && !item.pieces && !fields.whole.isEmpty()) {
                answer.teller.arguments(item, fields.whole, sink);
            }
        }
    }

    private void item(JsonText type, FrameSink sink) {
        if (type.is("response.output_item.added")) {
            answer.begin(fields.outputIndex, fields.item, sink);
        } else if (type.is("response.output_item.done")) {
            answer.done(fields.outputIndex, fields.item, sink);
        }
    }

    private Kind response(JsonText type, FrameSink sink) {
        byte[] array = fields.response.array();
        int offset = fields.response.start();
        int length = fields.response.end() - offset;
        boolean last = type.is("response.completed")
                || type.is("response.incomplete")
                || type.is("response.failed")
                || type.is("response.cancelled");
        if (!last) {
            answer.head(array, offset, length, sink);
            return Kind.PART;
        }
        @Nullable ErrorBody problem = answer.whole(array, offset, length, sink);
        if (problem == null && (type.is("response.failed") || type.is("response.cancelled"))) {
            problem = ErrorBody.ofText("The provider's answer has failed.");
        }
        error = problem == null ? error : problem;
        return problem == null ? Kind.END : Kind.ERROR;
    }

    /** An error in an object of its own, as OpenAI sends it, or flat, as OpenAI documents it. */
    private Kind failed(EventBlock event) {
        if (fields.hasError) {
            error = AnswerReader.errorOf(fields.error);
        } else {
            ErrorBody flat = ErrorReader.read(event.dataArray(), event.dataStart(), event.dataLength());
            error = new ErrorBody(flat.message(), null, flat.code(), flat.param(), flat.status(), flat.further());
        }
        return Kind.ERROR;
    }
}
