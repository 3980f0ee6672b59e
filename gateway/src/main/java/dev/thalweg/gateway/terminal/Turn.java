package dev.thalweg.gateway.terminal;

import dev.thalweg.ChatStream;
import dev.thalweg.Thalweg;
import dev.thalweg.error.CancelledException;
import dev.thalweg.error.ThalwegException;
import dev.thalweg.gateway.terminal.Answer.Outcome;
import dev.thalweg.model.ChatChunk;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.model.FinishReason;
import dev.thalweg.model.StreamEvent;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One question and its answer as it streams in. {@link #stop()} may be called by any thread, the rest by one. */
final class Turn {
    private final Thalweg client;
    private final ChatRequest request;
    private final Screen screen;
    private final AnswerView view;
    private final StringBuilder text = new StringBuilder();
    private final ReentrantLock lock = new ReentrantLock();
    private final Thread asking = Thread.currentThread();
    private @Nullable ChatStream stream;
    private boolean stopped;
    private boolean over;
    private long start;
    private long first;

    /** A question that the calling thread is going to ask. */
    Turn(Thalweg client, ChatRequest request, Screen screen) {
        this.client = client;
        this.request = request;
        this.screen = screen;
        this.view = new AnswerView(screen);
    }

    /** Asks, and shows the answer as it comes. */
    Answer run() {
        start = System.nanoTime();
        view.waiting();
        @Nullable ThalwegException failure = null;
        try (ChatStream opened = open()) {
            for (ChatChunk chunk : opened) {
                chunk.events().forEach(this::show);
                if (screen.isClosed()) {
                    stop();
                }
            }
        } catch (ThalwegException e) {
            failure = e;
        } finally {
            finish();
            view.end();
        }
        return answer(failure);
    }

    /** Closes the connection to whoever answers, at once. After the end it does nothing. */
    void stop() {
        lock.lock();
        try {
            if (over || stopped) {
                return;
            }
            stopped = true;
            if (stream != null) {
                stream.close();
            } else {
                asking.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    private ChatStream open() {
        ChatStream opened = client.stream(request);
        lock.lock();
        try {
            stream = opened;
            if (stopped) {
                opened.close();
            }
            return opened;
        } finally {
            lock.unlock();
        }
    }

    private void finish() {
        lock.lock();
        try {
            over = true;
            if (stopped) {
                // It was meant for this question alone.
                boolean _ = Thread.interrupted();
            }
        } finally {
            lock.unlock();
        }
    }

    private void show(StreamEvent event) {
        switch (event) {
            case StreamEvent.TextDelta delta when delta.choice() == 0 -> say(delta.text());
            case StreamEvent.RefusalDelta delta when delta.choice() == 0 -> say(delta.text());
            case StreamEvent.ReasoningDelta delta
            when delta.choice() == 0 -> {
                noteFirst(delta.text());
                view.reasoning(delta.text());
            }
            default -> {}
        }
    }

    private void say(String piece) {
        noteFirst(piece);
        text.append(piece);
        view.text(piece);
    }

    private void noteFirst(String piece) {
        if (first == 0 && !piece.isEmpty()) {
            first = System.nanoTime();
        }
    }

    private Answer answer(@Nullable ThalwegException failure) {
        Duration total = Duration.ofNanos(System.nanoTime() - start);
        Outcome outcome = failure == null
                ? Outcome.COMPLETE
                : stopped || failure instanceof CancelledException ? Outcome.STOPPED : Outcome.FAILED;
        Optional<ChatResponse> came = stream != null
                ? Optional.of(stream.snapshot())
                : Optional.ofNullable(failure).flatMap(ThalwegException::partial);
        @Nullable
        FinishReason finish = came.map(ChatResponse::finishReasons)
                .filter(reasons -> !reasons.isEmpty())
                .map(reasons -> reasons.get(0))
                .orElse(null);
        return new Answer(
                outcome,
                text.toString(),
                came.map(ChatResponse::model).orElse(""),
                came.flatMap(ChatResponse::usage).orElse(null),
                finish,
                first == 0 ? null : Duration.ofNanos(first - start),
                total,
                outcome == Outcome.FAILED ? failure : null);
    }
}
