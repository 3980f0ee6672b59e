package dev.thalweg.core.wire;

/** One JSON document a line, as Ollama streams them. Lines end with LF or CRLF; empty ones are events without data. */
public final class JsonLineReader extends BlockReader {
    /**
     * A reader for one stream.
     *
     * @param maxEventBytes how large one line may be, in bytes
     * @param budget what all streams together may hold back
     */
    public JsonLineReader(int maxEventBytes, HeldBytes budget) {
        super(maxEventBytes, budget);
    }

    @Override
    int endOfEvent(byte[] array, int from, int to) {
        for (int i = from; i < to; i++) {
            if (array[i] == '\n') {
                return i + 1;
            }
        }
        return -1;
    }

    @Override
    void parse(EventBlock block, byte[] array, int from, int to) {
        int end = to;
        while (end > from && (array[end - 1] == '\n' || array[end - 1] == '\r')) {
            end--;
        }
        block.setData(array, from, to, from, end);
    }

    @Override
    public String end() {
        return "\n";
    }

    @Override
    boolean mayEndHere() {
        return true;
    }
}
