package dev.thalweg.bench.sdk;

import dev.thalweg.Thalweg;
import dev.thalweg.model.ChatChunk;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/** Thalweg, its {@link Flow.Publisher}. */
public final class ThalwegPublisher implements Subject {
    private final Thalweg thalweg;

    /** For this upstream. */
    public ThalwegPublisher(String url) {
        thalweg = ThalwegLoop.client(url);
    }

    @Override
    public void read(String model, Heard heard) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        thalweg.publish("openai/" + model, "Tell me.").subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(ChatChunk chunk) {
                heard.add(chunk.content());
            }

            @Override
            public void onError(Throwable failure) {
                end.completeExceptionally(failure);
            }

            @Override
            public void onComplete() {
                end.complete(null);
            }
        });
        end.join();
    }
}
