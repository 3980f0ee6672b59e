package dev.thalweg.examples.observe;

import dev.thalweg.ChatStream;
import dev.thalweg.Progress;
import dev.thalweg.Thalweg;
import dev.thalweg.model.ChatChunk;
import dev.thalweg.model.ChatRequest;

/** Prints the words as they come: a spinner until the first one, and a line about speed and cost behind the last. */
public final class TypeWithProgress {
    void main() {
        ChatRequest request = ChatRequest.of("openai/gpt-4o-mini", "Write a short story about a magical forest");
        try (Progress progress = Progress.start(request);
                ChatStream stream = Thalweg.create().stream(request)) {
            for (ChatChunk chunk : progress.over(stream)) {
                IO.print(chunk.content());
            }
        }
    }
}
