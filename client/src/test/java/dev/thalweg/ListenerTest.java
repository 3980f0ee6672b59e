package dev.thalweg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.thalweg.core.wire.HeldBytes;
import dev.thalweg.error.ApiConnectionException;
import dev.thalweg.error.RateLimitException;
import dev.thalweg.model.Attempt;
import dev.thalweg.model.ChatChunk;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.LoopLimits;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.Script;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A listener hears of every call from its start to its one end, whoever makes, reads or ends it. */
class ListenerTest extends SdkTest {
    private static final Script HANGING = Script.sse()
            .event(OpenAiScripts.roleChunk())
            .event(OpenAiScripts.contentChunk("Hi"))
            .hang()
            .build();

    private final Recording recording = new Recording();

    /** Writes down what it is told. */
    private static final class Recording implements CallListener {
        final List<String> told = new CopyOnWriteArrayList<>();
        final List<CallStart> starts = new CopyOnWriteArrayList<>();
        final List<AttemptStart> attempts = new CopyOnWriteArrayList<>();
        final BlockingQueue<CallRecord> ended = new LinkedBlockingQueue<>();

        @Override
        public void started(CallStart call) {
            told.add("started");
            starts.add(call);
        }

        @Override
        public void attemptStarted(String callId, AttemptStart attempt) {
            told.add("attempt " + attempt.number());
            attempts.add(attempt);
        }

        @Override
        public void attemptFailed(String callId, Attempt attempt) {
            told.add("failed " + attempt.error());
        }

        @Override
        public void firstToken(String callId, Duration sinceStart) {
            told.add("first token");
        }

        @Override
        public void chunk(String callId, ChatChunk chunk) {
            told.add("chunk " + chunk.content());
        }

        @Override
        public void ended(CallRecord call) {
            told.add("ended " + call.outcome());
            ended.add(call);
        }

        CallRecord end() throws InterruptedException {
            CallRecord call = ended.poll(5, TimeUnit.SECONDS);
            assertThat(call).as("an end").isNotNull();
            assertThat(ended).isEmpty();
            assertThat(starts).extracting(CallStart::callId).contains(call.callId());
            return call;
        }
    }

    private Thalweg.Builder recorded() {
        return client().listener(recording);
    }

    @Test
    void aStreamIsToldInItsOrder() throws Exception {
        thalweg = recorded().build();
        upstream.enqueue(OpenAiScripts.stream("Hel", "lo"));
        ChatRequest request = ChatRequest.of(MODEL, "Hello");

        assertThat(read(thalweg.stream(request))).isEqualTo("Hello");

        CallRecord call = recording.end();
        assertThat(recording.told)
                .startsWith("started", "attempt 1", "chunk ", "first token", "chunk Hel", "chunk lo")
                .endsWith("ended COMPLETE");
        CallStart start = recording.starts.getFirst();
        assertThat(start.request()).hasValue(request);
        assertThat(start.model()).isEqualTo(MODEL);
        assertThat(start.stream()).isTrue();
        assertThat(start.at()).isEqualTo(call.startedAt());
        assertThat(start.toString()).contains(MODEL).doesNotContain("Hello");
        AttemptStart attempt = recording.attempts.getFirst();
        assertThat(attempt.deployment()).isEqualTo(MODEL);
        assertThat(attempt.provider()).isEqualTo("openai").isEqualTo(call.provider());
        assertThat(attempt.host() + ":" + attempt.port()).isEqualTo("127.0.0.1:" + upstream.port());
        assertThat(call.timeToFirstChunk().orElseThrow())
                .isLessThanOrEqualTo(call.timeToFirstToken().orElseThrow());
        assertThat(call.timeBetweenTokens().orElseThrow()).isLessThan(call.duration());
        assertThat(call.attempts()).singleElement().matches(Attempt::succeeded);
        assertThat(call.cost().isKnown()).isTrue();
    }

    @Test
    void whereNobodyListensNothingIsMadeForACall() {
        ChatRequest request = ChatRequest.of(MODEL, "Hello");
        Options nobody = new Options(
                Timeouts.defaults(), LoopLimits.defaults(), 1, 0, Listeners.NONE, CallOptions.NONE, new HeldBytes(1));
        CallLog log = CallLog.of(nobody, request, true);
        AnswerSource source = new ReplaySource(
                List.<ChatChunk>of().iterator(), Failures.ofCall(MODEL), LoopLimits.defaults(), new Answer(request));
        Runnable work = () -> {};

        assertThat(log).isSameAs(CallLog.of(nobody, request, false));
        assertThat(log.follow(source)).isSameAs(source);
        assertThat(Listeners.NONE.carry(work)).isSameAs(work);
    }

