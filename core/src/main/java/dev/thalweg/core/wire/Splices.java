package dev.thalweg.core.wire;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Changes to a document that leave the rest of it where it is: a value replaced here, a member put in there. What is not
 * changed is never copied.
 */
public final class Splices {
    /** Where the changed document goes, piece by piece. */
    public interface Output {
        /** The next piece. */
        void piece(byte[] array, int offset, int length);
    }

    private static final byte[] NOTHING = {};

    private record Edit(int start, int end, byte[] replacement) {}

    /** What is inserted at a place stands before what replaces the bytes there. */
    private static final Comparator<Edit> ORDER =
            Comparator.comparingInt(Edit::start).thenComparingInt(Edit::end);

    private final List<Edit> edits = new ArrayList<>(4);

    /** Forgets all changes. */
    public Splices clear() {
        edits.clear();
        return this;
    }

    /** Replaces the bytes from {@code start} to {@code end}; equal ones insert. Edits must not overlap. */
    public Splices replace(int start, int end, byte[] replacement) {
        edits.add(new Edit(start, end, replacement));
        return this;
    }

    /** Takes out the member that starts at its name's quote and whose value ends at {@code valueEnd}, with its comma. */
    public Splices removeMember(byte[] array, int memberStart, int valueEnd, int documentEnd) {
        int after = Bytes.skipBlank(array, valueEnd, documentEnd);
        if (after < documentEnd && array[after] == ',') {
            return replace(memberStart, after + 1, NOTHING);
        }
        int before = memberStart - 1;
        while (Bytes.isBlank(array[before])) {
            before--;
        }
        return replace(array[before] == ',' ? before : memberStart, valueEnd, NOTHING);
    }

    /** Takes out two members, which may be neighbours. */
    public Splices removeMembers(byte[] array, int startA, int endA, int startB, int endB, int documentEnd) {
        if (startA > startB) {
            return removeMembers(array, startB, endB, startA, endA, documentEnd);
        }
        int between = Bytes.skipBlank(array, endA, documentEnd);
        if (Bytes.skipBlank(array, between + 1, documentEnd) == startB) {
            return removeMember(array, startA, endB, documentEnd);
        }
        return removeMember(array, startA, endA, documentEnd).removeMember(array, startB, endB, documentEnd);
    }

    /** Whether nothing changes. */
    public boolean isEmpty() {
        return edits.isEmpty();
    }

    /** The changed document's length, for an original of this length. */
    public long length(long original) {
        long length = original;
        for (Edit edit : edits) {
            length += edit.replacement().length - (edit.end() - edit.start());
        }
        return length;
    }

    /**
     * Writes the changed document that stands in the array from {@code start} to {@code end}; changes before {@code
     * start} are left out.
     */
    public void write(byte[] array, int start, int end, Output output) {
        edits.sort(ORDER);
        int from = start;
        for (Edit edit : edits) {
            if (edit.start() < from) {
                continue;
            }
            piece(output, array, from, edit.start() - from);
            piece(output, edit.replacement(), 0, edit.replacement().length);
            from = edit.end();
        }
        piece(output, array, from, end - from);
    }

    /** The changed document as a new array. */
    public byte[] apply(byte[] array, int start, int end) {
        ByteBuilder result = new ByteBuilder((int) length(end - start));
        write(array, start, end, result::append);
        return result.toBytes();
    }

    private static void piece(Output output, byte[] array, int offset, int length) {
        if (length > 0) {
            output.piece(array, offset, length);
        }
    }
}
