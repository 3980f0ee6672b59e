package dev.thalweg.core.dialect.gemini;

import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.JsonSyntaxException;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.ToolCall;
import org.jspecify.annotations.Nullable;

/**
 * A signature together with the part it stood on: a call, an image, or so many characters of the text. All travel as one text
 * among the reasoning that only the provider can read, because callers of any protocol send that back unchanged.
 *
 * @param callId the call's id; null: it stood on something else
 * @param image the image's number among those of its message, from 0; -1: it stood on something else
 * @param from how many characters of text were before those it stood on
 * @param length how many characters of text it stood on
 * @param value the signature as it came
 */
record Signature(@Nullable String callId, int image, int from, int length, String value) {
    /** Where Google's own chat completions have a call's signature. */
    static final String EXTENSION = "extra_content";

    /** What is taken for the signature of a call that was not made by this provider, or came back without its own. */
    static final String NONE = "skip_thought_signature_validator";

    private static final String CALL = "call.";
    private static final String TEXT = "text.";
    private static final String IMAGE = "image.";

    /** The text that stands for a call's signature. */
    static String ofCall(String id, String value) {
        return CALL + id + "." + value;
    }

    /** The text that stands for the signature of so many characters after so many others. */
    static String ofText(int from, int length, String value) {
        return TEXT + from + "." + length + "." + value;
    }

    /** The text that stands for the signature of the image of this number, from 0. */
    static String ofImage(int number, String value) {
        return IMAGE + number + "." + value;
    }

    /** Whether it stood on text. */
    boolean onText() {
        return callId == null && image < 0;
    }

    /** What such a text says; null for any other. */
    static @Nullable Signature read(String data) {
        int dot = data.lastIndexOf('.');
        if (data.startsWith(CALL) && dot >= CALL.length()) {
            return new Signature(data.substring(CALL.length(), dot), -1, 0, 0, data.substring(dot + 1));
        }
        if (data.startsWith(IMAGE) && dot >= IMAGE.length()) {
            String number = data.substring(IMAGE.length(), dot);
            return number.matches("\\d{1,9}")
                    ? new Signature(null, Integer.parseInt(number), 0, 0, data.substring(dot + 1))
                    : null;
        }
        if (data.startsWith(TEXT) && dot >= TEXT.length()) {
            String[] place = data.substring(TEXT.length(), dot).split("\\.", -1);
            boolean whole = place.length == 2 && place[0].matches("\\d{1,9}") && place[1].matches("\\d{1,9}");
            return whole
                    ? new Signature(
                            null, -1, Integer.parseInt(place[0]), Integer.parseInt(place[1]), data.substring(dot + 1))
                    : null;
        }
        return null;
    }

    /** The value of {@link #EXTENSION}. */
    static ByteBuilder extension(String value) {
        return new ByteBuilder(value.length() + 48)
                .ascii("{\"google\":{\"thought_signature\":")
                .string(value)
                .ascii("}}");
    }

    /** The signature in a call's extension; null where there is none. */
    static @Nullable String in(ToolCall call) {
        RawJson extension = call.extra().get(EXTENSION);
        return extension == null ? null : in(extension.text());
    }

    /** The same of an extension's JSON. */
    static @Nullable String in(String extension) {
        try {
            String value = Nodes.read(extension)
                    .path("google")
                    .path("thought_signature")
                    .asString("");
            return value.isEmpty() ? null : value;
        } catch (JsonSyntaxException e) {
            return null;
        }
    }
}
