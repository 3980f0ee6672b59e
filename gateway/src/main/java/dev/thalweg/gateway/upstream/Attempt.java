package dev.thalweg.gateway.upstream;

/**
 * One try at getting an answer, over the network or from a model inside this process. Lives on one event loop: every
 * call, in and out, is made there.
 */
public interface Attempt {
    /** Begins. The listener hears of all that happens, never before this returns. */
    void start();

    /** Ends it now: the upstream sees its connection closed. The listener hears nothing more. */
    void cancel();

    /** The answer is complete and nobody listens any more; what the upstream still sends is thrown away. */
    void release();

    /** Stops or goes on reading, as the caller takes the bytes. */
    void reading(boolean on);
}
