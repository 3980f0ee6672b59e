package dev.thalweg.gateway.terminal;

import java.util.Locale;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Shows that an answer is waited for, and for how long, until it is stopped. Shows nothing where there is no terminal. */
final class Indicator {
    private static final long FRAME_NANOS = 100_000_000;
    private static final String BRAILLE = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";
    private static final String ASCII = "|/-\\";

    private final Screen screen;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition stopping = lock.newCondition();
    private boolean shown;

    Indicator(Screen screen) {
        this.screen = screen;
    }

    void start() {
        if (screen.isTerminal()) {
            shown = true;
            Thread.ofVirtual().name("chat-indicator").start(this::show);
        }
    }

    private void show() {
        String frames = screen.isUnicode() ? BRAILLE : ASCII;
        long start = System.nanoTime();
        lock.lock();
        try {
            for (int frame = 0; shown; frame++) {
                double seconds = (System.nanoTime() - start) / 1e9;
                screen.indicate(frames.charAt(frame % frames.length()) + " Waiting "
                        + String.format(Locale.ROOT, "%.1f s", seconds));
                long _ = stopping.awaitNanos(FRAME_NANOS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /** Takes it off the screen; nothing of it comes after. Does nothing the second time. */
    void stop() {
        lock.lock();
        try {
            if (shown) {
                shown = false;
                stopping.signal();
                screen.eraseIndicator();
            }
        } finally {
            lock.unlock();
        }
    }
}
