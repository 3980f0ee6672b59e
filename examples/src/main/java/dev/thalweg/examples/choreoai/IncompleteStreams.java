package dev.thalweg.examples.choreoai;

import dev.thalweg.ChatStream;
import dev.thalweg.Thalweg;
import dev.thalweg.error.ThalwegException;
import dev.thalweg.model.ChatChunk;
import dev.thalweg.model.FinishReason;

/** Tells a finished answer from one at its limit and one that broke. The exception has what came; nothing is collected. */
public final class IncompleteStreams {
    void main() {
        try (ChatStream stream = Thalweg.create().stream("gpt-4", "Write a short story")) {
            for (ChatChunk chunk : stream) {
                IO.print(chunk.content());

                for (FinishReason reason : chunk.finishReasons()) {
                    switch (reason.kind()) {
                        case STOP -> IO.println("\n[Completed]");
                        case LENGTH -> IO.println("\n[Max tokens reached]");
                        default -> IO.println("\n[" + reason.raw() + "]");
                    }
                }
            }
        } catch (ThalwegException e) {
            IO.println("\n[Error: " + e.getMessage() + "]");
            e.partial().ifPresent(answer -> IO.println("Partial response: " + answer.content()));
        }
    }
}
