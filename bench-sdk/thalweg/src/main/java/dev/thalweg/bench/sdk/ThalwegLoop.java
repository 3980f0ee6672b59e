package dev.thalweg.bench.sdk;

import dev.thalweg.ChatStream;
import dev.thalweg.Thalweg;
import dev.thalweg.model.ChatChunk;

/** Thalweg, a loop over the chunks. */
public final class ThalwegLoop implements Subject {
    private final Thalweg thalweg;

    /** For this upstream. */
    public ThalwegLoop(String url) {
        thalweg = client(url);
    }

    static Thalweg client(String url) {
        return Thalweg.builder()
                .apiKey("openai", "sk-bench")
                .baseUrl("openai", url)
                .build();
    }

    @Override
    public void read(String model, Heard heard) {
        try (ChatStream answer = thalweg.stream("openai/" + model, "Tell me.")) {
            for (ChatChunk chunk : answer) {
                heard.add(chunk.content());
            }
        }
    }
}
