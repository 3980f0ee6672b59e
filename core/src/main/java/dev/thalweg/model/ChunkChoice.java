package dev.thalweg.model;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One choice's part of a chunk. Immutable. */
public final class ChunkChoice {
    private final int index;
    private final Delta delta;
    private final @Nullable FinishReason finishReason;

    ChunkChoice(int index, Delta delta, @Nullable FinishReason finishReason) {
        this.index = index;
        this.delta = delta;
        this.finishReason = finishReason;
    }

    /** The index among the {@code n} answers asked for. */
    public int index() {
        return index;
    }

    /** What this chunk adds. */
    public Delta delta() {
        return delta;
    }

    /** Why the choice ended, in the chunk that ends it. */
    public Optional<FinishReason> finishReason() {
        return Optional.ofNullable(finishReason);
    }

    @Override
    public String toString() {
        return index + ": " + delta + (finishReason == null ? "" : " finish=" + finishReason);
    }
}
