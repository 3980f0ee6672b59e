package dev.thalweg;

import java.util.concurrent.Executor;

/**
 * Runs what the HTTP client's selector thread hands on in that thread itself, and everything else on virtual threads. What we
 * do there is to put bytes into a queue: a second thread for each of a stream's chunks costs more than that (about a third of
 * the processor time of streams whose chunks come one by one). Looking up names and the rest of a call's beginning are asked for
 * by other threads, and so never hold the selector up. Thread-safe.
 */
final class SelectorExecutor implements Executor {
    /** How the JDK ends the name of that thread; were it another one, all would run on virtual threads. */
    private static final String SELECTOR = "-SelectorManager";

    @Override
    public void execute(Runnable task) {
        if (Thread.currentThread().getName().endsWith(SELECTOR)) {
            task.run();
        } else {
            Thread unused = Thread.ofVirtual().name("thalweg-http").start(task);
        }
    }
}
