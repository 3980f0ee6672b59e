package dev.thalweg;

import dev.thalweg.error.ThalwegException;
import dev.thalweg.model.ChatChunk;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** The attempt that answers: what becomes of it is told to the plan that led to it. */
final class RoutedSource implements AnswerSource {
    private final ChunkSource source;
    private final Course course;
    private final Queue<ChatChunk> held = new ArrayDeque<>(1);
    private boolean answering;
    private volatile boolean ended;
    private volatile boolean closed;

    RoutedSource(ChunkSource source, Course course) {
        this.source = source;
        this.course = course;
    }

    /**
     * The first chunk; null where the answer is whole without one. As long as somebody else could answer, chunks without
     * content are held back: until then a failure is one to be followed by another attempt.
     */
    @Nullable
    ChatChunk begin() {
        ChatChunk first = read();
        ChatChunk latest = first;
        while (latest != null && !source.answering() && course.hasAlternative()) {
            latest = read();
            if (latest != null) {
                held.add(latest);
            }
        }
        source.stay();
        return first;
    }

    @Override
    public @Nullable ChatChunk next() {
        ChatChunk waiting = held.poll();
        if (ended || (waiting != null && !aborted())) {
            return waiting;
        }
        boolean told = false;
        try {
            ChatChunk chunk = read();
            told = true;
            return chunk;
        } catch (ThalwegException e) {
            told = true;
            throw course.failedForGood(e, source.answer());
        } finally {
            if (!told) {
                course.abandoned();
            }
        }
    }

    private @Nullable ChatChunk read() {
        ChatChunk chunk = source.next();
        if (chunk == null) {
            ended = true;
            course.succeeded(source.answer());
        } else if (!answering && source.answering()) {
            answering = true;
            course.firstToken();
        }
        return chunk;
    }

    @Override
    public Answer answer() {
        return source.answer();
    }

    @Override
    public void abort() {
        closed = true;
        source.abort();
    }

    @Override
    public boolean aborted() {
        return closed || (!ended && source.aborted());
    }

    @Override
    public void release() {
        source.release();
        course.abandoned();
    }
}