    @Test
    void anAnswerThatIsNotStreamedHasNoTokens() throws Exception {
        thalweg = recorded().build();
        upstream.enqueue(OpenAiScripts.completion("Hi"));

        thalweg.complete(MODEL, "Hello");

        CallRecord call = recording.end();
        assertThat(recording.told).containsExactly("started", "attempt 1", "ended COMPLETE");
        assertThat(call.stream()).isFalse();
        assertThat(call.timeToFirstToken()).isEmpty();
        assertThat(call.timeBetweenTokens()).isEmpty();
        assertThat(call.response().content()).isEqualTo("Hi");
    }

    @Test
    void failedAttemptsAreToldBetween() throws Exception {
        thalweg = recorded().retries(1).build();
        upstream.enqueue(OpenAiScripts.error(503, "overloaded", null, "No")).enqueue(OpenAiScripts.completion("Hi"));

        thalweg.complete(MODEL, "Hello");

        CallRecord unused = recording.end();
        assertThat(recording.told)
                .containsExactly(
                        "started", "attempt 1", "failed ServiceUnavailableException", "attempt 2", "ended COMPLETE");
    }

    @Test
    void anOpeningThatFailsIsAnEnd() throws Exception {
        thalweg = recorded().build();
        upstream.enqueue(OpenAiScripts.error(429, "rate", "rate_limit_exceeded", "No"));

        assertThat(catchThrowable(this::stream)).isInstanceOf(RateLimitException.class);

        CallRecord call = recording.end();
        assertThat(call.outcome()).isEqualTo(CallOutcome.FAILED);
        assertThat(call.failure()).containsInstanceOf(RateLimitException.class);
        assertThat(call.cost().reason()).hasValue("usage: unknown");
    }

