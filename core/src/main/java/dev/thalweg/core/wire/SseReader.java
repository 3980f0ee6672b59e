package dev.thalweg.core.wire;

/** Server-sent events (WHATWG). Lines end with LF, CRLF or CR, mixed and cut anywhere. */
public final class SseReader extends BlockReader {
    private boolean afterCr;
    private boolean lineHasBytes;
    private boolean blockHasLines;
    private boolean firstBlock = true;

    /**
     * A reader for one stream.
     *
     * @param maxEventBytes how large one event may be, in bytes
     * @param budget what all streams together may hold back
     */
    public SseReader(int maxEventBytes, HeldBytes budget) {
        super(maxEventBytes, budget);
    }

    @Override
    int endOfEvent(byte[] array, int from, int to) {
        int scan = from;
        while (scan < to) {
            byte b = array[scan++];
            if (b == '\n' || b == '\r') {
                if (b == '\n' && afterCr) {
                    afterCr = false;
                    continue;
                }
                afterCr = b == '\r';
                if (!lineHasBytes && blockHasLines) {
                    if (afterCr && scan < to && array[scan] == '\n') {
                        scan++;
                        afterCr = false;
                    }
                    return scan;
                }
                lineHasBytes = false;
            } else {
                afterCr = false;
                lineHasBytes = true;
                blockHasLines = true;
                scan = lineEnd(array, scan, to);
            }
        }
        return -1;
    }

    /** The position of the first LF or CR, {@code end} where there is none. */
    private static int lineEnd(byte[] array, int from, int end) {
        int i = from;
        while (i < end && array[i] != '\n' && array[i] != '\r') {
            i++;
        }
        return i;
    }

    @Override
    boolean mayEndHere() {
        return blockHasLines;
    }

    @Override
    void parse(EventBlock block, byte[] array, int from, int to) {
        block.set(array, from, to, firstBlock);
        lineHasBytes = false;
        blockHasLines = false;
        firstBlock = false;
    }
}
