package dev.thalweg.examples.mirascope;

import dev.thalweg.ChatStream;
import dev.thalweg.Thalweg;
import dev.thalweg.model.ChatChunk;

/** A call is a method, and its stream the method's result. */
public final class RecommendBook {
    private static final Thalweg THALWEG = Thalweg.create();

    static ChatStream recommendBook(String genre) {
        return THALWEG.stream("openai/gpt-4o-mini", "Recommend a " + genre + " book");
    }

    void main() {
        try (ChatStream stream = recommendBook("fantasy")) {
            for (ChatChunk chunk : stream) {
                IO.print(chunk.content());
            }
        }
    }
}
