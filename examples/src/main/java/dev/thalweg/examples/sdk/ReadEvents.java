package dev.thalweg.examples.sdk;

import dev.thalweg.ChatStream;
import dev.thalweg.Thalweg;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.ReasoningOptions;
import dev.thalweg.model.StreamEvent;
import java.util.concurrent.atomic.AtomicInteger;

/** Tells a model's thinking from its answer, whoever the provider is, and counts the chunks beside it. */
public final class ReadEvents {
    void main() {
        ChatRequest request = ChatRequest.builder("anthropic/claude-sonnet-4-5")
                .user("How many primes are there below 100?")
                .reasoning(ReasoningOptions.effort("low"))
                .build();
        AtomicInteger chunks = new AtomicInteger();
        try (ChatStream stream = Thalweg.create().stream(request)) {
            stream.onEach(chunk -> chunks.incrementAndGet());
            for (StreamEvent event : stream.events()) {
                switch (event) {
                    case StreamEvent.ReasoningStart _ -> IO.print("(");
                    case StreamEvent.ReasoningDelta more -> IO.print(more.text());
                    case StreamEvent.ReasoningEnd _ -> IO.println(")");
                    case StreamEvent.TextDelta more -> IO.print(more.text());
                    case StreamEvent.Finished end ->
                        IO.println("\n[" + end.reason().raw() + "]");
                    default -> {}
                }
            }
            IO.println("[" + chunks + " chunks, " + stream.response().warnings() + "]");
        }
    }
}
