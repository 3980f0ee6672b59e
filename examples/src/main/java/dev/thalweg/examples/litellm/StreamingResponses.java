package dev.thalweg.examples.litellm;

import dev.thalweg.ChatStream;
import dev.thalweg.Thalweg;
import dev.thalweg.model.ChatChunk;
import dev.thalweg.model.ChatRequest;

/** Prints each piece of an answer on a line of its own, an empty line where a chunk has no text. */
public final class StreamingResponses {
    void main() {
        ChatRequest request = ChatRequest.of("openai/gpt-4o-mini", "Hey, how's it going?");
        try (ChatStream response = Thalweg.create().stream(request)) {
            for (ChatChunk part : response) {
                IO.println(part.content());
            }
        }
    }
}
