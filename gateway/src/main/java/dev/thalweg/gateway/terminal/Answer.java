package dev.thalweg.gateway.terminal;

import dev.thalweg.error.ThalwegException;
import dev.thalweg.model.FinishReason;
import dev.thalweg.model.Usage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What became of one question. Immutable.
 *
 * @param outcome how it ended
 * @param text the answer, or what came of it
 * @param model who answered; empty where that was not said
 * @param usage the tokens; null where they were not said
 * @param finish why the answer ended; null where that was not said
 * @param firstToken from the question to the first text or reasoning; null where none came
 * @param total from the question to the end
 * @param failure what went wrong; null where nothing did
 */
record Answer(
        Outcome outcome,
        String text,
        String model,
        @Nullable Usage usage,
        @Nullable FinishReason finish,
        @Nullable Duration firstToken,
        Duration total,
        @Nullable ThalwegException failure) {

    /** How an answer ended. */
    enum Outcome {
        COMPLETE,
        STOPPED,
        FAILED
    }
}
