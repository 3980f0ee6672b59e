package dev.thalweg.examples.choreoai;

import dev.thalweg.ChatStream;
import dev.thalweg.Thalweg;
import dev.thalweg.error.ApiConnectionException;
import dev.thalweg.model.ChatChunk;
import dev.thalweg.model.StreamEvent;

/** Asks again when the connection breaks: twice before the first chunk, once after it. */
public final class NetworkInterruption {
    void main() {
        Thalweg thalweg = Thalweg.builder().retries(2).restarts(1).build();
        try (ChatStream stream = thalweg.stream("gpt-4", "Hello")) {
            for (ChatChunk chunk : stream) {
                for (StreamEvent event : chunk.events()) {
                    switch (event) {
                        case StreamEvent.TextDelta delta -> IO.print(delta.text());
                        case StreamEvent.Restarted _ -> IO.println("\nConnection interrupted. Retrying...");
                        default -> {}
                    }
                }
            }
            IO.println("\nIn the end: " + stream.response().content());
        } catch (ApiConnectionException e) {
            IO.println("\nGiven up: " + e.getMessage());
        }
    }
}
