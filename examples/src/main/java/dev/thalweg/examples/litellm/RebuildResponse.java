package dev.thalweg.examples.litellm;

import dev.thalweg.ChatStream;
import dev.thalweg.Chunks;
import dev.thalweg.Thalweg;
import dev.thalweg.model.ChatChunk;
import dev.thalweg.model.ChatRequest;
import java.util.ArrayList;
import java.util.List;

/** Keeps the chunks of a stream and puts them together to the whole answer. */
public final class RebuildResponse {
    void main() {
        ChatRequest request = ChatRequest.of("openai/gpt-4o-mini", "Hey, how's it going?");
        List<ChatChunk> chunks = new ArrayList<>();
        try (ChatStream response = Thalweg.create().stream(request)) {
            for (ChatChunk chunk : response) {
                chunks.add(chunk);
            }
        }
        IO.println(Chunks.assemble(chunks, request));
        IO.println(Chunks.assemble(chunks, request).toJson());
    }
}
