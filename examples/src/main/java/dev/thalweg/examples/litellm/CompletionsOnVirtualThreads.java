package dev.thalweg.examples.litellm;

import dev.thalweg.Thalweg;
import dev.thalweg.model.ChatResponse;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Asks several questions at once, each on a virtual thread of its own: plain calls, no futures of the SDK. */
public final class CompletionsOnVirtualThreads {
    void main() throws InterruptedException, ExecutionException {
        Thalweg thalweg = Thalweg.create();
        List<String> questions = List.of("Hello, how are you?", "And the family?", "Nice weather, isn't it?");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<ChatResponse>> answers = questions.stream()
                    .map(question -> threads.submit(() -> thalweg.complete("openai/gpt-4o-mini", question)))
                    .toList();
            for (Future<ChatResponse> answer : answers) {
                IO.println(answer.get());
            }
        }
    }
}
