package dev.thalweg.examples.observe;

import dev.thalweg.ChatStream;
import dev.thalweg.Progress;
import dev.thalweg.Thalweg;
import dev.thalweg.model.ChatChunk;
import dev.thalweg.model.ChatRequest;

/** Summarizes a text and shows how far it is, as programs in Python do with {@code tqdm(total=100, desc="Summarizing")}. */
public final class SummarizeWithProgress {
    void main(String[] args) {
        String text = args.length > 0 ? args[0] : "A long text.";
        ChatRequest request = ChatRequest.builder("openai/gpt-4o-mini")
                .user("Summarize the following text: " + text)
                .maxOutputTokens(100)
                .build();
        StringBuilder summary = new StringBuilder();
        try (Progress progress = Progress.builder(request).alone(true).start();
                ChatStream stream = Thalweg.create().stream(request)) {
            for (ChatChunk chunk : progress.over(stream)) {
                summary.append(chunk.content());
            }
        }
        IO.println(summary);
    }
}
