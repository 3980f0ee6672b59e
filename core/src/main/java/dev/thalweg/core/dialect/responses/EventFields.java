package dev.thalweg.core.dialect.responses;

import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;

/**
 * The members of one event, as views into it: read first and looked at then, because the type may come last. Nothing is
 * allocated.
 */
final class EventFields {
    /** The index where none is given. */
    static final int NONE = -1;

    final JsonText type = new JsonText();
    final JsonText delta = new JsonText();
    final JsonText whole = new JsonText();
    final JsonText id = new JsonText();
    final JsonValue item = new JsonValue();
    final JsonValue response = new JsonValue();
    final JsonValue annotation = new JsonValue();
    final JsonValue logprobs = new JsonValue();
    final JsonValue error = new JsonValue();
    boolean hasType;
    boolean hasDelta;
    boolean hasWhole;
    boolean hasId;
    boolean hasItem;
    boolean hasResponse;
    boolean hasAnnotation;
    boolean hasLogprobs;
    boolean hasError;
    int outputIndex;
    int contentIndex;
    int summaryIndex;

    private final JsonCursor cursor = new JsonCursor(JsonCursor.DEFAULT_DEPTH, false);

    void read(byte[] array, int offset, int length) {
        clear();
        cursor.reset(array, offset, length);
        cursor.enterObject();
        while (cursor.nextMember()) {
            member();
        }
        cursor.finish();
    }

    private void clear() {
        hasType = false;
        hasDelta = false;
        hasWhole = false;
        hasId = false;
        hasItem = false;
        hasResponse = false;
        hasAnnotation = false;
        hasLogprobs = false;
        hasError = false;
        outputIndex = NONE;
        contentIndex = 0;
        summaryIndex = 0;
    }

    private void member() {
        if (cursor.keyIs("type")) {
            hasType = cursor.textOrSkip(type) != null;
        } else if (cursor.keyIs("delta")) {
            hasDelta = cursor.textOrSkip(delta) != null;
        } else if (cursor.keyIs("output_index")) {
            outputIndex = index(NONE);
        } else if (cursor.keyIs("content_index")) {
            contentIndex = index(0);
        } else if (cursor.keyIs("summary_index")) {
            summaryIndex = index(0);
        } else if (cursor.keyIs("item_id")) {
            hasId = cursor.textOrSkip(id) != null;
        } else if (cursor.keyIs("logprobs")) {
            cursor.skip(logprobs);
            hasLogprobs = !logprobs.isVoid() && JsonFields.kind(logprobs) == '[';
        } else if (cursor.keyIs("item")) {
            hasItem = object(item);
        } else if (cursor.keyIs("response")) {
            hasResponse = object(response);
        } else if (cursor.keyIs("annotation")) {
            hasAnnotation = object(annotation);
        } else if (cursor.keyIs("error")) {
            cursor.skip(error);
            hasError = !error.isVoid();
        } else if (isWhole()) {
            hasWhole |= cursor.textOrSkip(whole) != null;
        } else {
            cursor.skip();
        }
    }

    /** What the done event of a text, a refusal, a function's call and a custom tool's call has all of. */
    private boolean isWhole() {
        return cursor.keyIs("text") || cursor.keyIs("refusal") || cursor.keyIs("arguments") || cursor.keyIs("input");
    }

    private boolean object(JsonValue into) {
        cursor.skip(into);
        return JsonFields.kind(into) == '{';
    }

    private int index(int otherwise) {
        long value = cursor.countOrSkip();
        return value < 0 || value > Integer.MAX_VALUE ? otherwise : (int) value;
    }
}
