package dev.thalweg;

import dev.thalweg.model.ChatChunk;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.function.Supplier;

/** Opens a stream for every subscriber. Immutable. */
final class ChunkPublisher implements Flow.Publisher<ChatChunk> {
    private final Supplier<ChatStream> opening;

    ChunkPublisher(Supplier<ChatStream> opening) {
        this.opening = opening;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ChatChunk> subscriber) {
        new ChunkSubscription(opening, Objects.requireNonNull(subscriber, "subscriber")).begin();
    }
}
