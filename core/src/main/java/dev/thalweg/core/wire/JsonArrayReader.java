package dev.thalweg.core.wire;

/** The objects of one JSON array that is sent piece by piece, as Gemini streams without {@code alt=sse}. */
public final class JsonArrayReader extends BlockReader {
    private int depth;
    private boolean inString;
    private boolean escaped;

    /**
     * A reader for one stream.
     *
     * @param maxEventBytes how large one object may be, in bytes
     * @param budget what all streams together may hold back
     */
    public JsonArrayReader(int maxEventBytes, HeldBytes budget) {
        super(maxEventBytes, budget);
    }

    /** Brackets are counted in no string. What an object holds is checked by whoever reads it. */
    @Override
    int endOfEvent(byte[] array, int from, int to) {
        for (int i = from; i < to; i++) {
            byte b = array[i];
            if (inString) {
                inString = escaped || b != '"';
                escaped = !escaped && b == '\\';
            } else if (b == '"') {
                inString = true;
            } else if (b == '{') {
                depth++;
            } else if (b == '}' && --depth <= 0) {
                depth = 0;
                return i + 1;
            }
        }
        return -1;
    }

    @Override
    void parse(EventBlock block, byte[] array, int from, int to) {
        int start = from;
        while (start < to && array[start] != '{') {
            start++;
        }
        block.setData(array, from, to, start, to);
    }

    @Override
    public String end() {
        return "";
    }

    @Override
    boolean mayEndHere() {
        return false;
    }
}
