package dev.thalweg.core.dialect;

import dev.thalweg.core.error.ErrorBody;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonSyntaxException;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads an error body in whatever shape it comes: OpenAI's envelope, a string in it (Venice), the flat object of vLLM and
 * Mistral, FastAPI's {@code detail}, numeric codes (OpenRouter, llama.cpp), an array around it (Google), or no JSON at
 * all (a proxy's HTML page). What stands beside the message is kept, so far as it is about the error.
 */
public final class ErrorReader {
    private static final int LONGEST_TEXT = 500;

    /** So many bytes are kept of what stands beside a message: a member that goes beyond is left out. */
    private static final int MOST_FURTHER = 16 * 1024;

    /** What stands beside some messages and is about the account, the request's number or the answer so far. */
    private static final Set<String> UNRELATED = Set.of(
            "attempts",
            "choices",
            "created",
            "finish_reason",
            "id",
            "model",
            "request_id",
            "requestId",
            "usage",
            "user_id");

    private final JsonCursor cursor = new JsonCursor(JsonCursor.DEFAULT_DEPTH, false);
    private final JsonText text = new JsonText();
    private final JsonValue value = new JsonValue();
    private Map<String, String> further = Map.of();
    private int kept;
    private String message = "";
    private @Nullable String type;
    private @Nullable String code;
    private @Nullable String param;
    private int status;
    private boolean google;
    private @Nullable String reason;

    private ErrorReader() {}

    /** What the body in these bytes says. Never fails: what is not JSON becomes the message. */
    public static ErrorBody read(byte[] array, int offset, int length) {
        ErrorReader reader = new ErrorReader();
        try {
            reader.cursor.reset(array, offset, length);
            int first = reader.cursor.peek();
            reader.document();
            if (first != '{' && first != '[') {
                reader.cursor.finish(); // "404 page not found" is a text that begins like JSON
            }
            reader.googles();
            return new ErrorBody(reader.message, reader.type, reader.code, reader.param, reader.status, reader.further);
        } catch (JsonSyntaxException e) {
            return ErrorBody.ofText(plain(array, offset, length));
        }
    }

    /** A page or text: the page's markup is of no use to anyone, a short text may be. */
    private static String plain(byte[] array, int offset, int length) {
        int from = Bytes.skipBlank(array, offset, offset + length);
        if (from == offset + length || array[from] == '<') {
            return "";
        }
        int count = Math.min(offset + length - from, LONGEST_TEXT);
        return new String(array, from, count, StandardCharsets.UTF_8).strip();
    }

    private void document() {
        switch (cursor.peek()) {
            case '[' -> {
                cursor.enterArray();
                while (cursor.nextElement()) {
                    document();
                }
            }
            case '{' -> object();
            case '"' -> {
                cursor.readText(text);
                message = text.decode();
            }
            default -> cursor.skip();
        }
    }

    private void object() {
        Map<String, String> beside = new LinkedHashMap<>();
        boolean says = false;
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("error")) {
                says |= cursor.peek() == '"';
                document();
            } else if (message.isEmpty()
                    && (cursor.keyIs("message") || cursor.keyIs("msg") || cursor.keyIs("detail"))) {
                says |= cursor.peek() == '"';
                document();
            } else if (cursor.keyIs("type")) {
                type();
            } else if (cursor.keyIs("code")) {
                code = or(textOrNumber(), code);
            } else if (cursor.keyIs("param")) {
                param = or(textOrSkip(), param);
            } else {
                String name = cursor.key().decode();
                cursor.peek();
                int start = cursor.position();
                other();
                keep(name, start, beside);
            }
        }
        if (says) {
            further = beside;
        }
    }

    /** A member that is kept as it is, whatever else it says. */
    private void other() {
        if (cursor.keyIs("details") && cursor.peek() == '[') {
            details();
        } else if (cursor.keyIs("status")) {
            status();
        } else if (cursor.keyIs("status_code") || cursor.keyIs("raw_status_code")) {
            status = Math.clamp(cursor.countOrSkip(), 0, 999);
        } else {
            cursor.skip();
        }
    }

    private void keep(String name, int start, Map<String, String> beside) {
        cursor.since(start, value);
        int bytes = value.end() - value.start() + name.length();
        if (!UNRELATED.contains(name) && kept + bytes <= MOST_FURTHER) {
            kept += bytes;
            beside.put(name, OneLine.of(value.decode()));
        }
    }

    /** The type; not Anthropic's envelope's, which says no more than that it is one, before or after the error itself. */
    private void type() {
        String word = textOrSkip();
        type = "error".equals(word) ? or(type, word) : or(word, type);
    }

    /** A number (OpenAI); or Google's word, which serves as the code's type. */
    private void status() {
        if (cursor.peek() == '"') {
            type = or(type, textOrSkip());
            google = true;
        } else {
            status = Math.clamp(cursor.countOrSkip(), 0, 999);
        }
    }

    /** Google's, of which an {@code ErrorInfo} has a reason. */
    private void details() {
        cursor.enterArray();
        while (cursor.nextElement()) {
            if (cursor.peek() != '{') {
                cursor.skip();
                continue;
            }
            cursor.enterObject();
            while (cursor.nextMember()) {
                if (cursor.keyIs("reason")) {
                    reason = or(reason, textOrSkip());
                } else {
                    cursor.skip();
                }
            }
        }
    }

    /** Google's code is no more than the status; its reason is the code. */
    private void googles() {
        if (google && code != null && code.matches("[1-5]\\d\\d")) {
            status = Integer.parseInt(code);
            code = reason;
        }
    }

    private @Nullable String textOrSkip() {
        return JsonText.decodeOrNull(cursor.textOrSkip(text));
    }

    private @Nullable String textOrNumber() {
        if (cursor.peek() == '"') {
            return textOrSkip();
        }
        long number = cursor.countOrSkip();
        return number < 0 ? null : Long.toString(number);
    }

    private static @Nullable String or(@Nullable String first, @Nullable String second) {
        return first != null ? first : second;
    }
}