    @Test
    void soIsAnythingElseThatIsThrown() throws Exception {
        thalweg = recorded()
                .environment(Map.of("OPENAI_API_KEY", "sk-1", "OPENAI_BASE_URL", "no url"))
                .build();

        assertThat(catchThrowable(this::stream)).isInstanceOf(IllegalArgumentException.class);

        CallRecord call = recording.end();
        assertThat(recording.told).containsExactly("started", "ended FAILED");
        assertThat(call.provider()).isEmpty();
        assertThat(call.failure().orElseThrow())
                .hasMessage("The call ended with a java.lang.IllegalArgumentException.")
                .hasCauseInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aBrokenStreamFails() throws Exception {
        thalweg = recorded().build();
        upstream.enqueue(
                Script.sse().event(OpenAiScripts.contentChunk("Hi")).fin().build());

        assertThat(catchThrowable(() -> read(stream()))).isInstanceOf(ApiConnectionException.class);

        CallRecord call = recording.end();
        assertThat(call.outcome()).isEqualTo(CallOutcome.FAILED);
        assertThat(call.failure().orElseThrow().code()).hasValue("upstream_cut");
        assertThat(call.response().content()).isEqualTo("Hi");
        assertThat(call.response().usage().orElseThrow().estimated()).isTrue();
    }

    @Test
    void aStreamThatAnotherThreadClosesIsClosedOnce() throws Exception {
        thalweg = recorded().build();
        upstream.enqueue(HANGING);
        ChatStream stream = stream();
        CompletableFuture<String> reader = background(() -> read(stream));
        upstream.takeRequest(SOON);

        stream.close();

        failureOf(reader);
        assertThat(recording.end().outcome()).isEqualTo(CallOutcome.CLOSED);
        assertThat(recording.told).endsWith("ended CLOSED");
    }

    @Test
    void aStreamThatIsForgottenIsClosed() throws Exception {
        thalweg = recorded().build();
        upstream.enqueue(HANGING);
        forget();
        CallRecord call = null;
        for (int i = 0; call == null; i++) {
            assertThat(i).as("rounds of collecting garbage").isLessThan(500);
            System.gc();
            call = recording.ended.poll(20, TimeUnit.MILLISECONDS);
        }
        assertThat(call.outcome()).isEqualTo(CallOutcome.CLOSED);
    }

    private void forget() {
        stream().iterator().next();
    }

    @Test
    void aFutureThatIsCancelledIsClosed() throws Exception {
        thalweg = recorded().build();
        upstream.enqueue(Script.hang());
        CompletableFuture<?> answer = thalweg.completeAsync(MODEL, "Hello");
        upstream.takeRequest(SOON);

        answer.cancel(true);

        assertThat(recording.end().outcome()).isEqualTo(CallOutcome.CLOSED);
    }

    @Test
    void aSubscriptionIsACallAndItsCancelTheEnd() throws Exception {
        thalweg = recorded().build();
        upstream.enqueue(HANGING);
        CompletableFuture<Flow.Subscription> subscribed = new CompletableFuture<>();
        thalweg.publish(MODEL, "Hello").subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscribed.complete(subscription);
                subscription.request(1);
            }

            @Override
            public void onNext(ChatChunk chunk) {
                subscribed.join().cancel();
            }

            @Override
            public void onError(Throwable failure) {}

            @Override
            public void onComplete() {}
        });
        assertThat(recording.end().outcome()).isEqualTo(CallOutcome.CLOSED);
    }

    @Test
    void aReplayBeginsAndEndsToo() throws Exception {
        ChatStream stream = ChatStream.replay(
                        List.of(Chunks.parse(OpenAiScripts.finishChunk("stop"))).iterator())
                .listener(recording)
                .model("kept")
                .open();
        assertThat(recording.told).containsExactly("started");

        stream.response();

        assertThat(recording.end().cost().isKnown()).isFalse();
        assertThat(recording.told).containsExactly("started", "chunk ", "ended COMPLETE");
    }

    @Test
    void severalAreToldInTheirOrderAndOneThatThrowsHarmsNobody() throws Exception {
        List<String> order = new CopyOnWriteArrayList<>();
        CallListener throwing = new CallListener() {
            @Override
            public void started(CallStart call) {
                order.add("first");
                throw new IllegalStateException();
            }

            @Override
            public void firstToken(String callId, Duration sinceStart) {
                throw new StackOverflowError();
            }

            @Override
            public void ended(CallRecord call) {
                throw new AssertionError();
            }
        };
        CallListener second = new CallListener() {
            @Override
            public void started(CallStart call) {
                order.add("second");
            }
        };
        thalweg =
                client().listener(throwing).listener(second).listener(recording).build();
        upstream.enqueue(OpenAiScripts.stream("Hi"));

        assertThat(read(stream())).isEqualTo("Hi");

        assertThat(recording.end().complete()).isTrue();
        assertThat(order).containsExactly("first", "second");
    }

    @Test
    void anInterruptIsKeptFromListenersAndComesBack() throws Exception {
        BlockingQueue<Boolean> interrupted = new LinkedBlockingQueue<>();
        CallListener looking = new CallListener() {
            @Override
            public void ended(CallRecord call) {
                interrupted.add(Thread.currentThread().isInterrupted());
            }
        };
        thalweg = client().listener(looking).build();
        upstream.enqueue(HANGING);
        ChatStream stream = stream();
        CompletableFuture<Boolean> reader = background(() -> {
            Thread.currentThread().interrupt();
            Throwable unused = catchThrowable(() -> read(stream));
            return Thread.currentThread().isInterrupted();
        });

        assertThat(reader.orTimeout(5, TimeUnit.SECONDS).join()).isTrue();
        assertThat(interrupted.poll(5, TimeUnit.SECONDS)).isFalse();
    }

    @Test
    void whatBelongsToTheCallerIsCarriedToTheSdksThreads() throws Exception {
        ThreadLocal<String> context = new ThreadLocal<>();
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        CallListener carrying = new CallListener() {
            @Override
            public Runnable carry(Runnable work) {
                String mine = context.get();
                return () -> {
                    context.set(mine);
                    work.run();
                };
            }

            @Override
            public void started(CallStart call) {
                seen.add(String.valueOf(context.get()));
            }
        };
        thalweg = client().listener(carrying).build();
        upstream.always(OpenAiScripts.completion("Hi"));
        context.set("caller");
        try {
            thalweg.completeAsync(MODEL, "Hello").get(5, TimeUnit.SECONDS);
            assertThat(seen.take()).isEqualTo("caller");
        } finally {
            context.remove();
        }
    }

    @Test
    void aListenerThatCarriesNothingOrThrowsEndsNoCall() throws Exception {
        CallListener losing = new CallListener() {
            @Override
            public Runnable carry(Runnable work) {
                return () -> {};
            }
        };
        CallListener throwing = new CallListener() {
            @Override
            public Runnable carry(Runnable work) {
                throw new IllegalStateException();
            }
        };
        CallListener doubling = new CallListener() {
            @Override
            public Runnable carry(Runnable work) {
                return () -> {
                    work.run();
                    work.run();
                };
            }
        };
        thalweg =
                client().listener(losing).listener(throwing).listener(doubling).build();
        upstream.always(OpenAiScripts.completion("Hi"));

        assertThat(thalweg.completeAsync(MODEL, "Hello")
                        .get(5, TimeUnit.SECONDS)
                        .content())
                .isEqualTo("Hi");
        assertThat(upstream.requests()).hasSize(1);
    }
}
