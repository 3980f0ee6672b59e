package dev.thalweg.examples.litellm;

import dev.thalweg.Thalweg;
import dev.thalweg.model.ChatChunk;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;

/** Reads a stream as a publisher's subscriber, which is told everything on the call's virtual thread and may block. */
public final class AsyncStreaming implements Flow.Subscriber<ChatChunk> {
    private final CountDownLatch over = new CountDownLatch(1);

    void main() throws InterruptedException {
        IO.println("publish + Flow.Subscriber");
        Thalweg.create().publish("openai/gpt-4o-mini", "Hello, how are you?").subscribe(this);
        over.await();
    }

    @Override
    public void onSubscribe(Flow.Subscription response) {
        IO.println("response: " + response);
        response.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(ChatChunk chunk) {
        IO.println(chunk);
    }

    @Override
    public void onError(Throwable error) {
        IO.println("error occurred: " + error);
        over.countDown();
    }

    @Override
    public void onComplete() {
        over.countDown();
    }
}
