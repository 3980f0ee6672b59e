package dev.thalweg;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When what came of a call, from its start. Immutable.
 *
 * @param toFirstChunk null where no chunk came
 * @param toFirstToken null where no content came
 * @param toLastToken null where no content came
 * @param pieces how many chunks had content
 */
record CallClocks(
        Duration duration,
        @Nullable Duration toFirstChunk,
        @Nullable Duration toFirstToken,
        @Nullable Duration toLastToken,
        long pieces) {
    static final CallClocks NONE = new CallClocks(Duration.ZERO, null, null, null, 0);

    /** With a chunk that comes now. */
    CallClocks chunk(Duration now, boolean content) {
        Duration firstChunk = toFirstChunk == null ? now : toFirstChunk;
        return content
                ? new CallClocks(now, firstChunk, toFirstToken == null ? now : toFirstToken, now, pieces + 1)
                : new CallClocks(now, firstChunk, toFirstToken, toLastToken, pieces);
    }

    CallClocks ended(Duration now) {
        return new CallClocks(now, toFirstChunk, toFirstToken, toLastToken, pieces);
    }

    /** The mean time between two pieces of content; null where there were fewer than two. */
    @Nullable
    Duration betweenTokens() {
        return toFirstToken == null || toLastToken == null || pieces < 2
                ? null
                : toLastToken.minus(toFirstToken).dividedBy(pieces - 1);
    }
}
