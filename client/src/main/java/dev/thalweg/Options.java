package dev.thalweg;

import dev.thalweg.core.wire.HeldBytes;
import dev.thalweg.model.LoopLimits;

/**
 * What is the same for all calls of one {@link Thalweg}.
 *
 * @param loopLimits how often a model may repeat itself
 * @param maxEventBytes how large one event of a stream may be
 * @param restarts how often a stream that breaks after it has begun is asked for again
 * @param listeners who is told of calls
 * @param heldBytes what all streams together may hold back
 */
record Options(
        Timeouts timeouts,
        LoopLimits loopLimits,
        int maxEventBytes,
        int restarts,
        Listeners listeners,
        HeldBytes heldBytes) {}
