package dev.thalweg.examples.choreoai;

import dev.thalweg.ChatStream;
import dev.thalweg.Thalweg;
import dev.thalweg.model.ChatChunk;

/** Prints every five chunks what they hold together, and in the end the rest, also when the stream breaks. */
public final class BufferedOutput {
    void main() {
        StringBuilder buffer = new StringBuilder();
        int chunks = 0;
        try (ChatStream stream = Thalweg.create().stream("gpt-4", "Write a poem")) {
            for (ChatChunk chunk : stream) {
                buffer.append(chunk.content());
                if (++chunks % 5 == 0) {
                    IO.print(buffer);
                    buffer.setLength(0);
                }
            }
        } finally {
            IO.println(buffer);
        }
    }
}
