package dev.thalweg.examples.choreoai;

import dev.thalweg.ChatStream;
import dev.thalweg.Thalweg;
import dev.thalweg.model.ChatChunk;

/** Prints an answer as it comes. A chunk without text has empty content, so there is nothing to check. */
public final class StreamingCompletion {
    void main() {
        try (ChatStream stream = Thalweg.create().stream("gpt-4", "Write a haiku about coding")) {
            for (ChatChunk chunk : stream) {
                IO.print(chunk.content());
            }
        }
        IO.println();
    }
}
