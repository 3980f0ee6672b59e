package dev.thalweg;

import java.lang.ref.Cleaner;

/**
 * Closes streams that nobody closed and nobody can read any more. It keeps what must be closed and never the stream
 * itself; where it was opened is one frame of the stack, not a trace.
 */
final class Forgotten implements Runnable {
    private static final System.Logger LOGGER = System.getLogger("dev.thalweg");
    private static final Cleaner CLEANER = Cleaner.create();
    private static final StackWalker WALKER = StackWalker.getInstance();

    private final AnswerSource source;
    private final StackWalker.StackFrame openedAt;
    private volatile boolean over;

    private Forgotten(AnswerSource source, StackWalker.StackFrame openedAt) {
        this.source = source;
        this.openedAt = openedAt;
    }

    /** Watches over a stream until its end. */
    static Watch watch(ChatStream stream, AnswerSource source, StackWalker.StackFrame openedAt) {
        Forgotten forgotten = new Forgotten(source, openedAt);
        return new Watch(forgotten, CLEANER.register(stream, forgotten));
    }

    /** The caller of the SDK. */
    static StackWalker.StackFrame caller() {
        String sdk = Thalweg.class.getName();
        return WALKER.walk(frames -> frames.filter(
                        frame -> !frame.getClassName().equals(sdk)
                                && !frame.getClassName().equals(Forgotten.class.getName()))
                .findFirst()
                .orElseThrow());
    }

    @Override
    public void run() {
        if (!over) {
            // A listener may take its time; the cleaner serves the whole JVM.
            Thread.ofVirtual().name("thalweg-forgotten").start(source::release);
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "A ChatStream was neither read to its end nor closed; it was opened at " + openedAt
                            + ". Open it in try (…).");
        }
    }

    /** Ends the watch. */
    record Watch(Forgotten forgotten, Cleaner.Cleanable cleanable) {
        void end() {
            forgotten.over = true;
            cleanable.clean();
        }
    }
}
