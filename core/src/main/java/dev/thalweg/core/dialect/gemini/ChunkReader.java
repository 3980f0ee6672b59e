package dev.thalweg.core.dialect.gemini;

import dev.thalweg.core.dialect.FrameSink;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.StreamEvent.ExtraField;
import org.jspecify.annotations.Nullable;

/** Reads a {@code GenerateContentResponse}: a whole answer, or a chunk of a streamed one. */
final class ChunkReader {
    private static final JsonText ASSISTANT = JsonText.of("assistant");
    private static final JsonText BLOCKED = JsonText.of("PROHIBITED_CONTENT");
    private static final JsonText FEEDBACK = JsonText.of("promptFeedback");

    private final JsonCursor cursor = new JsonCursor(JsonCursor.DEFAULT_DEPTH, false);
    private final UsageReader usageReader = new UsageReader();
    private final CandidateReader candidateReader = new CandidateReader();
    private final JsonText id = new JsonText();
    private final JsonText model = new JsonText();
    private final JsonText name = new JsonText();
    private final JsonValue value = new JsonValue();
    private final JsonValue candidates = new JsonValue();
    private final JsonValue usage = new JsonValue();
    private final JsonValue feedback = new JsonValue();
    private boolean hasId;
    private boolean hasModel;
    private boolean hasCandidates;
    private boolean hasUsage;
    private boolean hasFeedback;
    private boolean hasError;
    private boolean anyCandidate;

    /** Reads the object in these bytes; false, and nothing is told, where it reports an error. */
    boolean read(byte[] array, int offset, int length, FrameSink sink) {
        members(array, offset, length);
        if (hasError) {
            return false;
        }
        if (hasId) {
            sink.id(id);
        }
        if (hasModel) {
            sink.model(model);
        }
        if (hasCandidates) {
            candidateReader.answerIs(hasId ? id.decode() : Long.toHexString(candidates.hash()));
            candidates(sink);
        }
        if (hasFeedback) {
            feedback(sink);
        }
        extras(array, offset, length, sink);
        if (hasUsage) {
            usageReader.tell(usage, sink);
        }
        return true;
    }

    private void members(byte[] array, int offset, int length) {
        hasId = false;
        hasModel = false;
        hasCandidates = false;
        hasUsage = false;
        hasFeedback = false;
        hasError = false;
        cursor.reset(array, offset, length);
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("candidates")) {
                hasCandidates = isNext('[', candidates);
            } else if (cursor.keyIs("usageMetadata")) {
                hasUsage = isNext('{', usage);
            } else if (cursor.keyIs("modelVersion")) {
                hasModel = cursor.textOrSkip(model) != null;
            } else if (cursor.keyIs("responseId")) {
                hasId = cursor.textOrSkip(id) != null && !id.isEmpty();
            } else if (cursor.keyIs("promptFeedback")) {
                hasFeedback = isNext('{', feedback);
            } else {
                hasError |= cursor.keyIs("error") && cursor.peek() != 'n';
                cursor.skip();
            }
        }
        cursor.finish();
    }

    private boolean isNext(char kind, JsonValue into) {
        boolean is = cursor.peek() == kind;
        cursor.skip(into);
        return is;
    }

    private void candidates(FrameSink sink) {
        cursor.reset(candidates.array(), candidates.start(), candidates.end() - candidates.start());
        cursor.enterArray();
        for (int position = 0; cursor.nextElement(); position++) {
            boolean object = cursor.peek() == '{';
            cursor.skip(value);
            if (object) {
                anyCandidate = true;
                candidateReader.read(value, position, sink);
            }
        }
    }

    /** A prompt that was refused has no answer at all: it ends like one that a filter stopped. */
    private void feedback(FrameSink sink) {
        if (feedback.isVoid()) {
            return;
        }
        sink.extra(ExtraField.Owner.ANSWER, -1, FEEDBACK, feedback);
        @Nullable JsonText reason = null;
        cursor.reset(feedback.array(), feedback.start(), feedback.end() - feedback.start());
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("blockReason")) {
                reason = cursor.textOrSkip(name);
            } else {
                cursor.skip();
            }
        }
        if (reason != null && !reason.isEmpty() && !anyCandidate) {
            sink.role(0, ASSISTANT);
            sink.finish(0, FinishWord.isFilter(reason.decode()) ? reason : BLOCKED);
        }
    }

    private void extras(byte[] array, int offset, int length, FrameSink sink) {
        cursor.reset(array, offset, length);
        cursor.enterObject();
        while (cursor.nextMember()) {
            boolean known = cursor.keyIs("candidates")
                    || cursor.keyIs("usageMetadata")
                    || cursor.keyIs("modelVersion")
                    || cursor.keyIs("responseId")
                    || cursor.keyIs("promptFeedback");
            if (known) {
                cursor.skip();
                continue;
            }
            cursor.skipMember(name, value);
            if (!value.isVoid()) {
                sink.extra(ExtraField.Owner.ANSWER, -1, name, value);
            }
        }
    }
}
