package dev.thalweg.core.dialect.ollama;

import dev.thalweg.core.dialect.EventReader;
import dev.thalweg.core.dialect.FrameSink;
import dev.thalweg.core.stream.Assembler;
import dev.thalweg.core.stream.EventCollector;
import dev.thalweg.core.wire.HeldBytes;
import dev.thalweg.core.wire.JsonLineReader;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.model.RawJson;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads streams and whole answers of Ollama's. */
final class Streams {
    private static final RawJson NOTHING = new RawJson("{}");

    private Streams() {}

    static ChatResponse answer(String stream) {
        return answer(List.of(stream.getBytes(StandardCharsets.UTF_8)));
    }

    static ChatResponse answer(List<byte[]> pieces) {
        EventCollector collector = new EventCollector();
        EventReader.Kind unused = read(pieces, collector);
        return assembled(collector);
    }

    static ChatResponse whole(String json) {
        EventCollector collector = new EventCollector();
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        if (OllamaDialect.CHAT.readAnswer(bytes, 0, bytes.length, collector) != null) {
            throw new AssertionError("an error: " + json);
        }
        return assembled(collector);
    }

    /** What the last line of a stream meant. */
    static EventReader.Kind last(String stream) {
        return read(List.of(stream.getBytes(StandardCharsets.UTF_8)), new EventCollector());
    }

    static EventReader.Kind read(List<byte[]> pieces, FrameSink sink) {
        JsonLineReader lines = new JsonLineReader(1 << 20, new HeldBytes(1 << 20));
        EventReader reader = OllamaDialect.CHAT.eventReader();
        EventReader.Kind last = EventReader.Kind.PART;
        for (byte[] piece : pieces) {
            lines.feed(piece, 0, piece.length);
            while (lines.next()) {
                last = reader.read(lines.block(), sink);
            }
        }
        return lines.finish() ? reader.read(lines.block(), sink) : last;
    }

    private static ChatResponse assembled(EventCollector collector) {
        Assembler assembler = new Assembler();
        assembler.add(collector.takeChunk(NOTHING));
        return assembler.complete();
    }
}
