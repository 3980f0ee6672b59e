package dev.thalweg.examples.mirascope;

import dev.thalweg.ChatStream;
import dev.thalweg.model.ChatResponse;

/** Makes of a stream the whole answer. */
public final class ConstructCallResponse {
    void main() {
        try (ChatStream stream = RecommendBook.recommendBook("fantasy")) {
            ChatResponse response = stream.response();
            IO.println(response.toJson());
        }
    }
}
