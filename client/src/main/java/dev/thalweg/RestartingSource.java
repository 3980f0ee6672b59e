package dev.thalweg;

import dev.thalweg.error.CancelledException;
import dev.thalweg.error.ThalwegException;
import dev.thalweg.model.ChatChunk;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.StreamEvent;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Asks again when an answer breaks after it has begun, so often as the caller allowed: the same request, without a word of
 * what came. The reader is told by a chunk with a {@link StreamEvent.Restarted}. What came stays the answer until the new
 * one has begun; if that fails, the first failure stands, with all it carries.
 */
final class RestartingSource implements AnswerSource {
    private final CloseSignal signal;
    private final BiFunction<ThalwegException, Integer, Optional<Exchange.Opened>> again;
    private volatile AnswerSource current;
    private volatile boolean wanted = true;
    private int attempt = 1;
    private @Nullable ChatChunk pending;
    private boolean wholeWithoutChunk;

    /**
     * A source that begins with this one.
     *
     * @param again opens the next attempt after this failure of the attempt of this number; empty where there is none
     */
    RestartingSource(
            AnswerSource first,
            CloseSignal signal,
            BiFunction<ThalwegException, Integer, Optional<Exchange.Opened>> again) {
        this.current = first;
        this.signal = signal;
        this.again = again;
    }

    @Override
    public @Nullable ChatChunk next() {
        if (pending != null) {
            ChatChunk first = pending;
            pending = null;
            return first;
        }
        if (wholeWithoutChunk) {
            return null;
        }
        try {
            return current.next();
        } catch (ThalwegException e) {
            if (!wanted || signal.closed()) {
                throw e;
            }
            return restart(e);
        }
    }

    private ChatChunk restart(ThalwegException cause) {
        Optional<Exchange.Opened> opened;
        try {
            opened = again.apply(cause, attempt);
        } catch (CancelledException e) {
            throw e;
        } catch (ThalwegException e) {
            cause.addSuppressed(e);
            throw Failures.with(cause, e.attempts());
        }
        Exchange.Opened next = opened.orElseThrow(() -> cause);
        attempt++;
        current = next.source();
        pending = next.first();
        wholeWithoutChunk = pending == null;
        String code = cause.code().orElse("error");
        return ChatChunk.builder(new RawJson("{}"))
                .events(List.of(new StreamEvent.Restarted(attempt, code)))
                .build();
    }

    @Override
    public Answer answer() {
        return current.answer();
    }

    @Override
    public void abort() {
        signal.close();
        current.abort();
    }

    @Override
    public void neverRestart() {
        wanted = false;
    }

    @Override
    public boolean aborted() {
        return signal.closed() || current.aborted();
    }

    @Override
    public void release() {
        current.release();
    }
}
