package dev.thalweg.examples.litellm;

import dev.thalweg.Thalweg;
import dev.thalweg.model.ChatResponse;
import java.util.concurrent.CompletableFuture;

/** Waits for a whole answer with a future. */
public final class AsyncCompletion {
    void main() {
        CompletableFuture<ChatResponse> response =
                Thalweg.create().completeAsync("openai/gpt-4o-mini", "Hello, how are you?");
        IO.println(response.join());
    }
}
