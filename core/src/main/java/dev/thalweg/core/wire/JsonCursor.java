package dev.thalweg.core.wire;

import org.jspecify.annotations.Nullable;

/**
 * Walks once, forward, through a JSON document in an array, without building a tree. It checks all that it passes:
 * syntax, depth, control characters, and UTF-8 where {@code strict}. Every position it gives is an index into the array.
 *
 * <pre>{@code
 * cursor.reset(array, offset, length);
 * cursor.enterObject();
 * while (cursor.nextMember()) {
 *     if (cursor.keyIs("model")) { cursor.readText(text); } else { cursor.skip(); }
 * }
 * cursor.finish();
 * }</pre>
 */
public final class JsonCursor {
    /** The depth that any provider's document stays below. */
    public static final int DEFAULT_DEPTH = 128;

    private static final byte[] NONE = {};

    /** How long an escape is, by the character after its backslash; 0 where there is none. */
    private static final byte[] ESCAPES = new byte[128];

    static {
        for (char simple : "\"\\/bfnrt".toCharArray()) {
            ESCAPES[simple] = 2;
        }
        ESCAPES['u'] = 6;
    }

    private final int maxDepth;
    private final boolean strict;
    private final JsonText key = new JsonText();
    private byte[] array = NONE;
    private int base;
    private int position;
    private int end;
    private int depth;
    private boolean first;
    private int memberStart;

    /**
     * A cursor that refuses documents nested deeper than this.
     *
     * @param strict whether invalid UTF-8 is refused
     */
    public JsonCursor(int maxDepth, boolean strict) {
        this.maxDepth = maxDepth;
        this.strict = strict;
    }

    /** Starts on the document in these bytes. */
    public JsonCursor reset(byte[] bytes, int offset, int length) {
        array = bytes;
        base = offset;
        position = offset;
        end = offset + length;
        depth = 0;
        first = false;
        return this;
    }

    /** The position of the next byte to read: after a read or a skip, the end of that value. */
    public int position() {
        return position;
    }

    /** The first byte of the value ahead: one of <code>{ [ " t f n - 0-9</code>; -1 at the end of the bytes. */
    public int peek() {
        position = Bytes.skipBlank(array, position, end);
        return position < end ? array[position] & 0xFF : -1;
    }

    /** Steps into the object ahead. */
    public void enterObject() {
        enter('{', "an object");
    }

    /** Steps into the array ahead. */
    public void enterArray() {
        enter('[', "an array");
    }

    private void enter(char open, String what) {
        if (peek() != open) {
            throw expected(what);
        }
        if (++depth > maxDepth) {
            throw error("JSON nested deeper than " + maxDepth, position);
        }
        position++;
        first = true;
    }

    /** Steps to the next member of the current object, or out of it. */
    public boolean nextMember() {
        if (!next('}')) {
            return false;
        }
        memberStart = position;
        if (position >= end || array[position] != '"') {
            throw expected("a member name in quotes");
        }
        string(key);
        if (peek() != ':') {
            throw expected("':'");
        }
        position++;
        return true;
    }

    /** Steps to the next element of the current array, or out of it. */
    public boolean nextElement() {
        return next(']');
    }

    private boolean next(char close) {
        int b = peek();
        if (b == close) {
            position++;
            depth--;
            first = false;
            return false;
        }
        if (first) {
            first = false;
            return true;
        }
        if (b != ',') {
            throw expected("',' or '" + close + "'");
        }
        position++;
        if (peek() == close) {
            throw expected("a value after ','");
        }
        return true;
    }

    /** Goes back to just inside the object it has left, whose first member is at or after this position. */
    public void reenterObject(int afterBrace) {
        position = afterBrace;
        depth++;
        first = true;
    }

    /** Whether the current member has this name. */
    public boolean keyIs(String ascii) {
        return key.is(ascii);
    }

    /** The current member's name. */
    public JsonText key() {
        return key;
    }

    /** Where the current member starts, at its name's opening quote. */
    public int memberStart() {
        return memberStart;
    }

    /** Reads the string ahead into a view. */
    public void readText(JsonText into) {
        if (peek() != '"') {
            throw expected("a string");
        }
        string(into);
    }

    /** Reads the string ahead, or skips a null or anything else: then it returns null. */
    public @Nullable JsonText textOrSkip(JsonText into) {
        if (peek() != '"') {
            skip();
            return null;
        }
        string(into);
        return into;
    }

