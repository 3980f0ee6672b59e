package dev.thalweg;

import dev.thalweg.model.Attempt;
import dev.thalweg.model.ChatChunk;

/**
 * Is told of calls while they run: for logs, metrics and accounts. One listener serves all calls of a {@link Thalweg}, by
 * several threads at once: the one that reads a stream, whoever closes it, or one of the SDK's own for a stream that
 * nobody closed. What it throws is logged and does no harm to the call; what it does slowly slows the reader and the close.
 */
public interface CallListener {
    /** A chunk of this call is about to be handed out. A unary answer has none. */
    default void chunk(String callId, ChatChunk chunk) {}

    /** An attempt of this call failed; another one may follow, at the same deployment or elsewhere. */
    default void attemptFailed(String callId, Attempt attempt) {}

    /** A call has ended, in whatever way: once for each call, also for one that was never answered. */
    default void ended(CallRecord call) {}
}
