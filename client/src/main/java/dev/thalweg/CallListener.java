package dev.thalweg;

import dev.thalweg.model.Attempt;
import dev.thalweg.model.ChatChunk;
import java.time.Duration;

/**
 * Is told of calls while they run: for logs, metrics, traces and accounts. One listener serves all calls of a {@link
 * Thalweg}, by several threads at once. Of one call it is told one thing after the other: {@link #started}, attempts,
 * {@link #firstToken}, chunks, and {@link #ended} once, whichever way the call ends and whoever ends it: the thread that
 * reads a stream, the one that closes it, or one of the SDK's own for a stream that nobody closed.
 *
 * <p>What it throws is logged and does no harm to the call, nor to other listeners; it is told without an interrupt, and the
 * thread's interrupt comes back after it. What it does slowly slows the call.
 */
public interface CallListener {
    /**
     * A call begins; nobody was asked yet. Comes on the thread that makes the call: for {@link Thalweg#completeAsync} and
     * {@link Thalweg#publish} a virtual one, to which {@link #carry} brings what belongs to the caller.
     */
    default void started(CallStart call) {}

    /**
     * A deployment is about to be asked. An attempt that cannot even begin, for want of a key or an address, has no start;
     * its failure is told all the same.
     */
    default void attemptStarted(String callId, AttemptStart attempt) {}

    /** An attempt of this call failed; another one may follow, at the same deployment or elsewhere. */
    default void attemptFailed(String callId, Attempt attempt) {}

    /**
     * The first content of a stream, be it text, reasoning or a tool call, is about to be handed out. A unary answer has no
     * such moment.
     *
     * @param sinceStart how long the call has taken until then, failed attempts included
     */
    default void firstToken(String callId, Duration sinceStart) {}

    /** A chunk of this call is about to be handed out. A unary answer has none. */
    default void chunk(String callId, ChatChunk chunk) {}

    /** A call has ended, in whatever way: once for each call, also for one that was never answered. */
    default void ended(CallRecord call) {}

    /**
     * Gives what a thread of the SDK's own is to run instead of {@code work}, so that it runs with what belongs to the
     * thread that asked: a trace's context, a log's. Called by {@link Thalweg#completeAsync} and for each subscription to a
     * {@link Thalweg#publish}, on the thread that asks. The result has to run {@code work} once; where it does not, it is run
     * without.
     */
    default Runnable carry(Runnable work) {
        return work;
    }
}
