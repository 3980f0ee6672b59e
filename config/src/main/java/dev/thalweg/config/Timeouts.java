package dev.thalweg.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The clocks of one deployment, all decided: nothing has to be looked up while a request runs.
 *
 * @param connect from the first address tried to an open connection
 * @param pool waiting for a connection to become free
 * @param unary the clocks of a call that is answered in one piece
 * @param stream the clocks of a streamed call
 */
public record Timeouts(Duration connect, Duration pool, Unary unary, Stream stream) {
    /**
     * The clocks of a call that is answered in one piece.
     *
     * @param firstByte from the request sent to the first byte of the answer
     * @param total from the request sent to the end of the answer
     */
    public record Unary(Duration firstByte, Duration total) {}

    /**
     * The clocks of a streamed call.
     *
     * @param firstByte from the request sent to the first byte of the answer
     * @param firstToken from the request sent to the first content
     * @param firstTokenFailover from the request sent to the first content, while another deployment could serve instead;
     *     null: no sooner than firstToken
     * @param idle between two events
     * @param total from the request sent to the end of the answer; null: no bound
     */
    public record Stream(
            Duration firstByte,
            Duration firstToken,
            @Nullable Duration firstTokenFailover,
            Duration idle,
            @Nullable Duration total) {}
}
