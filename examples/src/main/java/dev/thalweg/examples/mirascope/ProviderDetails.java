package dev.thalweg.examples.mirascope;

import dev.thalweg.ChatStream;
import dev.thalweg.model.ChatChunk;
import dev.thalweg.types.openai.OpenAiChunk;

/** Reads a chunk as OpenAI sent it, with types. */
public final class ProviderDetails {
    void main() {
        try (ChatStream stream = RecommendBook.recommendBook("fantasy")) {
            for (ChatChunk chunk : stream) {
                OpenAiChunk completionChunk = chunk.raw(OpenAiChunk.class);
                for (OpenAiChunk.Choice choice : completionChunk.choices()) {
                    IO.println("Content: " + choice.delta().content());
                }
            }
        }
    }
}
