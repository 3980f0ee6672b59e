package dev.thalweg.core.dialect.gemini;

import dev.thalweg.core.dialect.FrameSink;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.StreamEvent.ExtraField;

/** Reads one candidate: its parts, what it cites, why it ended. What has no word is told as it is. */
final class CandidateReader {
    private static final JsonText ASSISTANT = JsonText.of("assistant");
    private static final JsonText GROUNDING = JsonText.of("groundingMetadata");

    private final JsonCursor cursor = new JsonCursor(JsonCursor.DEFAULT_DEPTH, false);
    private final PartReader parts = new PartReader();
    private final JsonText reason = new JsonText();
    private final JsonText name = new JsonText();
    private final JsonValue content = new JsonValue();
    private final JsonValue grounding = new JsonValue();
    private final JsonValue logprobs = new JsonValue();
    private final JsonValue value = new JsonValue();
    private boolean hasContent;
    private boolean hasGrounding;
    private boolean hasLogprobs;
    private boolean hasReason;
    private long index;

    /** The id of the answer, of which the ids of calls are made that have none. */
    void answerIs(String id) {
        parts.answerIs(id);
    }

    /**
     * Reads it.
     *
     * @param position where it stands among the candidates: its index where it says none
     */
    void read(JsonValue candidate, int position, FrameSink sink) {
        members(candidate);
        int choice = index < 0 ? position : (int) Math.min(index, Integer.MAX_VALUE);
        sink.role(choice, ASSISTANT);
        if (hasContent) {
            content(choice, sink);
        }
        if (hasLogprobs) {
            Logprobs.tell(logprobs.decode(), choice, sink);
        }
        if (hasGrounding && !grounding.isVoid()) {
            Grounding.tell(grounding.decode(), choice, sink);
            sink.extra(ExtraField.Owner.CHOICE, choice, GROUNDING, grounding);
        }
        extras(candidate, choice, sink);
        if (hasReason && !reason.isEmpty() && !reason.is("FINISH_REASON_UNSPECIFIED")) {
            sink.finish(choice, reason);
        }
    }

    private void members(JsonValue candidate) {
        hasContent = false;
        hasGrounding = false;
        hasLogprobs = false;
        hasReason = false;
        index = -1;
        at(candidate);
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("content")) {
                hasContent = isObject(content);
            } else if (cursor.keyIs("finishReason")) {
                hasReason = cursor.textOrSkip(reason) != null;
            } else if (cursor.keyIs("index")) {
                index = cursor.countOrSkip();
            } else if (cursor.keyIs("groundingMetadata")) {
                hasGrounding = isObject(grounding);
            } else if (cursor.keyIs("logprobsResult")) {
                hasLogprobs = isObject(logprobs);
            } else {
                cursor.skip();
            }
        }
    }

    private void extras(JsonValue candidate, int choice, FrameSink sink) {
        at(candidate);
        cursor.enterObject();
        while (cursor.nextMember()) {
            boolean known = cursor.keyIs("content")
                    || cursor.keyIs("finishReason")
                    || cursor.keyIs("index")
                    || cursor.keyIs("groundingMetadata")
                    || cursor.keyIs("logprobsResult");
            cursor.skipMember(name, value);
            if (!known && !value.isVoid()) {
                sink.extra(ExtraField.Owner.CHOICE, choice, name, value);
            }
        }
    }

    private void content(int choice, FrameSink sink) {
        at(content);
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (!cursor.keyIs("parts") || cursor.peek() != '[') {
                cursor.skip();
                continue;
            }
            cursor.enterArray();
            while (cursor.nextElement()) {
                if (isObject(value)) {
                    parts.read(value, choice, sink);
                }
            }
        }
    }

    private boolean isObject(JsonValue into) {
        boolean object = cursor.peek() == '{';
        cursor.skip(into);
        return object;
    }

    private void at(JsonValue object) {
        cursor.reset(object.array(), object.start(), object.end() - object.start());
    }
}
