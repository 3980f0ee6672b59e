package dev.thalweg;

import dev.thalweg.core.stream.ChunkFeed;
import dev.thalweg.core.stream.StreamEnd;
import dev.thalweg.core.stream.StreamObserver;
import dev.thalweg.error.ThalwegException;
import dev.thalweg.model.ChatChunk;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Chunks that somebody kept, guarded like those of a connection. */
final class ReplaySource implements AnswerSource {
    private final Iterator<ChatChunk> chunks;
    private final Failures failures;
    private final StreamObserver observer;
    private final ChunkFeed feed;
    private final Answer answer;
    private volatile boolean aborted;

    ReplaySource(Iterator<ChatChunk> chunks, Failures failures, StreamObserver observer, Answer answer) {
        this.chunks = chunks;
        this.failures = failures;
        this.observer = observer;
        this.feed = new ChunkFeed(observer);
        this.answer = answer;
    }

    @Override
    public @Nullable ChatChunk next() {
        if (Thread.currentThread().isInterrupted() || aborted) {
            throw fail(StreamEnd.CALLER_GONE);
        }
        if (!chunks.hasNext()) {
            StreamEnd end = observer.end(true, false);
            if (end != StreamEnd.COMPLETE) {
                throw fail(end);
            }
            answer.complete();
            return null;
        }
        ChatChunk chunk = chunks.next();
        feed.add(chunk);
        if (observer.looped()) {
            release();
            throw failures.loop(observer.loop().orElse(""), answer.partial());
        }
        if (observer.stopped()) {
            throw fail(observer.end(false, false));
        }
        answer.add(chunk, false);
        return chunk;
    }

    private ThalwegException fail(StreamEnd end) {
        release();
        return failures.end(end, null, "", answer.partial());
    }

    @Override
    public Answer answer() {
        return answer;
    }

    @Override
    public void abort() {
        aborted = true;
    }

    @Override
    public boolean aborted() {
        return aborted;
    }

    @Override
    public void release() {
        aborted = true;
        answer.over();
    }
}
