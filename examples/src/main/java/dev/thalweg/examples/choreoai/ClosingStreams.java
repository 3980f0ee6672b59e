package dev.thalweg.examples.choreoai;

import dev.thalweg.ChatStream;
import dev.thalweg.Thalweg;
import dev.thalweg.model.ChatChunk;

/** Leaves a stream early. Its close stops the model, also on the way out of an exception or a return. */
public final class ClosingStreams {
    void main() {
        try (ChatStream stream = Thalweg.create().stream("gpt-4", "Count to a million")) {
            for (ChatChunk chunk : stream) {
                IO.print(chunk.content());
                if (chunk.content().contains("5")) {
                    break;
                }
            }
        }
        IO.println(" … enough");
    }
}
