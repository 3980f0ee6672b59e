package dev.thalweg.examples.mirascope;

import dev.thalweg.ChatStream;
import dev.thalweg.error.ThalwegException;
import dev.thalweg.model.ChatChunk;

/** One try for the call and for the loop. */
public final class StreamingErrors {
    void main() {
        try (ChatStream stream = RecommendBook.recommendBook("fantasy")) {
            for (ChatChunk chunk : stream) {
                IO.print(chunk.content());
            }
        } catch (ThalwegException e) {
            IO.println("\nStreaming Error: " + e.getMessage());
        }
    }
}
