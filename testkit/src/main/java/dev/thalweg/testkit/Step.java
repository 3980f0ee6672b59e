package dev.thalweg.testkit;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;

/**
 * One thing a {@link Script} does. Steps are made by the methods of {@link ScriptBuilder}, which say what each one means.
 *
 * <p>All steps are immutable and safe to share; byte arrays are never changed after the builder has copied them.
 */
public sealed interface Step {
    /** Sends status line, headers and the blank line. */
    record Head() implements Step {}

    /**
     * Sends body bytes in the script's framing.
     *
     * @param bytes the body bytes
     */
    @SuppressWarnings("ArrayRecordComponent") // the builder copies; nobody compares steps
    record Body(byte[] bytes) implements Step {}

    /**
     * Sends bytes outside of any framing.
     *
     * @param bytes what goes on the wire
     */
    @SuppressWarnings("ArrayRecordComponent") // as for Body
    record Raw(byte[] bytes) implements Step {}

    /**
     * Sends a chunk whose size line is free to lie.
     *
     * @param sizeLine the size line without its line end
     * @param bytes the chunk's data
     */
    @SuppressWarnings("ArrayRecordComponent") // as for Body
    record Chunk(String sizeLine, byte[] bytes) implements Step {}

    /**
     * Cuts following body bytes into pieces of one size.
     *
     * @param size bytes a piece; 0 stops cutting
     * @param pause the wait after each piece
     */
    record Split(int size, Duration pause) implements Step {}

    /**
     * Cuts following body bytes at given offsets.
     *
     * @param offsets ascending, in body bytes counted from this step
     */
    record SplitAt(List<Integer> offsets) implements Step {
        public SplitAt {
            offsets = List.copyOf(offsets);
        }
    }

    /**
     * Cuts everything written from here on, framing included, into pieces of one size.
     *
     * @param size bytes a piece; 0 stops cutting
     */
    record SplitWire(int size) implements Step {}

    /** Sends what is buffered. */
    record Flush() implements Step {}

    /**
     * Waits.
     *
     * @param duration how long
     */
    record Sleep(Duration duration) implements Step {}

    /**
     * Waits for a stage to complete, normally or not.
     *
     * @param signal the stage
     */
    record Await(CompletionStage<?> signal) implements Step {}

    /**
     * Waits for a latch to reach zero.
     *
     * @param latch the latch
     */
    record AwaitLatch(CountDownLatch latch) implements Step {}

    /** Resets the connection. */
    record Rst() implements Step {}

    /** Closes the connection. */
    record Fin() implements Step {}

    /** Sends nothing more and keeps the connection open. */
    record Hang() implements Step {}

    /** Ends a chunked body without its last chunk. */
    record MissingLastChunk() implements Step {}

    /** Waits until the peer has closed the connection. */
    record WaitForClientClose() implements Step {}

    /**
     * Does the same steps several times.
     *
     * @param times how often
     * @param steps what
     */
    record Repeat(int times, List<Step> steps) implements Step {
        public Repeat {
            steps = List.copyOf(steps);
        }
    }
}
