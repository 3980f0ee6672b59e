package dev.thalweg;

import dev.thalweg.core.stream.ChunkFeed;
import dev.thalweg.core.stream.StreamEnd;
import dev.thalweg.core.stream.StreamObserver;
import dev.thalweg.error.ThalwegException;
import dev.thalweg.model.ChatChunk;
import dev.thalweg.model.LoopLimits;
import dev.thalweg.model.StreamEvent;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Chunks that somebody kept, guarded like those of a connection. */
final class ReplaySource implements AnswerSource {
    private final Iterator<ChatChunk> chunks;
    private final Failures failures;
    private final LoopLimits limits;
    private final Answer answer;
    private StreamObserver observer;
    private volatile boolean aborted;

    ReplaySource(Iterator<ChatChunk> chunks, Failures failures, LoopLimits limits, Answer answer) {
        this.chunks = chunks;
        this.failures = failures;
        this.limits = limits;
        this.observer = new StreamObserver(limits);
        this.answer = answer;
    }

    @Override
    public @Nullable ChatChunk next() {
        if (Thread.currentThread().isInterrupted() || aborted) {
            throw fail(StreamEnd.CALLER_GONE);
        }
        ChatChunk chunk = take();
        if (chunk == null) {
            StreamEnd end = observer.end(true, false);
            if (end != StreamEnd.COMPLETE) {
                throw fail(end);
            }
            answer.complete();
            return null;
        }
        if (chunk.events().stream().anyMatch(StreamEvent.Restarted.class::isInstance)) {
            observer = new StreamObserver(limits);
        }
        new ChunkFeed(observer).add(chunk);
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

    private @Nullable ChatChunk take() {
        try {
            return chunks.hasNext() ? chunks.next() : null;
        } catch (RuntimeException e) {
            release();
            throw failures.giverFailed(e, answer.partial());
        }
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
