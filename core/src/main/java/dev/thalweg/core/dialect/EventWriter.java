package dev.thalweg.core.dialect;

import dev.thalweg.core.wire.ByteBuilder;

/**
 * Writes one streamed answer for a caller of one protocol, from what a reader of any protocol finds in an upstream's frames:
 * it opens and closes what its protocol wants opened and closed. What it has written so far is taken out frame by frame.
 * Not thread-safe.
 */
public interface EventWriter extends FrameSink {
    /** What was written since it was last asked; the caller takes the bytes and {@linkplain ByteBuilder#clear() clears} it. */
    ByteBuilder written();

    /** The upstream's answer is complete: closes what is open and writes the protocol's end. Called once, last. */
    void complete();

    /** A sign of life between two events. */
    byte[] keepAlive();
}
