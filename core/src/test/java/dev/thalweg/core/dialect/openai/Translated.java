package dev.thalweg.core.dialect.openai;

import dev.thalweg.core.dialect.AnswerHead;
import dev.thalweg.core.dialect.EventReader;
import dev.thalweg.core.dialect.EventWriter;
import dev.thalweg.core.dialect.FrameSink;
import dev.thalweg.core.stream.Assembler;
import dev.thalweg.core.stream.EventCollector;
import dev.thalweg.core.wire.HeldBytes;
import dev.thalweg.core.wire.SseReader;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.model.RawJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Answers that go through reader and writer, as those of a translating gateway do. */
public final class Translated {
    static final ChatRequest REQUEST = ChatRequest.of("m", "Hi");

    private Translated() {}

    static AnswerHead head(String upstream, boolean showUsage, String... warnings) {
        return new AnswerHead("req1", upstream, "alias", 17, showUsage, List.of(warnings));
    }

    /** What a writer makes of an answer of an upstream of this protocol. */
    static String events(String upstream, Consumer<FrameSink> answer) {
        return events(head(upstream, true), REQUEST, answer);
    }

    static String events(AnswerHead head, ChatRequest request, Consumer<FrameSink> answer) {
        EventWriter writer = new OpenAiDialect().eventWriter(head, request);
        answer.accept(writer);
        writer.complete();
        return writer.written().toString();
    }

    /** The stream of an upstream, written anew for a caller. */
    public static byte[] again(byte[] stream) {
        EventWriter writer = new OpenAiDialect().eventWriter(head("openai", true), REQUEST);
        read(stream, writer);
        writer.complete();
        return writer.written().toBytes();
    }

    /** Shows a stream to a sink, up to its end. */
    static EventReader.Kind read(byte[] stream, FrameSink sink) {
        SseReader events = new SseReader(1 << 23, new HeldBytes(1 << 24));
        EventReader reader = new OpenAiDialect().eventReader();
        EventReader.Kind kind = EventReader.Kind.PART;
        events.feed(stream, 0, stream.length);
        while (kind == EventReader.Kind.PART && (events.next() || events.finish())) {
            if (events.block().hasData()) {
                kind = reader.read(events.block(), sink);
            }
        }
        return kind;
    }

    /** The answer in a stream. */
    public static ChatResponse answer(byte[] stream) {
        EventCollector collector = new EventCollector();
        EventReader.Kind unused = read(stream, collector);
        return Assembler.assemble(List.of(collector.takeChunk(new RawJson("{}"))));
    }

    static ChatResponse answer(String stream) {
        return answer(stream.getBytes(StandardCharsets.UTF_8));
    }

    /** The data of the events, without the marker. */
    static List<JsonNode> data(String stream) {
        List<JsonNode> data = new ArrayList<>();
        for (String event : stream.split("\n\n")) {
            if (!event.startsWith(":") && !event.equals("data: [DONE]")) {
                data.add(JsonMapper.shared().readTree(event.substring("data: ".length())));
            }
        }
        return data;
    }
}
