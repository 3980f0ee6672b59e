package dev.thalweg;

import dev.thalweg.core.wire.HeldBytes;
import dev.thalweg.model.LoopLimits;

/**
 * What is the same for all calls of one view of a {@link Thalweg}.
 *
 * @param loopLimits how often a model may repeat itself
 * @param maxEventBytes how large one event of a stream may be
 * @param restarts how often a stream that breaks after it has begun is asked for again
 * @param listeners who is told of calls
 * @param call what these calls want beside their questions
 * @param heldBytes what all streams together may hold back
 */
record Options(
        Timeouts timeouts,
        LoopLimits loopLimits,
        int maxEventBytes,
        int restarts,
        Listeners listeners,
        CallOptions call,
        HeldBytes heldBytes) {
    /** The same with these clocks. */
    Options with(Timeouts clocks) {
        return new Options(clocks, loopLimits, maxEventBytes, restarts, listeners, call, heldBytes);
    }

    /** The same with these on top. */
    Options with(CallOptions more) {
        CallOptions all = more.over(call);
        return new Options(
                all.timeouts() != null ? all.timeouts() : timeouts,
                loopLimits,
                maxEventBytes,
                all.restarts() != null ? all.restarts() : restarts,
                listeners,
                all,
                heldBytes);
    }
}
