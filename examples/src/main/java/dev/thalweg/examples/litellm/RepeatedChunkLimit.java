package dev.thalweg.examples.litellm;

import dev.thalweg.ChatStream;
import dev.thalweg.Thalweg;
import dev.thalweg.error.InternalServerException;
import dev.thalweg.model.ChatChunk;

/** Breaks out of a model's loop. 100 is the limit without a setting, too. */
public final class RepeatedChunkLimit {
    void main() {
        Thalweg thalweg = Thalweg.builder().repeatedChunkLimit(100).build();
        try (ChatStream response = thalweg.stream("openai/gpt-4o-mini", "Hey, how's it going?")) {
            for (ChatChunk part : response) {
                IO.print(part.content());
            }
        } catch (InternalServerException e) {
            IO.println("\n" + e.getMessage());
            IO.println(e.code().orElseThrow() + ", worth another try: " + e.retryable());
            IO.println("kept: " + e.partial().orElseThrow().content().length() + " characters");
        }
    }
}
