package dev.thalweg.core.wire;

/**
 * Server-sent events (WHATWG). Lines end with LF, CRLF or CR, mixed and cut anywhere; an event whose last CR ends a read is
 * complete with the next byte, unless its lines end with CR alone.
 */
public final class SseReader extends BlockReader {
    private boolean afterCr;
    private boolean loneCrs;
    private boolean waitsForLf;
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
        if (waitsForLf && scan < to) {
            return endOfLine(array, scan, to);
        }
        while (scan < to) {
            byte b = array[scan++];
            if (b == '\n' || b == '\r') {
                if (b == '\n' && afterCr) {
                    afterCr = false;
                    loneCrs = false;
                    continue;
                }
                afterCr = b == '\r';
                if (!lineHasBytes && blockHasLines) {
                    if (afterCr && scan == to && !loneCrs) {
                        waitsForLf = true;
                        return -1;
                    }
                    return endOfLine(array, scan, to);
                }
                lineHasBytes = false;
                loneCrs = afterCr;
            } else {
                afterCr = false;
                lineHasBytes = true;
                blockHasLines = true;
                scan = lineEnd(array, scan, to);
            }
        }
        return -1;
    }

    /** The second half of a blank line belongs to its event, in whichever read it comes. */
    private int endOfLine(byte[] array, int at, int to) {
        if (afterCr && at < to && array[at] == '\n') {
            afterCr = false;
            return at + 1;
        }
        return at;
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
    public String end() {
        return "\n\n";
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
        loneCrs = false;
        waitsForLf = false;
    }
}
