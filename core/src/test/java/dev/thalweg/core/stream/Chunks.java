package dev.thalweg.core.stream;

import dev.thalweg.core.dialect.openai.ResponseReader;
import dev.thalweg.model.ChatChunk;
import dev.thalweg.model.RawJson;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Reads frames as a client does: one reader and one collector for a stream, one chunk a frame. */
final class Chunks {
    private Chunks() {}

    static List<ChatChunk> of(String... frames) {
        ResponseReader reader = new ResponseReader();
        EventCollector collector = new EventCollector();
        return Arrays.stream(frames)
                .map(frame -> {
                    byte[] bytes = frame.getBytes(StandardCharsets.UTF_8);
                    reader.read(bytes, 0, bytes.length, collector);
                    return collector.takeChunk(new RawJson(frame));
                })
                .toList();
    }

    /** A chunk of one choice. */
    static String chunk(int choice, String delta, String finish) {
        return "{\"id\":\"c1\",\"model\":\"m\",\"choices\":[{\"index\":" + choice + ",\"delta\":" + delta
                + ",\"finish_reason\":" + (finish == null ? "null" : "\"" + finish + "\"") + "}]}";
    }
}
