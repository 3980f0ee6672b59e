package dev.thalweg.examples.choreoai;

import dev.thalweg.ChatStream;
import dev.thalweg.Thalweg;
import dev.thalweg.model.ChatChoice;
import dev.thalweg.model.ChatChunk;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.ChunkChoice;

/** Asks for two answers at once; their chunks come mixed, each with its index. */
public final class MultipleChoices {
    void main() {
        ChatRequest request =
                ChatRequest.builder("gpt-4").user("Write a haiku").choices(2).build();
        try (ChatStream stream = Thalweg.create().stream(request)) {
            for (ChatChunk chunk : stream) {
                for (ChunkChoice choice : chunk.choices()) {
                    IO.print("[" + choice.index() + "] " + choice.delta().content());
                }
            }
            IO.println("\n\nFinal responses:");
            for (ChatChoice choice : stream.response().choices()) {
                IO.println("\n" + (choice.index() + 1) + ". " + choice.content());
            }
        }
    }
}
