package dev.thalweg;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Who is told of calls, each apart from the others: a listener's fault is neither the call's nor another's. Immutable. */
record Listeners(List<CallListener> all) {
    static final Listeners NONE = new Listeners(List.of());

    private static final System.Logger LOGGER = System.getLogger("dev.thalweg");

    Listeners plus(CallListener listener) {
        return new Listeners(Stream.concat(all.stream(), Stream.of(listener)).toList());
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** Tells all of them, without an interrupt; what they throw stops here. */
    void tell(Consumer<CallListener> message) {
        if (all.isEmpty()) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        try {
            for (CallListener listener : all) {
                guarded(() -> message.accept(listener));
                interrupted |= Thread.interrupted();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The same work, with what the listeners bring along from this thread. */
    Runnable carry(Runnable work) {
        Runnable carried = work;
        for (CallListener listener : all) {
            carried = carry(listener, carried);
        }
        return carried;
    }

    private static Runnable carry(CallListener listener, Runnable work) {
        AtomicBoolean begun = new AtomicBoolean();
        Runnable once = () -> {
            if (!begun.getAndSet(true)) {
                work.run();
            }
        };
        Runnable[] carried = {once};
        guarded(() -> carried[0] = listener.carry(once));
        return () -> {
            guarded(carried[0]);
            once.run();
        };
    }

    private static void guarded(Runnable telling) {
        try {
            telling.run();
        } catch (Throwable e) {
            // Its class alone: a message of the listener's may hold what the model said.
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "A CallListener threw " + e.getClass().getName() + ", which does no harm to the call.");
        }
    }
}
