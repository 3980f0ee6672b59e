package dev.thalweg;

import dev.thalweg.core.dialect.openai.ResponseReader;
import dev.thalweg.core.stream.Assembler;
import dev.thalweg.core.stream.EventCollector;
import dev.thalweg.core.wire.JsonSyntaxException;
import dev.thalweg.model.ChatChunk;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.model.RawJson;
import java.nio.charset.StandardCharsets;

/**
 * Chunks outside of a call: made from JSON, put together to an answer. To read them as a stream, see {@link
 * ChatStream#replay}.
 */
public final class Chunks {
    private Chunks() {}

    /**
     * The chunk in this JSON: a {@code chat.completion.chunk} in OpenAI's spelling, or a whole {@code chat.completion}.
     *
     * @throws IllegalArgumentException when it is neither
     */
    public static ChatChunk parse(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        EventCollector collector = new EventCollector();
        ResponseReader reader = new ResponseReader();
        try {
            reader.read(bytes, 0, bytes.length, collector);
        } catch (JsonSyntaxException e) {
            throw new IllegalArgumentException("This is not a chunk, because it is not JSON: " + e.getMessage(), e);
        }
        if (reader.choices() < 0) {
            throw new IllegalArgumentException("This JSON is not a chunk: it has no \"choices\".");
        }
        return collector.takeChunk(new RawJson(json));
    }

    /**
     * The answer these chunks are pieces of, complete or not: a choice without its end has no finish reason. Usage is the
     * last one in the chunks, or estimated from the question and the answer where they have none.
     *
     * @param request the question
     */
    public static ChatResponse assemble(Iterable<ChatChunk> chunks, ChatRequest request) {
        Answer answer = new Answer(request);
        chunks.forEach(chunk -> answer.add(chunk, false));
        answer.over();
        return answer.now();
    }

    /** The same, without a question: usage is not estimated. */
    public static ChatResponse assemble(Iterable<ChatChunk> chunks) {
        return Assembler.assemble(chunks);
    }
}
