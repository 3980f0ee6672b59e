package dev.thalweg.testkit;

import java.io.IOException;
import java.util.Arrays;

/** Body bytes that came but were not handed out yet, and where in them a marker or an event block ends. */
final class BodyBuffer {
    private final BodyInput body;
    private byte[] bytes = new byte[8192];
    private int start;
    private int end;

    BodyBuffer(BodyInput body) {
        this.body = body;
    }

    BodyInput body() {
        return body;
    }

    /** Adds what comes next; false at the end of the body. */
    boolean pull() throws IOException {
        byte[] more = new byte[8192];
        int count = body.read(more);
        if (count < 0) {
            return false;
        }
        if (end + count > bytes.length) {
            byte[] kept = Arrays.copyOfRange(bytes, start, start + 2 * (end - start + count));
            end -= start;
            start = 0;
            bytes = kept;
        }
        System.arraycopy(more, 0, bytes, end, count);
        end += count;
        return true;
    }

    byte[] take(int length) {
        byte[] taken = Arrays.copyOfRange(bytes, start, start + length);
        start += length;
        return taken;
    }

    byte[] takeAll() {
        return take(end - start);
    }

    /** How many bytes to take to have the marker, or -1 when it has not come yet. */
    int endOf(byte[] marker) {
        for (int i = start; i + marker.length <= end; i++) {
            if (Arrays.equals(bytes, i, i + marker.length, marker, 0, marker.length)) {
                return i + marker.length - start;
            }
        }
        return -1;
    }

    /** How many bytes to take to have the first blank line, whatever ends the lines, or -1 when none has come yet. */
    int endOfBlock() {
        int lineStart = start;
        int i = start;
        while (i < end) {
            byte c = bytes[i];
            if (c != '\n' && c != '\r') {
                i++;
                continue;
            }
            int next = c == '\r' && i + 1 < end && bytes[i + 1] == '\n' ? i + 2 : i + 1;
            if (i == lineStart) {
                return next - start;
            }
            lineStart = next;
            i = next;
        }
        return -1;
    }
}