    /**
     * Reads the number ahead as a whole number (cutting a fraction), or skips anything else, an exponent or a sign
     * included: then it returns -1.
     */
    public long countOrSkip() {
        int b = peek();
        int start = position;
        skip();
        if (b != '-' && (b < '0' || b > '9')) {
            return -1;
        }
        long value = 0;
        for (int i = start; i < position; i++) {
            byte c = array[i];
            if (c == '.') {
                return isDigits(i + 1) ? value : -1;
            }
            if (c < '0' || c > '9') {
                return -1;
            }
            if (value > (Long.MAX_VALUE - 9) / 10) {
                return -1;
            }
            value = value * 10 + (c - '0');
        }
        return value;
    }

    /** Whether everything from there to here is a digit. */
    public boolean isDigits(int from) {
        for (int i = from; i < position; i++) {
            if (array[i] < '0' || array[i] > '9') {
                return false;
            }
        }
        return true;
    }

    /** Steps over the value ahead, checking it. */
    public void skip() {
        int b = peek();
        switch (b) {
            case '{' -> {
                enterObject();
                while (nextMember()) {
                    skip();
                }
            }
            case '[' -> {
                enterArray();
                while (nextElement()) {
                    skip();
                }
            }
            case '"' -> string(null);
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            default -> number();
        }
    }

    /** Steps over the value ahead, checking it, and makes this view the value. */
    public void skip(JsonValue into) {
        int unused = peek();
        int start = position;
        skip();
        into.set(array, start, position);
    }

    /** Makes this view the value that starts at this position and ends here. */
    public void since(int start, JsonValue into) {
        into.set(array, start, position);
    }

    /** Steps over the value of the current member and makes these views its name and its value. */
    public void skipMember(JsonText name, JsonValue value) {
        name.set(key);
        skip(value);
    }

    /** Checks that nothing but white space follows. */
    public void finish() {
        if (peek() != -1) {
            throw error("Something follows the end of the JSON document", position);
        }
    }

    private void word(String word) {
        if (!Bytes.startsWith(array, position, end, word)) {
            throw expected("a value");
        }
        position += word.length();
    }

    private void number() {
        int start = position;
        if (position < end && array[position] == '-') {
            position++;
        }
        int whole = position;
        int digits = digits();
        if (digits == 0 || (digits > 1 && array[whole] == '0')) {
            position = start;
            throw expected("a value");
        }
        if (position < end && array[position] == '.') {
            position++;
            if (digits() == 0) {
                throw expected("a digit");
            }
        }
        if (position < end && (array[position] | 0x20) == 'e') {
            position++;
            if (position < end && (array[position] == '+' || array[position] == '-')) {
                position++;
            }
            if (digits() == 0) {
                throw expected("a digit");
            }
        }
    }

    private int digits() {
        int start = position;
        while (position < end && array[position] >= '0' && array[position] <= '9') {
            position++;
        }
        return position - start;
    }

    private void string(@Nullable JsonText into) {
        byte[] a = array;
        int start = position + 1;
        boolean escaped = false;
        int i = start;
        while (true) {
            i = PlainBytes.skip(a, i, end, strict);
            if (i >= end) {
                throw error("A string without its closing quote", end);
            }
            byte b = a[i];
            if (b == '"') {
                if (into != null) {
                    into.set(a, start, i, escaped);
                }
                position = i + 1;
                return;
            }
            if (b == '\\') {
                escaped = true;
                do {
                    i = escape(i);
                } while (i < end && a[i] == '\\');
            } else if (b < 0) {
                i = beyondAscii(i);
            } else {
                throw error("A control character inside a string", i);
            }
        }
    }

    /** The position after the characters beyond ASCII that begin there. */
    private int beyondAscii(int from) {
        int i = from;
        do {
            int next = Utf8.next(array, i, end);
            if (next < 0) {
                throw error("Invalid UTF-8", i);
            }
            i = next;
        } while (i < end && array[i] < 0);
        return i;
    }

    private int escape(int i) {
        if (i + 1 >= end) {
            throw error("A string without its closing quote", end);
        }
        int next = array[i + 1];
        int length = next < 0 ? 0 : ESCAPES[next];
        if (length == 2) {
            return i + 2;
        }
        if (length == 0) {
            throw error("An unknown escape in a string", i);
        }
        if (i + 6 > end || Bytes.hex4(array, i + 2) < 0) {
            throw error("An escape that is not four hexadecimal digits", i);
        }
        return i + 6;
    }

    private JsonSyntaxException expected(String what) {
        return error(position >= end ? "The JSON ends where " + what + " was expected" : "Expected " + what, position);
    }

    private JsonSyntaxException error(String problem, int at) {
        return new JsonSyntaxException(problem, at - base);
    }
}
