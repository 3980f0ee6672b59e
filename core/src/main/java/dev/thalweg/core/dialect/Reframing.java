package dev.thalweg.core.dialect;

import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.core.wire.EventBlock;
import dev.thalweg.core.wire.Framing;

/** Puts the data of events into another framing than it came in. For one stream; not thread-safe. */
public final class Reframing {
    private final Framing to;
    private final ByteBuilder written = new ByteBuilder(256);
    private int events;

    /** To this framing. */
    public Reframing(Framing to) {
        this.to = to;
    }

    /** An event as it is; a sign of life without data is none in another framing. */
    void put(EventBlock block, RelayOutput output) {
        if (block.hasData() && !block.isBlank()) {
            put(block, block.dataStart(), block.dataStart(), new byte[0], output);
        }
    }

    /** An event with another text between these places of its data. */
    void put(EventBlock block, int start, int end, byte[] text, RelayOutput output) {
        byte[] data = block.dataArray();
        int dataEnd = block.dataStart() + block.dataLength();
        ByteBuilder json = new ByteBuilder(block.dataLength() + text.length)
                .append(data, block.dataStart(), start - block.dataStart())
                .append(text)
                .append(data, end, dataEnd - end);
        written.clear();
        if (to == Framing.SSE && block.hasName()) {
            written.ascii("event: ").append(Bytes.utf8(block.name())).ascii("\n");
        }
        frame(json.array(), json.length());
        output.put(written.array(), 0, written.length());
    }

    private void frame(byte[] json, int length) {
        switch (to) {
            case SSE -> written.ascii("data: ").append(json, 0, length).ascii("\n\n");
            case JSON_LINES -> written.append(json, 0, length).ascii("\n");
            case JSON_ARRAY -> written.ascii(events == 0 ? "[" : ",\r\n").append(json, 0, length);
            case AWS, AWS_CHUNKS -> throw new IllegalStateException("an AWS frame needs its event's type");
        }
        events++;
    }

    /** The stream is complete. */
    void end(RelayOutput output) {
        if (to == Framing.JSON_ARRAY) {
            byte[] last = Bytes.utf8(events == 0 ? "[]" : "]");
            output.put(last, 0, last.length);
        }
    }
}
