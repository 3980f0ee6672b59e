package dev.thalweg;

import dev.thalweg.model.ChatChunk;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Opens a stream for every subscriber. Immutable. */
final class ChunkPublisher implements Flow.Publisher<ChatChunk> {
    private final Supplier<ChatStream> opening;
    private final UnaryOperator<Runnable> carry;

    ChunkPublisher(Supplier<ChatStream> opening, UnaryOperator<Runnable> carry) {
        this.opening = opening;
        this.carry = carry;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ChatChunk> subscriber) {
        new ChunkSubscription(opening, carry, Objects.requireNonNull(subscriber, "subscriber")).begin();
    }
}
