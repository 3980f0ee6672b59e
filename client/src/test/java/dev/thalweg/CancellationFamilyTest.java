package dev.thalweg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.thalweg.error.ApiConnectionException;
import dev.thalweg.error.CancelledException;
import dev.thalweg.model.ChatChunk;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.RecordedRequest;
import dev.thalweg.testkit.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way to stop a call, at every moment it can come: the upstream sees it at once, the reader one end. */
class CancellationFamilyTest extends SdkTest {
    private static final int ROUNDS = 7;

    /** More than the sockets between the two can hold: when it is sent, its reader has begun to read. */
    private static final int FILLING = 192;

    enum Moment {
        BEFORE_THE_HEAD,
        BEFORE_THE_FIRST_CHUNK,
        BETWEEN_CHUNKS,
        READER_BUSY,
        UNARY_BEFORE_THE_HEAD,
        UNARY_IN_THE_BODY;

        boolean unary() {
            return this == UNARY_BEFORE_THE_HEAD || this == UNARY_IN_THE_BODY;
        }

        boolean afterAChunk() {
            return this == BETWEEN_CHUNKS || this == READER_BUSY;
        }
    }

    enum Way {
        CLOSE,
        INTERRUPT,
        FUTURE_CANCEL,
        STAGE_CANCEL,
        OR_TIMEOUT,
        SUBSCRIPTION_CANCEL,
        CLIENT_CLOSE;

        boolean possible(Moment moment) {
            return switch (this) {
                case CLOSE -> moment.afterAChunk();
                case INTERRUPT, CLIENT_CLOSE -> true;
                case FUTURE_CANCEL, STAGE_CANCEL, OR_TIMEOUT -> moment.unary();
                case SUBSCRIPTION_CANCEL -> !moment.unary();
            };
        }
    }

    private static final Map<Way, Map<Moment, String>> TABLE = new EnumMap<>(Way.class);

    private final BlockingQueue<Object> ends = new LinkedBlockingQueue<>();

    static Stream<Arguments> cells() {
        return Arrays.stream(Way.values())
                .flatMap(way ->
                        Arrays.stream(Moment.values()).filter(way::possible).map(moment -> Arguments.of(way, moment)));
    }

    @AfterAll
    static void writeTheTable() throws IOException {
        StringBuilder text = new StringBuilder("Until the upstream sees the end of its connection: median / worst of "
                + ROUNDS + ", in ms.\n\n| way |");
        for (Moment moment : Moment.values()) {
            text.append(' ').append(words(moment)).append(" |");
        }
        text.append("\n|").append(" --- |".repeat(Moment.values().length + 1)).append('\n');
        TABLE.forEach((way, cells) -> text.append(Arrays.stream(Moment.values())
                .map(moment -> cells.getOrDefault(moment, "–"))
                .collect(Collectors.joining(" | ", "| " + words(way) + " | ", " |\n"))));
        Files.writeString(Path.of("target/cancellation.md"), text);
        System.out.println(text);
    }

