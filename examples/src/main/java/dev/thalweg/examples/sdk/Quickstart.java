package dev.thalweg.examples.sdk;

import dev.thalweg.ChatStream;
import dev.thalweg.Thalweg;
import dev.thalweg.model.ChatChunk;

/** Prints an answer as it comes, of the model named first. */
public class Quickstart {
    public static void main(String[] args) {
        String model = args.length > 0 ? args[0] : "openai/gpt-4o-mini";
        try (ChatStream stream = Thalweg.create().stream(model, "Write a haiku about rivers")) {
            for (ChatChunk chunk : stream) {
                System.out.print(chunk.content());
                System.out.flush();
            }
        }
        System.out.println();
    }
}
