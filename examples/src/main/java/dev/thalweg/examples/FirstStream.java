package dev.thalweg.examples;

import dev.thalweg.ChatStream;
import dev.thalweg.Thalweg;
import dev.thalweg.model.ChatChunk;

/** The first stream of the README. Needs {@code OPENAI_API_KEY}. */
public final class FirstStream {
    private FirstStream() {}

    /** Prints the answer as it comes. */
    public static void main(String[] args) {
        try (ChatStream stream = Thalweg.create().stream("openai/gpt-4o-mini", "Hey, how's it going?")) {
            for (ChatChunk chunk : stream) System.out.print(chunk.content());
        }
        System.out.println();
    }
}
