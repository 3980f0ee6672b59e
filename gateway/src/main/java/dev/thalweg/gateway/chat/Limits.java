package dev.thalweg.gateway.chat;

import dev.thalweg.config.Timeouts;
import dev.thalweg.core.stream.Clock;
import java.time.Duration;

/** How long each clock of a request may run: a deployment's timeouts, for a stream or for an answer in one piece. */
record Limits(Timeouts timeouts, boolean stream) {
    /** The limit of this clock; zero where it has none. */
    Duration of(Clock clock) {
        return switch (clock) {
            case CONNECT -> timeouts.connect();
            case POOL -> timeouts.pool();
            case FIRST_BYTE ->
                stream ? timeouts.stream().firstByte() : timeouts.unary().firstByte();
            case FIRST_TOKEN -> stream ? timeouts.stream().firstToken() : Duration.ZERO;
            case IDLE -> stream ? timeouts.stream().idle() : Duration.ZERO;
            case TOTAL -> {
                Duration total =
                        stream ? timeouts.stream().total() : timeouts.unary().total();
                yield total == null ? Duration.ZERO : total;
            }
        };
    }
}
