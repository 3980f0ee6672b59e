package dev.thalweg.gateway.terminal;

import dev.thalweg.error.ThalwegException;
import dev.thalweg.gateway.terminal.Answer.Outcome;
import dev.thalweg.model.FinishReason;
import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One question, its answer on standard output, and an exit code: for scripts. */
final class OneAnswer {
    static final int COMPLETE = 0;
    static final int FAILED = 1;
    static final int INTERRUPTED = 130;

    private OneAnswer() {}

    static int run(Connection connection, ChatOptions options, String question, Screen screen, PrintWriter err) {
        Conversation conversation = new Conversation(connection.model(), options);
        if (screen.isTerminal()) {
            err.println(connection.line());
            err.flush();
        }
        Turn turn = new Turn(connection.client(), conversation.ask(question), screen);
        CountDownLatch over = new CountDownLatch(1);
        stopOnSignal(turn, over);
        try {
            Answer answer = turn.run();
            report(answer, connection, screen, err);
            return code(answer, screen);
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            return FAILED;
        } finally {
            over.countDown();
        }
    }

    /** The JVM then leaves with the signal's own code, 130 for Ctrl-C, as soon as the screen is in order. */
    private static void stopOnSignal(Turn turn, CountDownLatch over) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            turn.stop();
            try {
                boolean _ = over.await(1, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
    }

    private static void report(Answer answer, Connection connection, Screen screen, PrintWriter err) {
        @Nullable ThalwegException failure = answer.failure();
        @Nullable FinishReason finish = answer.finish();
        if (failure != null) {
            err.println(Screen.harmless(ErrorText.message(failure)));
            @Nullable String advice = ErrorText.advice(failure, connection, false);
            if (advice != null) {
                err.println(advice);
            }
        } else if (screen.isTerminal()) {
            err.println(Screen.harmless(Stats.line(answer, screen.isUnicode())));
        } else if (finish != null && finish.kind() != FinishReason.Kind.STOP) {
            err.println("The answer ended with finish reason " + Screen.harmless(finish.raw()) + ".");
        }
        err.flush();
    }

    private static int code(Answer answer, Screen screen) {
        if (answer.outcome() == Outcome.COMPLETE) {
            return COMPLETE;
        }
        return answer.outcome() == Outcome.STOPPED && !screen.isClosed() ? INTERRUPTED : FAILED;
    }
}
