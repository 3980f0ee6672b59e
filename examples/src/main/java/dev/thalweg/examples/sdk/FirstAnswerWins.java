package dev.thalweg.examples.sdk;

import dev.thalweg.Thalweg;
import dev.thalweg.model.ChatResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Asks two models at once, takes the answer that is there first and stops the other one. */
public final class FirstAnswerWins {
    void main() {
        Thalweg thalweg = Thalweg.create();
        List<CompletableFuture<ChatResponse>> calls = List.of(
                thalweg.completeAsync("openai/gpt-4o-mini", "Hello").orTimeout(30, TimeUnit.SECONDS),
                thalweg.completeAsync("openai/gpt-4o", "Hello").orTimeout(30, TimeUnit.SECONDS));
        Object first =
                CompletableFuture.anyOf(calls.toArray(CompletableFuture[]::new)).join();
        calls.forEach(call -> call.cancel(true));
        IO.println(((ChatResponse) first).content());
    }
}
