package dev.thalweg.core.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a reader makes of a stream that comes in these pieces: its events, and every byte it gave out. */
record SseEvents(List<Event> events, byte[] bytes) {
    record Event(String data, boolean hasData, boolean named, boolean bare, boolean done) {}

    static SseEvents read(List<byte[]> pieces) {
        HeldBytes budget = new HeldBytes(1 << 20);
        SseEvents result = read(pieces, new SseReader(1 << 20, budget));
        if (budget.held() != 0) {
            throw new AssertionError("still holds " + budget.held() + " bytes");
        }
        return result;
    }

    static SseEvents read(List<byte[]> pieces, SseReader reader) {
        List<Event> events = new ArrayList<>();
        ByteBuilder bytes = new ByteBuilder(64);
        byte[] shared = new byte[0];
        for (byte[] piece : pieces) {
            // A driver reads into one array again and again, and not always at its start.
            shared = shared.length < piece.length + 5 ? new byte[piece.length + 5] : shared;
            Arrays.fill(shared, (byte) 'x');
            System.arraycopy(piece, 0, shared, 3, piece.length);
            reader.feed(shared, 3, piece.length);
            while (reader.next()) {
                take(reader.block(), events, bytes);
            }
        }
        if (reader.finish()) {
            take(reader.block(), events, bytes);
        } else {
            bytes.append(reader.heldArray(), 0, reader.heldLength());
        }
        reader.close();
        return new SseEvents(events, bytes.toBytes());
    }

    List<String> data() {
        return events.stream().filter(Event::hasData).map(Event::data).toList();
    }

    private static void take(EventBlock block, List<Event> events, ByteBuilder bytes) {
        bytes.append(block.array(), block.start(), block.end() - block.start());
        String data = block.hasData()
                ? new String(block.dataArray(), block.dataStart(), block.dataLength(), StandardCharsets.UTF_8)
                : "";
        // Of a bare document the white space around it says nothing.
        data = block.bare() ? data.strip() : data;
        events.add(new Event(data, block.hasData(), block.nameIs("named"), block.bare(), block.isDone()));
    }
}
