package dev.thalweg.core.dialect.gemini;

import dev.thalweg.core.dialect.FrameSink;
import dev.thalweg.core.dialect.ToolCallPiece;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.StreamEvent.ExtraField;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads the parts of an answer. A signature on thoughts is the reasoning's own; one on a call, an image or text is told as reasoning
 * that only the provider can read, which says where it stood ({@link Signature}): every protocol's callers send such reasoning
 * back. A call's is told in Google's own extension of chat completions, too.
 */
final class PartReader {
    private static final JsonText FUNCTION = JsonText.of("function");
    private static final JsonText PARTS = JsonText.of(GeminiDialect.PARTS);
    private static final JsonText EXTENSION = JsonText.of(Signature.EXTENSION);

    private final JsonCursor cursor = new JsonCursor(JsonCursor.DEFAULT_DEPTH, false);
    private final ToolCallPiece piece = new ToolCallPiece();
    private final JsonText text = new JsonText();
    private final JsonText signature = new JsonText();
    private final JsonText id = new JsonText();
    private final JsonText name = new JsonText();
    private final JsonText mediaType = new JsonText();
    private final JsonText data = new JsonText();
    private final JsonValue call = new JsonValue();
    private final JsonValue inline = new JsonValue();
    private final JsonValue arguments = new JsonValue();
    private final JsonValue written = new JsonValue();
    private final Map<Integer, Integer> calls = new HashMap<>();
    private final Map<Integer, Integer> characters = new HashMap<>();
    private final Map<Integer, Integer> images = new HashMap<>(0);
    private String answer = "";
    private int allCalls;
    private boolean hasText;
    private boolean thought;
    private boolean signed;
    private boolean hasCall;
    private boolean hasInline;

    /** The id of the answer. */
    void answerIs(String id) {
        answer = id;
    }

    /** Reads a part. */
    void read(JsonValue part, int choice, FrameSink sink) {
        members(part);
        if (hasCall) {
            call(choice, sink);
        } else if (hasInline) {
            inline(part, choice, sink);
        } else if (hasText && thought) {
            sink.reasoning(choice, text);
            if (signed) {
                sink.signature(choice, signature);
            }
        } else if (hasText || signed) {
            text(choice, sink);
        } else if (!part.isVoid()) {
            other(part, choice, sink);
        }
    }

    private void text(int choice, FrameSink sink) {
        int length = 0;
        if (hasText) {
            sink.text(choice, text);
            length = length(text);
        }
        int before = characters.merge(choice, length, Integer::sum) - length;
        if (signed) {
            sink.redacted(choice, JsonText.of(Signature.ofText(before, length, signature.decode())));
        }
    }

    /** How many characters Java counts in a text, without making one of it. */
    private static int length(JsonText text) {
        byte[] bytes = text.array();
        int count = 0;
        for (int i = text.start(); i < text.end(); i++) {
            int b = bytes[i] & 0xFF;
            if (b == '\\') {
                i += bytes[i + 1] == 'u' ? 5 : 1;
                count++;
            } else if ((b & 0xC0) != 0x80) {
                count += b >= 0xF0 ? 2 : 1;
            }
        }
        return count;
    }

    private void call(int choice, FrameSink sink) {
        boolean hasId = false;
        boolean hasName = false;
        boolean hasArguments = false;
        at(call);
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("id")) {
                hasId = cursor.textOrSkip(id) != null && !id.isEmpty();
            } else if (cursor.keyIs("name")) {
                hasName = cursor.textOrSkip(name) != null && !name.isEmpty();
            } else if (cursor.keyIs("args")) {
                hasArguments = cursor.peek() == '{';
                cursor.skip(arguments);
            } else {
                cursor.skip();
            }
        }
        if (!hasName) {
            return; // a piece of arguments, which come so only for who asks for it
        }
        String callId = hasId ? id.decode() : CallIds.of(answer, allCalls);
        allCalls++;
        if (signed) {
            sink.redacted(choice, JsonText.of(Signature.ofCall(callId, signature.decode())));
        }
        piece.begin(calls.merge(choice, 1, Integer::sum) - 1).type(FUNCTION);
        piece.id(hasId ? id : JsonText.of(callId));
        piece.name(name);
        piece.arguments(JsonText.of(hasArguments ? arguments.decode() : "{}"));
        sink.toolCall(choice, piece);
        if (signed) {
            ByteBuilder json = Signature.extension(signature.decode());
            sink.extra(ExtraField.Owner.TOOL_CALL, choice, EXTENSION, written.set(json.array(), 0, json.length()));
        }
        sink.partEnds(choice);
    }

    /** Pictures and sound have words; any other file has none. */
    private void inline(JsonValue part, int choice, FrameSink sink) {
        boolean hasType = false;
        boolean hasData = false;
        at(inline);
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("mimeType")) {
                hasType = cursor.textOrSkip(mediaType) != null;
            } else if (cursor.keyIs("data")) {
                hasData = cursor.textOrSkip(data) != null;
            } else {
                cursor.skip();
            }
        }
        String type = hasType ? mediaType.decode() : "";
        if (hasData && type.startsWith("image/")) {
            ByteBuilder json = new ByteBuilder(data.end() - data.start() + 128)
                    .ascii("{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:")
                    .characters(mediaType)
                    .ascii(";base64,")
                    .characters(data)
                    .ascii("\"}}");
            int number = images.merge(choice, 1, Integer::sum) - 1;
            if (signed) {
                sink.redacted(choice, JsonText.of(Signature.ofImage(number, signature.decode())));
            }
            sink.image(choice, written.set(json.array(), 0, json.length()));
        } else if (hasData && type.startsWith("audio/")) {
            ByteBuilder json = new ByteBuilder(data.end() - data.start() + 128)
                    .ascii("{\"data\":\"")
                    .characters(data)
                    .ascii("\",\"mime_type\":")
                    .string(mediaType)
                    .ascii("}");
            sink.audio(choice, written.set(json.array(), 0, json.length()));
        } else {
            other(part, choice, sink);
        }
    }

    private void other(JsonValue part, int choice, FrameSink sink) {
        ByteBuilder json = new ByteBuilder(part.end() - part.start() + 2)
                .ascii("[")
                .value(part)
                .ascii("]");
        sink.extra(ExtraField.Owner.MESSAGE, choice, PARTS, written.set(json.array(), 0, json.length()));
    }

    private void members(JsonValue part) {
        hasText = false;
        thought = false;
        signed = false;
        hasCall = false;
        hasInline = false;
        boolean other = false;
        at(part);
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("text")) {
                hasText = cursor.textOrSkip(text) != null;
            } else if (cursor.keyIs("thought")) {
                thought = cursor.peek() == 't';
                cursor.skip();
            } else if (cursor.keyIs("thoughtSignature")) {
                signed = cursor.textOrSkip(signature) != null && !signature.isEmpty();
            } else if (cursor.keyIs("functionCall")) {
                hasCall = cursor.peek() == '{';
                cursor.skip(call);
            } else if (cursor.keyIs("inlineData")) {
                hasInline = cursor.peek() == '{';
                cursor.skip(inline);
            } else {
                other |= cursor.peek() == '{';
                cursor.skip();
            }
        }
        if (other && !hasText && !hasCall) {
            signed = false; // it stands in the part, which is told whole
        }
    }

    private void at(JsonValue object) {
        cursor.reset(object.array(), object.start(), object.end() - object.start());
    }
}
