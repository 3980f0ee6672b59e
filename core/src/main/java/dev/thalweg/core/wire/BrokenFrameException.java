package dev.thalweg.core.wire;

/** The bytes of a stream are not of its framing: a check sum or a length that cannot be. */
public final class BrokenFrameException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With what is wrong. */
    public BrokenFrameException(String message) {
        super(message, null, false, false);
    }
}
