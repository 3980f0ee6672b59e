package dev.thalweg.core.dialect.responses;

import dev.thalweg.core.dialect.ErrorReader;
import dev.thalweg.core.dialect.FrameSink;
import dev.thalweg.core.error.ErrorBody;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.Usage;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads response objects: whole answers, and those in the first and the last event of a stream. Knows the items that a stream
 * has shown, by their place in the output: ids may differ from event to event (GitHub Copilot's do).
 */
final class AnswerReader {
    private static final JsonText STOP = JsonText.of("stop");
    private static final JsonText LENGTH = JsonText.of("length");
    private static final JsonText TOOL_CALLS = JsonText.of("tool_calls");

    /** More items than any answer has: what is beyond is read as if it were the last one's. */
    private static final int MOST_ITEMS = 4_096;

    final ItemTeller teller = new ItemTeller();
    private final ItemFields itemFields = new ItemFields();
    private final ResponseFields fields = new ResponseFields();
    private final UsageReader usageReader = new UsageReader();
    private final JsonCursor cursor = new JsonCursor(JsonCursor.DEFAULT_DEPTH, false);
    private final JsonValue element = new JsonValue();
    private final Map<Integer, Item> items = new HashMap<>();
    private Item last = new Item();
    private int lastIndex = EventFields.NONE;

    /** The item at this place of the output; without a place the last one. */
    Item item(int index) {
        if (index == EventFields.NONE || index == lastIndex) {
            return last;
        }
        Item known = items.get(index);
        if (known == null) {
            if (items.size() == MOST_ITEMS) {
                return last;
            }
            known = new Item();
            items.put(index, known);
        }
        last = known;
        lastIndex = index;
        return known;
    }

    /** The next item of a stream that gives no places. */
    private Item itemOrNext(int index) {
        return index == EventFields.NONE && last.begun ? item(items.size()) : item(index);
    }

    void begin(int index, JsonValue item, FrameSink sink) {
        teller.begin(itemOrNext(index), itemFields.read(item), sink);
    }

    void done(int index, JsonValue item, FrameSink sink) {
        Item known = item(index);
        teller.done(index == EventFields.NONE && known.done ? itemOrNext(index) : known, itemFields.read(item), sink);
    }

    /** Reads a response object that only begins. */
    void head(byte[] array, int offset, int length, FrameSink sink) {
        fields.read(array, offset, length);
        fields.tellHead(sink);
    }

    /**
     * Reads a whole response object.
     *
     * @return what is reported instead of an answer; null for an answer
     */
    @Nullable
    ErrorBody whole(byte[] array, int offset, int length, FrameSink sink) {
        fields.read(array, offset, length);
        boolean answer = fields.hasOutput || fields.hasStatus;
        if (!answer) {
            return fields.hasError ? ErrorReader.read(array, offset, length) : noAnswer();
        }
        fields.tellHead(sink);
        if (fields.hasOutput) {
            output(sink);
        }
        fields.tellExtra(array, offset, length, sink);
        Usage usage = fields.hasUsage ? usageReader.read(fields.usage) : null;
        if (usage != null) {
            sink.usage(usage);
        }
        if (fields.hasError || is("failed") || is("cancelled")) {
            return fields.hasError ? errorOf(fields.error) : ErrorBody.ofText("The provider's answer has failed.");
        }
        finish(sink);
        return null;
    }

    /** An error as it stands under {@code error}: an object, or only its text. */
    static ErrorBody errorOf(JsonValue error) {
        return ErrorReader.read(error.array(), error.start(), error.end() - error.start());
    }

    private static ErrorBody noAnswer() {
        return ErrorBody.ofText("The provider's answer has neither an output nor a status.");
    }

    private boolean is(String status) {
        return fields.hasStatus && fields.status.is(status);
    }

    /** What did not come in events of its own. */
    private void output(FrameSink sink) {
        cursor.reset(fields.output.array(), fields.output.start(), fields.output.end() - fields.output.start());
        cursor.enterArray();
        for (int index = 0; cursor.nextElement() && index < MOST_ITEMS; index++) {
            cursor.skip(element);
            if (JsonFields.kind(element) == '{') {
                teller.done(item(index), itemFields.read(element), sink);
            }
        }
    }

    private void finish(FrameSink sink) {
        if (is("queued") || is("in_progress")) {
            return;
        }
        teller.role(sink);
        if (is("incomplete") || fields.hasReason) {
            boolean length = !fields.hasReason || fields.reason.is("max_output_tokens");
            sink.finish(0, length ? LENGTH : fields.reason);
        } else {
            sink.finish(0, teller.calls() > 0 ? TOOL_CALLS : STOP);
        }
    }
}