    private static String words(Enum<?> name) {
        return name.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("cells")
    void theUpstreamSeesItAtOnceAndTheReaderOneEnd(Way way, Moment moment) throws Exception {
        long[] nanos = new long[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            nanos[i] = round(way, moment);
        }
        Arrays.sort(nanos);
        TABLE.computeIfAbsent(way, w -> new EnumMap<>(Moment.class))
                .put(
                        moment,
                        String.format(
                                java.util.Locale.ROOT,
                                "%.1f / %.1f",
                                nanos[ROUNDS / 2] / 1e6,
                                nanos[ROUNDS - 1] / 1e6));
        // A loaded machine may be late, but not every time.
        assertThat(Duration.ofNanos(nanos[0])).isLessThan(Duration.ofMillis(50));
        assertThat(Duration.ofNanos(nanos[ROUNDS - 1])).isLessThan(Duration.ofMillis(500));
    }

    private static Script script(Moment moment, Reached there) {
        return switch (moment) {
            case BEFORE_THE_HEAD, UNARY_BEFORE_THE_HEAD ->
                Script.raw().awaitSignal(there).hang().build();
            case BEFORE_THE_FIRST_CHUNK ->
                Script.sse()
                        .repeat(
                                FILLING,
                                script -> script.comment("x".repeat(1 << 16)).flush())
                        .awaitSignal(there)
                        .hang()
                        .build();
            case BETWEEN_CHUNKS, READER_BUSY ->
                Script.sse()
                        .event(OpenAiScripts.contentChunk("Hi"))
                        .awaitSignal(there)
                        .hang()
                        .build();
            case UNARY_IN_THE_BODY ->
                Script.status(200)
                        .header("Content-Type", "application/json")
                        .header("Content-Length", Integer.toString(64 << 20))
                        .repeat(
                                FILLING,
                                script -> script.text(" ".repeat(1 << 16)).flush())
                        .awaitSignal(there)
                        .hang()
                        .build();
        };
    }

    /** What is being stopped: how, and what its reader must then have seen. */
    private record Call(Runnable stop, Class<?> end) {}

    private final class Reader {
        final Thalweg client = client().build();
        final CountDownLatch hasChunk = new CountDownLatch(1);
        volatile boolean free;

        /** The reader's own work between two chunks; nothing but the test ends it. */
        void chunk(Moment moment) {
            hasChunk.countDown();
            while (moment == Moment.READER_BUSY && !free) {
                LockSupport.parkNanos(100_000);
            }
        }
    }

    private long round(Way way, Moment moment) throws Exception {
        ends.clear();
        Reached there = new Reached();
        upstream.enqueue(script(moment, there));
        Reader reader = new Reader();
        Call call = switch (way) {
            case CLOSE, INTERRUPT, CLIENT_CLOSE -> blocking(way, moment, reader);
            case FUTURE_CANCEL, STAGE_CANCEL, OR_TIMEOUT -> future(way, reader);
            case SUBSCRIPTION_CANCEL -> subscription(moment, reader);
        };
        RecordedRequest request = upstream.takeRequest(SOON);
        there.expect();
        if (moment.afterAChunk()) {
            assertThat(reader.hasChunk.await(5, TimeUnit.SECONDS)).isTrue();
        }

        long start = System.nanoTime() + (way == Way.OR_TIMEOUT ? 20_000_000 : 0);
        call.stop().run();
        // An interrupt is the reader's own: it is seen at its next step. Everything else closes over a busy reader's
        // head.
        reader.free = way == Way.INTERRUPT;
        long seen = request.disconnected().get(5, TimeUnit.SECONDS) - start;
        reader.free = true;

        if (call.end() == null) {
            assertThat(ends.poll(20, TimeUnit.MILLISECONDS)).isNull();
        } else {
            assertThat(ends.poll(5, TimeUnit.SECONDS)).isInstanceOf(call.end());
        }
        upstream.awaitOpenConnections(0, SOON);
        assertThat(ends).isEmpty();
        reader.client.close();
        return seen;
    }

    private Call blocking(Way way, Moment moment, Reader reader) {
        CompletableFuture<ChatStream> open = new CompletableFuture<>();
        CompletableFuture<Boolean> keptFlag = new CompletableFuture<>();
        Thread thread = Thread.ofVirtual().start(() -> {
            Throwable end = catchThrowable(() -> {
                if (moment.unary()) {
                    reader.client.complete(MODEL, "Hello");
                    return;
                }
                ChatStream stream = reader.client.stream(MODEL, "Hello");
                open.complete(stream);
                Iterator<ChatChunk> chunks = stream.iterator();
                try {
                    while (chunks.hasNext()) {
                        chunks.next();
                        reader.chunk(moment);
                    }
                } finally {
                    assertThat(chunks.hasNext()).isFalse();
                }
            });
            keptFlag.complete(Thread.currentThread().isInterrupted());
            ends.add(end == null ? "an end without exception" : end);
        });
        return switch (way) {
            case CLOSE -> new Call(() -> open.join().close(), CancelledException.class);
            case CLIENT_CLOSE -> new Call(reader.client::close, ApiConnectionException.class);
            default ->
                new Call(
                        () -> {
                            thread.interrupt();
                            reader.free = true;
                            assertThat(keptFlag.orTimeout(5, TimeUnit.SECONDS).join())
                                    .isTrue();
                        },
                        CancelledException.class);
        };
    }

    private Call future(Way way, Reader reader) {
        CompletableFuture<ChatResponse> future = reader.client.completeAsync(MODEL, "Hello");
        CompletableFuture<String> stage = future.thenApply(ChatResponse::content);
        CompletableFuture<?> stopped = way == Way.STAGE_CANCEL ? stage : future;
        CompletableFuture<?> unused = stopped.handle((answer, failure) -> ends.add(failure));
        return way == Way.OR_TIMEOUT
                ? new Call(() -> future.orTimeout(20, TimeUnit.MILLISECONDS), TimeoutException.class)
                : new Call(() -> stopped.cancel(true), CancellationException.class);
    }

    private Call subscription(Moment moment, Reader reader) {
        CompletableFuture<Flow.Subscription> given = new CompletableFuture<>();
        reader.client.publish(MODEL, "Hello").subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
                given.complete(subscription);
            }

            @Override
            public void onNext(ChatChunk chunk) {
                reader.chunk(moment);
            }

            @Override
            public void onError(Throwable failure) {
                ends.add(failure);
            }

            @Override
            public void onComplete() {
                ends.add("complete");
            }
        });
        return new Call(() -> given.join().cancel(), null);
    }
}
