package dev.thalweg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.thalweg.error.TimeoutException;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.UnansweredPort;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ClocksTest extends SdkTest {
    private static final Duration SHORT = Duration.ofMillis(150);

    private void set(UnaryOperator<Timeouts.Builder> timeouts) {
        thalweg = client().timeouts(timeouts.apply(Timeouts.builder()).build()).build();
    }

    /** Runs out with this code in about the short time, and the upstream is closed. */
    private TimeoutException runsOut(String code, ThrowingCallable call) {
        long start = System.nanoTime();
        TimeoutException e = catchThrowableOfType(TimeoutException.class, call);
        Duration took = Duration.ofNanos(System.nanoTime() - start);

        assertThat(e).isNotNull();
        assertThat(e.code()).contains(code);
        assertThat(e.status()).isEqualTo(504);
        assertThat(e.retryable()).isTrue();
        assertThat(took).isBetween(SHORT.minusMillis(10), Duration.ofSeconds(3));
        upstream.requests().forEach(request -> request.awaitDisconnect(SOON));
        return e;
    }

    @Test
    void theDefaultsAreTheDocumentedOnes() {
        Timeouts defaults = Timeouts.defaults();

        assertThat(defaults.connect()).isEqualTo(Duration.ofSeconds(5));
        assertThat(defaults.firstByte()).isEqualTo(Duration.ofMinutes(10));
        assertThat(defaults.firstToken()).isEqualTo(Duration.ofMinutes(10));
        assertThat(defaults.idle()).isEqualTo(Duration.ofMinutes(5));
        assertThat(defaults.total()).isEqualTo(Duration.ofMinutes(10));
        assertThat(defaults.streamTotal()).isEqualTo(Duration.ZERO);
    }

    @Test
    void whatIsLongerThanAHundredYearsIsAHundredYears() {
        Duration forEver = ChronoUnit.FOREVER.getDuration();
        Duration longest = Duration.ofDays(36_500);
        Timeouts timeouts = Timeouts.builder()
                .connect(forEver)
                .firstByte(forEver)
                .firstToken(forEver)
                .idle(forEver)
                .total(forEver)
                .streamTotal(forEver)
                .build();

        assertThat(timeouts)
                .extracting(
                        Timeouts::connect,
                        Timeouts::firstByte,
                        Timeouts::firstToken,
                        Timeouts::idle,
                        Timeouts::total,
                        Timeouts::streamTotal)
                .containsOnly(longest);
        assertThat(Timeouts.builder().idle(longest.minusNanos(1)).build().idle())
                .isEqualTo(longest.minusNanos(1));
    }

    @Test
    void timeoutsForEverDoNotHinderACall() {
        Duration forEver = ChronoUnit.FOREVER.getDuration();
        set(timeouts -> timeouts.connect(forEver)
                .firstByte(forEver)
                .firstToken(forEver)
                .idle(forEver)
                .total(forEver)
                .streamTotal(forEver));
        upstream.enqueue(OpenAiScripts.stream("Hi"));
        upstream.enqueue(OpenAiScripts.completion("Hello"));

        assertThat(read(stream())).isEqualTo("Hi");
        assertThat(thalweg.complete(MODEL, "Hello").content()).isEqualTo("Hello");
    }

    @Test
    void connect() {
        try (UnansweredPort port = UnansweredPort.start()) {
            thalweg = client().baseUrl("openai", port.url())
                    .timeouts(Timeouts.builder().connect(SHORT).build())
                    .build();
            runsOut("connect_timeout", this::stream);
        }
    }

    @Test
    void firstByte() {
        set(timeouts -> timeouts.firstByte(SHORT));
        upstream.always(Script.hang());

        runsOut("first_byte_timeout", this::stream);
        runsOut("first_byte_timeout", () -> thalweg.complete(MODEL, "Hello"));
    }

    @Test
    void firstTokenWhileOnlyCommentsAndARoleCome() {
        set(timeouts -> timeouts.firstToken(SHORT));
        upstream.enqueue(Script.sse()
                .event(OpenAiScripts.roleChunk())
                .repeat(200, script -> script.comment("ping").sleep(Duration.ofMillis(20)))
                .build());

        TimeoutException e = runsOut("first_token_timeout", () -> read(stream()));

        assertThat(e.partial().orElseThrow().content()).isEmpty();
    }

    @Test
    void firstTokenInAStormOfComments() {
        set(timeouts -> timeouts.firstToken(SHORT));
        upstream.enqueue(Script.sse()
                .repeat(10_000_000, script -> script.comment("ping".repeat(500)).flush())
                .build());

        runsOut("first_token_timeout", this::stream);
    }

    @Test
    void idleInTheMiddleOfAnAnswer() {
        set(timeouts -> timeouts.idle(SHORT));
        upstream.enqueue(
                Script.sse().event(OpenAiScripts.contentChunk("Hi")).hang().build());

        TimeoutException e = runsOut("idle_timeout", () -> read(stream()));

        assertThat(e.partial().orElseThrow().content()).isEqualTo("Hi");
    }

    @Test
    void idleWhileOnlyPiecesOfOneEventDripIn() {
        set(timeouts -> timeouts.idle(SHORT));
        upstream.enqueue(Script.sse()
                .event(OpenAiScripts.contentChunk("Hi"))
                .text("data: ")
                .repeat(500, script -> script.text(" ").flush().sleep(Duration.ofMillis(10)))
                .build());

        runsOut("idle_timeout", () -> read(stream()));
    }

    @Test
    void commentsAreSignsOfLife() {
        set(timeouts -> timeouts.idle(Duration.ofMillis(300)));
        upstream.enqueue(Script.sse()
                .event(OpenAiScripts.contentChunk("Hi"))
                .repeat(10, script -> script.comment("ping").sleep(Duration.ofMillis(60)))
                .event("[DONE]")
                .build());

        assertThat(read(stream())).isEqualTo("Hi");
    }

    @Test
    void theCallersOwnTimeIsNotIdle() {
        set(timeouts -> timeouts.idle(SHORT));
        CompletableFuture<Void> askedAnother = new CompletableFuture<>();
        upstream.enqueue(Script.sse()
                .event(OpenAiScripts.contentChunk("Hi"))
                .awaitSignal(askedAnother)
                .sleep(Duration.ofMillis(30))
                .event("[DONE]")
                .build());
        upstream.enqueue(Script.status(200)
                .header("Content-Type", "application/json")
                .sleep(SHORT.multipliedBy(2))
                .text("{\"choices\":[{\"message\":{\"content\":\" there\"},\"finish_reason\":\"stop\"}]}")
                .build());
        StringBuilder text = new StringBuilder();

        try (ChatStream stream = stream()) {
            for (var chunk : stream) {
                text.append(chunk.content());
                text.append(thalweg.complete(MODEL, "Hello").content());
                askedAnother.complete(null);
            }
        }

        assertThat(text).hasToString("Hi there");
    }

    @Test
    void totalOfAStreamThatGoesOnForEver() {
        Timeouts timeouts =
                Timeouts.builder().streamTotal(SHORT.multipliedBy(4)).build();
        thalweg = client().timeouts(timeouts).repeatedChunkLimit(0).build();
        int[] count = {0};
        upstream.enqueue(Script.sse()
                .repeat(
                        1_000_000,
                        script -> script.event(OpenAiScripts.contentChunk("a "))
                                .event(OpenAiScripts.contentChunk("bcd "))
                                .flush())
                .build());

        runsOut("total_timeout", () -> stream().forEach(chunk -> count[0]++));

        assertThat(count[0]).isPositive();
    }

    @Test
    void totalOfACallWhoseBodyDripsIn() {
        set(timeouts -> timeouts.total(SHORT));
        upstream.enqueue(Script.status(200)
                .header("Content-Type", "application/json")
                .text("{")
                .repeat(500, script -> script.text(" ").flush().sleep(Duration.ofMillis(10)))
                .build());

        runsOut("total_timeout", () -> thalweg.complete(MODEL, "Hello"));
    }

    @Test
    void totalOverAllTries() {
        thalweg = client().retries(100)
                .timeouts(Timeouts.builder()
                        .total(Duration.ofSeconds(1))
                        .firstByte(SHORT)
                        .build())
                .build();
        upstream.always(Script.hang());
        long start = System.nanoTime();

        TimeoutException e = catchThrowableOfType(TimeoutException.class, () -> thalweg.complete(MODEL, "Hello"));

        assertThat(e.code()).isPresent();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
        assertThat(upstream.requests()).hasSizeBetween(2, 3);
    }
}
