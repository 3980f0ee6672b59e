package dev.thalweg.core.stream.property;

import dev.thalweg.core.dialect.openai.ResponseReader;
import dev.thalweg.core.stream.Assembler;
import dev.thalweg.core.stream.EventCollector;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.core.wire.EventBlock;
import dev.thalweg.core.wire.HeldBytes;
import dev.thalweg.core.wire.SseReader;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.model.RawJson;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Makes an answer of bytes as a client does: events, frames, chunks, the answer. */
public final class Pipeline {
    private static final int MARGIN = 3;

    private final SseReader events = new SseReader(1 << 23, new HeldBytes(1 << 24));
    private final ResponseReader reader = new ResponseReader();
    private final EventCollector collector = new EventCollector();
    private final Assembler assembler = new Assembler();
    private int frames;
    private boolean done;

    private Pipeline() {}

    /** The answer in a stream that comes in these pieces. */
    public static String stream(List<byte[]> pieces) {
        Pipeline pipeline = new Pipeline();
        int largest = pieces.stream().mapToInt(piece -> piece.length).max().orElse(0);
        byte[] buffer = new byte[largest + 2 * MARGIN];
        pieces.forEach(piece -> pipeline.piece(buffer, piece));
        if (!pipeline.done && pipeline.events.finish()) {
            pipeline.block(pipeline.events.block());
        }
        return pipeline.answer();
    }

    /** The answer in a whole document. */
    public static String document(String json) {
        Pipeline pipeline = new Pipeline();
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        pipeline.reader.read(bytes, 0, bytes.length, pipeline.collector);
        pipeline.assembler.addWhole(pipeline.collector.takeChunk(new RawJson(json)));
        return pipeline.answer();
    }

    /** The buffer is the next read's as soon as this one is used up, as on a socket. */
    private void piece(byte[] buffer, byte[] piece) {
        Arrays.fill(buffer, (byte) '#');
        System.arraycopy(piece, 0, buffer, MARGIN, piece.length);
        events.feed(buffer, MARGIN, piece.length);
        while (!done && events.next()) {
            block(events.block());
        }
    }

    private void block(EventBlock block) {
        if (!block.hasData()) {
            return;
        }
        if (block.isDone()) {
            done = true;
            return;
        }
        byte[] data = block.dataArray();
        int from = block.dataStart();
        if (Bytes.skipBlank(data, from, from + block.dataLength()) == from + block.dataLength()) {
            return;
        }
        String text = new String(data, from, block.dataLength(), StandardCharsets.UTF_8);
        reader.read(data, from, block.dataLength(), collector);
        if (reader.isError()) {
            throw new AssertionError("taken for an error: " + text);
        }
        assembler.add(collector.takeChunk(new RawJson(text)));
        if (frames++ % 64 == 7) {
            assembler.soFar();
        }
    }

    private String answer() {
        ChatResponse response = assembler.complete();
        String json = response.toJson();
        if (!json.equals(response.toJson()) || !json.equals(assembler.complete().toJson())) {
            throw new AssertionError("completed twice, the answer is not the same: " + json);
        }
        return json;
    }
}
