package dev.thalweg.examples.choreoai;

import dev.thalweg.ChatStream;
import dev.thalweg.Thalweg;
import dev.thalweg.model.ChatChunk;

/** Counts the chunks that had text. Chunks are no tokens: those are in the usage. */
public final class UserFeedback {
    void main() {
        IO.print("Assistant: ");
        int chunkCount = 0;
        try (ChatStream stream = Thalweg.create().stream("gpt-4", "Hello")) {
            for (ChatChunk chunk : stream) {
                if (!chunk.content().isEmpty()) {
                    IO.print(chunk.content());
                    chunkCount++;
                }
            }
            IO.println("\n[Received " + chunkCount + " chunks]");
            stream.usage().ifPresent(usage -> IO.println("[" + usage.outputTokens() + " tokens]"));
        }
    }
}
