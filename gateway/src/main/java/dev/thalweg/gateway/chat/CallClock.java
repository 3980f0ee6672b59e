package dev.thalweg.gateway.chat;

import dev.thalweg.core.stream.Clock;

/** The clocks of one call to a deployment. */
interface CallClock {
    /** For a call that another one's clocks watch over. */
    CallClock NONE = new CallClock() {
        @Override
        public void start(Clock clock) {
            // The first call's clocks run.
        }

        @Override
        public void stop(Clock clock) {
            // The first call's clocks run.
        }
    };

    /** Starts one of them, anew where it runs. */
    void start(Clock clock);

    /** Stops one of them. */
    void stop(Clock clock);
}
