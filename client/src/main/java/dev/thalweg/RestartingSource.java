package dev.thalweg;

import dev.thalweg.error.ThalwegException;
import dev.thalweg.model.ChatChunk;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.StreamEvent;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks again when an answer breaks after it has begun, so often as the caller allowed: the same request, without a word of
 * what came. The reader is told by a chunk with a {@link StreamEvent.Restarted}.
 */
final class RestartingSource implements AnswerSource {
    private final CloseSignal signal;
    private final Supplier<Exchange.Opened> again;
    private int left;
    private int attempt = 1;
    private volatile AnswerSource current;
    private @Nullable ChatChunk pending;
    private boolean wholeWithoutChunk;

    RestartingSource(AnswerSource first, CloseSignal signal, int restarts, Supplier<Exchange.Opened> again) {
        this.current = first;
        this.signal = signal;
        this.left = restarts;
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
            if (left == 0 || !e.retryable() || signal.closed()) {
                throw e;
            }
            return restart(e);
        }
    }

    private ChatChunk restart(ThalwegException cause) {
        left--;
        attempt++;
        String code = cause.code().orElse("error");
        ChatChunk restarted = ChatChunk.builder(new RawJson("{}"))
                .events(List.of(new StreamEvent.Restarted(attempt, code)))
                .build();
        Answer answer = answer();
        answer.add(restarted, false);
        try {
            Exchange.Opened opened = again.get();
            current = opened.source();
            pending = opened.first();
            wholeWithoutChunk = pending == null;
        } catch (ThalwegException e) {
            e.addSuppressed(cause);
            throw e;
        }
        return restarted;
    }

    @Override
    public Answer answer() {
        return current.answer();
    }

    @Override
    public void abort() {
        signal.close();
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
