package dev.thalweg.core.wire;

import java.nio.charset.StandardCharsets;

/**
 * One event as it stands in its stream: the raw bytes up to and with its end, and where its name and its data are. A view,
 * valid until its reader goes on.
 */
public final class EventBlock {
    private static final byte[] NONE = {};

    private byte[] array = NONE;
    private int start;
    private int end;

    private byte[] dataArray = NONE;
    private int dataStart;
    private int dataEnd;
    private int dataLines;
    private byte[] nameArray = NONE;
    private int nameStart;
    private int nameEnd;
    private boolean bare;
    private boolean failure;
    private final ByteBuilder joined = new ByteBuilder(0);

    void set(byte[] array, int start, int end, boolean first) {
        this.array = array;
        this.start = start;
        this.end = end;
        nameArray = array;
        dataLines = 0;
        nameStart = 0;
        nameEnd = 0;
        bare = false;
        failure = false;
        parse(first && hasByteOrderMark() ? start + 3 : start);
    }

    /** An event whose data stands there, and that has no name; without data it is a sign of life. */
    void setData(byte[] array, int start, int end, int dataStart, int dataEnd) {
        this.array = array;
        this.start = start;
        this.end = end;
        this.dataArray = array;
        this.dataStart = dataStart;
        this.dataEnd = dataEnd;
        this.dataLines = dataEnd > dataStart ? 1 : 0;
        this.nameArray = array;
        this.nameStart = 0;
        this.nameEnd = 0;
        this.bare = false;
        this.failure = false;
    }

    /** Its name stands there. */
    void setName(int start, int end, boolean tellsOfFailure) {
        nameStart = start;
        nameEnd = end;
        failure = tellsOfFailure;
    }

    /** Its name is this text. */
    void setName(JsonText name) {
        nameArray = name.array();
        nameStart = name.start();
        nameEnd = name.end();
    }

    /** Its data is this, and stands nowhere in the raw event. */
    void setText(byte[] data) {
        dataArray = data;
        dataStart = 0;
        dataEnd = data.length;
        dataLines = 2;
    }

    /** The array the raw event stands in. */
    public byte[] array() {
        return array;
    }

    /** Where the raw event starts. */
    public int start() {
        return start;
    }

    /** Where the raw event ends, after its blank line. */
    public int end() {
        return end;
    }

    /** Whether it has any data: a comment has none. */
    public boolean hasData() {
        return dataLines > 0;
    }

    /** Whether it is no event at all but a bare JSON document or page, as some providers send for an error. */
    public boolean bare() {
        return bare;
    }

    /** The array the data stands in. */
    public byte[] dataArray() {
        return dataArray;
    }

    /** Where the data starts. */
    public int dataStart() {
        return dataStart;
    }

    /** How long the data is, in bytes. */
    public int dataLength() {
        return dataEnd - dataStart;
    }

    /** Whether there is nothing in the data. */
    public boolean isBlank() {
        return Bytes.skipBlank(dataArray, dataStart, dataEnd) == dataEnd;
    }

    /** Whether the data lies in the raw event as one piece, so that a place in it is a place in {@link #array()}. */
    public boolean dataInPlace() {
        return dataLines <= 1;
    }

    /** Whether its framing says that it tells of an error: AWS's exceptions, of which the name is the kind. */
    public boolean failure() {
        return failure;
    }

    /** Whether the event has a name. */
    public boolean hasName() {
        return nameEnd > nameStart;
    }

    /** The event's name; empty where it has none. */
    public String name() {
        return new String(nameArray, nameStart, nameEnd - nameStart, StandardCharsets.UTF_8);
    }

    /** Whether the event has this name. */
    public boolean nameIs(String name) {
        return Bytes.equal(nameArray, nameStart, nameEnd, name);
    }

    /** Whether the data is the marker {@code [DONE]}, whatever follows it. */
    public boolean isDone() {
        int from = Bytes.skipBlank(dataArray, dataStart, dataEnd);
        return dataLines > 0 && Bytes.startsWith(dataArray, from, dataEnd, "[DONE]");
    }

    private boolean hasByteOrderMark() {
        return end - start >= 3
                && array[start] == (byte) 0xEF
                && array[start + 1] == (byte) 0xBB
                && array[start + 2] == (byte) 0xBF;
    }

    private void parse(int from) {
        int i = from;
        while (i < end) {
            int lineStart = i;
            while (i < end && array[i] != '\n' && array[i] != '\r') {
                i++;
            }
            if (i > lineStart) {
                line(lineStart, i);
            }
            i++;
        }
        if (bare && dataLines == 0) {
            dataArray = array;
            dataStart = Bytes.skipBlank(array, from, end);
            dataEnd = end;
            dataLines = 1;
        } else {
            bare = false;
        }
    }

    private void line(int from, int to) {
        if (isField(from, to, "data")) {
            data(value(from + 4, to), to);
        } else if (isField(from, to, "event")) {
            nameStart = value(from + 5, to);
            nameEnd = to;
        } else if (array[from] == '{' || array[from] == '[' || array[from] == '<') {
            bare = true;
        }
    }

    private boolean isField(int from, int to, String name) {
        int after = from + name.length();
        return Bytes.startsWith(array, from, to, name) && (after == to || array[after] == ':');
    }

    /** Where a field's value starts: after the colon and one blank. */
    private int value(int colon, int to) {
        int from = Math.min(colon + 1, to);
        return from < to && array[from] == ' ' ? from + 1 : from;
    }

    private void data(int from, int to) {
        if (dataLines == 0) {
            dataArray = array;
            dataStart = from;
            dataEnd = to;
        } else {
            if (dataLines == 1) {
                joined.clear().append(dataArray, dataStart, dataEnd - dataStart);
            }
            joined.ascii("\n").append(array, from, to - from);
            dataArray = joined.array();
            dataStart = 0;
            dataEnd = joined.length();
        }
        dataLines++;
    }
}
