package dev.thalweg.bench;

/** A window in which something failed: it does not count. */
final class FailedWindow extends Exception {
    private static final int TRIES = 3;

    FailedWindow(String message) {
        super(message);
    }

    /** What is measured in one window. */
    interface Window<T> {
        T measure() throws Exception;
    }

    /** Measures until nothing fails, and gives up after a few tries. */
    static <T> T repeat(String what, Window<T> window) throws Exception {
        for (int i = 1; ; i++) {
            try {
                return window.measure();
            } catch (FailedWindow e) {
                System.err.println("bench: a window does not count (" + what + "): " + e.getMessage());
                if (i == TRIES) {
                    throw new IllegalStateException(what + " failed " + TRIES + " times in a row; nothing is reported");
                }
            }
        }
    }

    /** The samples, if nothing failed. */
    static Samples sound(Samples samples) throws FailedWindow {
        String failure = samples.failure();
        if (failure != null) {
            throw new FailedWindow(failure);
        }
        return samples;
    }
}
