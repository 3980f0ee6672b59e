package dev.thalweg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.thalweg.error.ApiConnectionException;
import dev.thalweg.error.AuthenticationException;
import dev.thalweg.model.ChatChunk;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.Script;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class PublisherTest extends SdkTest {
    /** Writes down what it is told. */
    private static class Listener implements Flow.Subscriber<ChatChunk> {
        final BlockingQueue<Object> told = new LinkedBlockingQueue<>();
        final long first;
        volatile Flow.Subscription subscription;

        Listener(long first) {
            this.first = first;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            if (first != 0) {
                given.request(first);
            }
        }

        @Override
        public void onNext(ChatChunk chunk) {
            told.add(chunk.content());
        }

        @Override
        public void onError(Throwable failure) {
            told.add(failure);
        }

        @Override
        public void onComplete() {
            told.add("complete");
        }

        Object next() throws InterruptedException {
            Object next = told.poll(5, TimeUnit.SECONDS);
            assertThat(next).as("nothing was told").isNotNull();
            return next;
        }
    }

    private <T extends Listener> T subscribe(T listener) {
        thalweg.publish(MODEL, "Hello").subscribe(listener);
        return listener;
    }

    @Test
    void aSubscriberGetsAllChunksAndOneEnd() throws Exception {
        upstream.enqueue(OpenAiScripts.stream("a", "b"));

        Listener all = subscribe(new Listener(Long.MAX_VALUE));

        assertThat(List.of(all.next(), all.next(), all.next(), all.next(), all.next()))
                .containsExactly("", "a", "b", "", "complete");
        all.subscription.request(1);
        all.subscription.request(-1);
        all.subscription.cancel();
        thalweg.close();
        upstream.awaitOpenConnections(0, SOON);
        assertThat(all.told).isEmpty();
    }

    @Test
    void aPublisherIsColdAndEverySubscriptionIsACallOfItsOwn() throws Exception {
        upstream.always(OpenAiScripts.stream("Hi"));
        Flow.Publisher<ChatChunk> publisher = thalweg.publish(MODEL, "Hello");
        assertThat(upstream.requests()).isEmpty();

        for (int i = 0; i < 2; i++) {
            Listener listener = new Listener(Long.MAX_VALUE);
            publisher.subscribe(listener);
            while (!listener.next().equals("complete")) {
                // Reads on.
            }
        }

        assertThat(upstream.requests()).hasSize(2);
        assertThatNullPointerException().isThrownBy(() -> publisher.subscribe(null));
    }

    @Test
    void onlyWhatWasRequestedIsToldAndTheEndNeedsNoRequest() throws Exception {
        upstream.enqueue(Script.sse()
                .event(OpenAiScripts.contentChunk("a"))
                .event(OpenAiScripts.contentChunk("b"))
                .event("[DONE]")
                .build());
        Listener listener = subscribe(new Listener(1));

        assertThat(listener.next()).isEqualTo("a");
        assertThat(listener.told.poll(20, TimeUnit.MILLISECONDS)).isNull();
        listener.subscription.request(1);
        assertThat(listener.next()).isEqualTo("b");
        assertThat(listener.next()).isEqualTo("complete");
    }

    @Test
    void aSubscriberThatRequestsNothingSlowsTheUpstreamDown() throws Exception {
        String large = OpenAiScripts.contentChunk("x".repeat(1 << 20));
        Reached end = new Reached();
        upstream.enqueue(Script.sse()
                .repeat(64, each -> each.event(large).flush())
                .awaitSignal(end)
                .event("[DONE]")
                .build());
        Listener listener = subscribe(new Listener(1));

        listener.next();
        assertThat(end.await(300, TimeUnit.MILLISECONDS)).isFalse();

        listener.subscription.request(Long.MAX_VALUE);
        end.expect();
    }

    @Test
    void aFailureIsToldAsItIsThrown() throws Exception {
        upstream.enqueue(
                Script.sse().event(OpenAiScripts.contentChunk("Hi")).fin().build());
        Listener listener = subscribe(new Listener(1));

        assertThat(listener.next()).isEqualTo("Hi");
        Object failure = listener.next();

        assertThat(failure).isInstanceOf(ApiConnectionException.class);
        assertThat(((ApiConnectionException) failure).partial().orElseThrow().content())
                .isEqualTo("Hi");
        thalweg = Thalweg.builder().environment(Map.of()).build();
        assertThat(subscribe(new Listener(0)).next()).isInstanceOf(AuthenticationException.class);
    }

    @Test
    void whatMayPassIsTriedAgainBeforeTheFirstChunk() throws Exception {
        thalweg = client().retries(1).build();
        upstream.enqueue(Script.status(500).header("retry-after-ms", "1").build());
        upstream.enqueue(Script.sse()
                .event(OpenAiScripts.contentChunk("Hi"))
                .event("[DONE]")
                .build());
        Listener listener = subscribe(new Listener(2));

        assertThat(listener.next()).isEqualTo("Hi");
        assertThat(listener.next()).isEqualTo("complete");
    }

    @Test
    void aRequestOfNothingEndsTheStreamAndClosesTheUpstream() throws Exception {
        upstream.always(
                Script.sse().event(OpenAiScripts.contentChunk("Hi")).hang().build());
        for (long wrong : new long[] {0, -1, Long.MIN_VALUE}) {
            Listener listener = subscribe(new Listener(5));
            listener.next();

            listener.subscription.request(wrong);

            assertThat(listener.next())
                    .isInstanceOf(IllegalArgumentException.class)
                    .asString()
                    .contains("3.9");
            upstream.takeRequest(SOON).awaitDisconnect(SOON);
            assertThat(listener.told).isEmpty();
        }
        assertThat(subscribe(new Listener(-1)).next()).isInstanceOf(IllegalArgumentException.class);
        assertThat(upstream.requests()).hasSize(3);
    }

    @Test
    void aSubscriberThatCancelsAtOnceAsksNobody() {
        Listener listener = new Listener(1) {
            @Override
            public void onSubscribe(Flow.Subscription given) {
                given.cancel();
                super.onSubscribe(given);
            }
        };

        subscribe(listener);
        upstream.enqueue(OpenAiScripts.stream("Hi"));
        read(stream());

        assertThat(upstream.requests()).hasSize(1);
        assertThat(listener.told).isEmpty();
    }

    @Test
    void aSubscriberThatThrowsIsCancelledAndTheLogSaysSoOnceWithoutAnyContent() throws Exception {
        upstream.always(Script.sse()
                .event(OpenAiScripts.contentChunk("secret"))
                .event(OpenAiScripts.contentChunk("secret"))
                .hang()
                .build());
        listening(logged -> {
            Listener listener = subscribe(new Listener(5) {
                @Override
                public void onNext(ChatChunk chunk) {
                    throw new IllegalStateException(chunk.content());
                }
            });

            upstream.takeRequest(SOON).awaitDisconnect(SOON);
            assertThat(logged.poll(5, TimeUnit.SECONDS))
                    .contains("java.lang.IllegalStateException", "onNext")
                    .doesNotContain("secret");
            assertThat(listener.told).isEmpty();
            assertThat(logged).isEmpty();
        });
    }

    private interface Body {
        void run(BlockingQueue<String> logged) throws Exception;
    }

    private static void listening(Body body) throws Exception {
        BlockingQueue<String> logged = new LinkedBlockingQueue<>();
        Logger logger = Logger.getLogger("dev.thalweg");
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                logged.add(record.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
        try {
            body.run(logged);
        } finally {
            logger.removeHandler(handler);
            logger.setUseParentHandlers(true);
        }
    }

    /** The cancel comes at every moment of the call; only a chunk that is on its way to the subscriber may come after it. */
    @Test
    void afterACancelNothingIsTold() {
        upstream.always(OpenAiScripts.streaming()
                .text("a", "b", "c", "d", "e", "f")
                .delay(Duration.ofNanos(200_000))
                .build());
        Map<Listener, List<Object>> toldBefore = new LinkedHashMap<>();
        for (int i = 0; i < 300; i++) {
            Listener listener = subscribe(new Listener(Long.MAX_VALUE));
            long start = System.nanoTime();
            while (System.nanoTime() - start < i * 10_000L) {
                Thread.onSpinWait();
            }
            listener.subscription.cancel();
            toldBefore.put(listener, List.copyOf(listener.told));
        }
        thalweg.close();
        upstream.awaitOpenConnections(0, SOON);

        toldBefore.forEach((listener, before) -> {
            List<Object> after = List.copyOf(listener.told);
            assertThat(after.size() - before.size()).isBetween(0, 1);
            assertThat(after).noneMatch(Throwable.class::isInstance);
        });
        assertThat(toldBefore.values()).anyMatch(before -> !before.contains("complete"));
    }
}
