package dev.thalweg.core.dialect.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.thalweg.core.catalog.Provider;
import dev.thalweg.core.catalog.Providers;
import dev.thalweg.core.dialect.AnswerHead;
import dev.thalweg.core.dialect.EventReader;
import dev.thalweg.core.dialect.FrameSink;
import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.stream.Assembler;
import dev.thalweg.core.stream.EventCollector;
import dev.thalweg.core.wire.Framing;
import dev.thalweg.core.wire.HeldBytes;
import dev.thalweg.core.wire.SseReader;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.model.RawJson;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the tests of this package have in common. */
final class Gemini {
    static final GeminiDialect DIALECT = new GeminiDialect();
    static final Provider PROVIDER = Providers.find("gemini").orElseThrow();

    private Gemini() {}

    static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    static JsonNode tree(String json) {
        return JsonMapper.shared().readTree(json);
    }

    static String events(String... data) {
        StringBuilder stream = new StringBuilder();
        for (String one : data) {
            stream.append("data: ").append(one).append("\r\n\r\n");
        }
        return stream.toString();
    }

    /** Reads a stream in these pieces; what its last event meant. */
    static EventReader.Kind read(List<byte[]> pieces, FrameSink sink) {
        SseReader events = new SseReader(1 << 23, new HeldBytes(1 << 24));
        EventReader reader = DIALECT.eventReader();
        EventReader.Kind last = EventReader.Kind.PART;
        for (byte[] piece : pieces) {
            events.feed(piece, 0, piece.length);
            while (events.next()) {
                if (events.block().hasData()) {
                    last = reader.read(events.block(), sink);
                }
            }
        }
        return last;
    }

    static ChatResponse streamed(String stream) {
        return streamed(List.of(bytes(stream)));
    }

    static ChatResponse streamed(List<byte[]> pieces) {
        EventCollector collector = new EventCollector();
        EventReader.Kind unused = read(pieces, collector);
        Assembler assembler = new Assembler();
        assembler.add(collector.takeChunk(new RawJson("{}")));
        return assembler.complete();
    }

    static ChatResponse whole(String json) {
        EventCollector collector = new EventCollector();
        byte[] body = bytes(json);
        var error = DIALECT.readAnswer(body, 0, body.length, collector);
        if (error != null) {
            throw new AssertionError(error.message());
        }
        Assembler assembler = new Assembler();
        assembler.add(collector.takeChunk(new RawJson("{}")));
        return assembler.complete();
    }

    static ChatRequest request(String json) {
        byte[] body = bytes(json);
        return DIALECT.readRequest(body, 0, body.length);
    }

    static JsonNode written(ChatRequest request, String model, Warnings warnings) {
        return tree(new String(DIALECT.writeRequest(request, PROVIDER, model, true, warnings), UTF_8));
    }

    static AnswerHead head(String upstream, Framing framing) {
        return new AnswerHead("req-7", upstream, "the-model", 1L, true, framing, List.of());
    }
}
