package dev.thalweg.core.dialect.openai;

import dev.thalweg.core.dialect.FrameSink;
import dev.thalweg.core.dialect.ToolCallPiece;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.StreamEvent.ExtraField;
import org.jspecify.annotations.Nullable;

/** Reads tool calls and the function call of the form before them, whole or in pieces. */
final class ToolCallReader {
    /** More further fields than any provider sends with a call; what is beyond is left in the raw frame. */
    private static final int MAX_EXTRA = 4;

    private static final JsonText FUNCTION_CALL = JsonText.of("function_call");
    private static final JsonText CUSTOM = JsonText.of("custom");

    private final JsonCursor cursor;
    private final ToolCallPiece piece = new ToolCallPiece();
    private final JsonText type = new JsonText();
    private final JsonText id = new JsonText();
    private final JsonText name = new JsonText();
    private final JsonText arguments = new JsonText();
    private final JsonValue value = new JsonValue();
    private final JsonText[] extraNames = new JsonText[MAX_EXTRA];
    private final JsonValue[] extraValues = new JsonValue[MAX_EXTRA];
    private int extras;

    ToolCallReader(JsonCursor cursor) {
        this.cursor = cursor;
    }

    /**
     * Reads the list ahead.
     *
     * @param whole whether the calls are whole: each element is a call of its own then, and its position its index
     */
    void list(int choice, boolean whole, FrameSink sink) {
        if (cursor.peek() != '[') {
            cursor.skip();
            return;
        }
        int position = 0;
        cursor.enterArray();
        while (cursor.nextElement()) {
            if (cursor.peek() == '{') {
                call(choice, whole ? position : ToolCallPiece.NO_INDEX, sink);
            } else {
                cursor.skip();
            }
            position++;
        }
    }

    private void call(int choice, int otherwise, FrameSink sink) {
        piece.begin(otherwise);
        extras = 0;
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("index")) {
                int index = ResponseReader.index(cursor.countOrSkip(), otherwise);
                piece.index(otherwise == ToolCallPiece.NO_INDEX ? index : otherwise);
            } else if (cursor.keyIs("id")) {
                piece.id(cursor.textOrSkip(id));
            } else if (cursor.keyIs("type")) {
                JsonText said = cursor.textOrSkip(type);
                piece.type(said == null ? piece.type() : said);
            } else if (cursor.keyIs("function") && cursor.peek() == '{') {
                function();
            } else if (cursor.keyIs("custom") && cursor.peek() == '{') {
                function();
                piece.type(CUSTOM);
            } else {
                extra();
            }
        }
        sink.toolCall(choice, piece);
        for (int i = 0; i < extras; i++) {
            sink.extra(ExtraField.Owner.TOOL_CALL, choice, extraNames[i], extraValues[i]);
        }
    }

    /** The form before tool calls existed: one call, without an id. */
    void functionCall(int choice, FrameSink sink) {
        if (cursor.peek() != '{') {
            cursor.skip();
            return;
        }
        piece.begin(ToolCallPiece.NO_INDEX);
        piece.type(FUNCTION_CALL);
        function();
        sink.toolCall(choice, piece);
    }

    private void function() {
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("name")) {
                piece.name(cursor.textOrSkip(name));
            } else if (cursor.keyIs("arguments") || cursor.keyIs("input")) {
                piece.arguments(argumentsAhead());
            } else {
                cursor.skip();
            }
        }
    }

    /** Text that holds JSON; from some servers the JSON itself, which is then the text. */
    private @Nullable JsonText argumentsAhead() {
        if (cursor.peek() != '{' && cursor.peek() != '[') {
            return cursor.textOrSkip(arguments);
        }
        cursor.skip(value);
        return JsonText.of(value.decode());
    }

    private void extra() {
        if (extras == MAX_EXTRA) {
            cursor.skip();
            return;
        }
        if (extraNames[extras] == null) {
            extraNames[extras] = new JsonText();
            extraValues[extras] = new JsonValue();
        }
        cursor.skipMember(extraNames[extras], extraValues[extras]);
        extras += extraValues[extras].isVoid() ? 0 : 1;
    }
}
