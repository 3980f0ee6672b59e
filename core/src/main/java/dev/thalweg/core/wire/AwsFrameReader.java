package dev.thalweg.core.wire;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * AWS's event stream ({@code application/vnd.amazon.eventstream}): binary frames with typed headers and two check sums, both
 * of which are checked. An event's name is its {@code :event-type}; an exception's is its {@code :exception-type}.
 */
public final class AwsFrameReader extends BlockReader {
    /** Two lengths and their check sum. */
    private static final int PRELUDE = 12;

    private static final int CHECK_SUM = 4;
    private static final int TYPE_STRING = 7;

    private final CRC32 sum = new CRC32();
    private final byte[] prelude = new byte[PRELUDE];
    private int seen;
    private int total;

    private int nameStart;
    private int nameEnd;
    private boolean failure;
    private String errorMessage = "";

    /**
     * A reader for one stream.
     *
     * @param maxEventBytes how large one frame may be, in bytes
     * @param budget what all streams together may hold back
     */
    public AwsFrameReader(int maxEventBytes, HeldBytes budget) {
        super(maxEventBytes, budget);
    }

    @Override
    int endOfEvent(byte[] array, int from, int to) {
        int i = from;
        while (seen < PRELUDE && i < to) {
            prelude[seen++] = array[i++];
            if (seen == PRELUDE) {
                prelude();
            }
        }
        if (seen < PRELUDE) {
            return -1;
        }
        int missing = total - seen;
        if (to - i < missing) {
            seen += to - i;
            return -1;
        }
        seen = 0;
        return i + missing;
    }

    /** What is no frame at all, a page for example, is seen before much of it is held back. */
    private void prelude() {
        checkSum(prelude, 0, PRELUDE - CHECK_SUM);
        total = int32(prelude, 0);
        int headers = int32(prelude, 4);
        if (total < PRELUDE + CHECK_SUM || headers < 0 || headers > total - PRELUDE - CHECK_SUM) {
            throw new BrokenFrameException("A frame's lengths cannot be " + total + " and " + headers);
        }
    }

    @Override
    public String end() {
        return "";
    }

    @Override
    boolean mayEndHere() {
        return false;
    }

    @Override
    void parse(EventBlock block, byte[] array, int from, int to) {
        checkSum(array, from, to - CHECK_SUM);
        int headers = from + PRELUDE;
        int payload = headers + int32(array, from + 4);
        headers(array, headers, payload);
        block.setData(array, from, to, payload, to - CHECK_SUM);
        block.setName(nameStart, nameEnd, failure);
        if (failure && payload == to - CHECK_SUM) {
            block.setText(new ByteBuilder(64)
                    .ascii("{\"message\":")
                    .string(errorMessage)
                    .ascii("}")
                    .toBytes());
        }
    }

    /** The check sum stands behind what it is of. */
    private void checkSum(byte[] array, int from, int to) {
        sum.reset();
        sum.update(array, from, to - from);
        if ((int) sum.getValue() != int32(array, to)) {
            throw new BrokenFrameException("A frame's check sum is wrong");
        }
    }

    private void headers(byte[] array, int from, int to) {
        nameStart = 0;
        nameEnd = 0;
        failure = false;
        errorMessage = "";
        int i = from;
        while (i < to) {
            int name = i + 1;
            int nameLength = array[i] & 0xFF;
            int type = name + nameLength < to ? array[name + nameLength] : -1;
            int value = name + nameLength + 1;
            int length = valueLength(array, type, value, to);
            int start = type == 6 || type == TYPE_STRING ? value + 2 : value;
            if (start + length > to) {
                throw new BrokenFrameException("A frame's header ends behind its headers");
            }
            if (type == TYPE_STRING) {
                header(array, name, nameLength, start, length);
            }
            i = start + length;
        }
    }

    private void header(byte[] array, int name, int nameLength, int start, int length) {
        int end = name + nameLength;
        if (Bytes.equal(array, name, end, ":event-type")
                || Bytes.equal(array, name, end, ":exception-type")
                || Bytes.equal(array, name, end, ":error-code")) {
            nameStart = start;
            nameEnd = start + length;
        } else if (Bytes.equal(array, name, end, ":message-type")) {
            failure = !Bytes.equal(array, start, start + length, "event");
        } else if (Bytes.equal(array, name, end, ":error-message")) {
            errorMessage = new String(array, start, length, StandardCharsets.UTF_8);
        }
    }

    private static int valueLength(byte[] array, int type, int at, int to) {
        return switch (type) {
            case 0, 1 -> 0;
            case 2 -> 1;
            case 3 -> 2;
            case 4 -> 4;
            case 5, 8 -> 8;
            case 9 -> 16;
            case 6, TYPE_STRING -> {
                if (at + 2 > to) {
                    throw new BrokenFrameException("A frame's header ends behind its headers");
                }
                yield (array[at] & 0xFF) << 8 | (array[at + 1] & 0xFF);
            }
            default -> throw new BrokenFrameException("A frame's header is of no known type");
        };
    }

    private static int int32(byte[] array, int at) {
        return (array[at] & 0xFF) << 24
                | (array[at + 1] & 0xFF) << 16
                | (array[at + 2] & 0xFF) << 8
                | (array[at + 3] & 0xFF);
    }
}
