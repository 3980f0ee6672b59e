package dev.thalweg.examples.mirascope;

import dev.thalweg.ChatStream;
import dev.thalweg.model.ChatChunk;

/** What every chunk has, of whatever provider. */
public final class ChunkProperties {
    void main() {
        try (ChatStream stream = RecommendBook.recommendBook("fantasy")) {
            for (ChatChunk chunk : stream) {
                IO.println(chunk.id() + " " + chunk.model() + " \"" + chunk.content() + "\" " + chunk.finishReasons());
                chunk.usage()
                        .ifPresent(usage -> IO.println(usage.inputTokens() + " in, " + usage.outputTokens() + " out"));
            }
        }
    }
}
