package dev.thalweg.examples.choreoai;

import dev.thalweg.ChatStream;
import dev.thalweg.Thalweg;
import dev.thalweg.model.ChatChunk;
import dev.thalweg.model.ChatResponse;

/** Prints an answer as it comes and has the whole one in the end. */
public final class AccumulateResponse {
    void main() {
        ChatResponse response = streamAndAccumulate("Explain AI");
        IO.println("\nFull response length: " + response.content().length() + " characters");
    }

    private static ChatResponse streamAndAccumulate(String prompt) {
        try (ChatStream stream = Thalweg.create().stream("gpt-4", prompt)) {
            for (ChatChunk chunk : stream) {
                IO.print(chunk.content());
            }
            IO.println();
            return stream.response();
        }
    }
}
