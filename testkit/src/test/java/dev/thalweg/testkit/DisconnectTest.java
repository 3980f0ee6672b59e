package dev.thalweg.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DisconnectTest {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration LONG = Duration.ofMinutes(10);

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final RawClient client = RawClient.connect(upstream.port());

    @AfterEach
    void closeAll() {
        client.closeNow();
        upstream.close();
    }

    enum Leaving {
        FIN(RawClient::close),
        RST(RawClient::closeNow);

        final Consumer<RawClient> leave;

        Leaving(Consumer<RawClient> leave) {
            this.leave = leave;
        }
    }

    @ParameterizedTest
    @EnumSource
    void isNoticedWhileTheScriptSleeps(Leaving leaving) {
        expectNoticed(leaving, Script.sse().event("a").sleep(LONG).event("b").build());
    }

    @ParameterizedTest
    @EnumSource
    void isNoticedWhileTheScriptHangs(Leaving leaving) {
        expectNoticed(leaving, Script.sse().event("a").hang().build());
    }

    @ParameterizedTest
    @EnumSource
    void isNoticedWhileTheScriptWaitsForASignal(Leaving leaving) {
        var never = new CompletableFuture<String>();
        expectNoticed(leaving, Script.sse().event("a").awaitSignal(never).build());
    }

    @ParameterizedTest
    @EnumSource
    void isNoticedWhileTheScriptWrites(Leaving leaving) {
        expectNoticed(
                leaving,
                Script.sse()
                        .event("a")
                        .flush()
                        .repeat(10_000_000, s -> s.event("more").flush())
                        .build());
    }

    @ParameterizedTest
    @EnumSource
    void isNoticedAfterTheExchange(Leaving leaving) {
        expectNoticed(leaving, Script.sse().event("a").build());
    }

    private void expectNoticed(Leaving leaving, Script script) {
        upstream.always(script);
        client.get("/", Map.of());
        client.readHead();
        client.readUntil("data: a\n\n");
        RecordedRequest request = upstream.takeRequest(SOON);
        assertThat(request.disconnected()).isNotDone();

        long before = System.nanoTime();
        leaving.leave.accept(client);
        Duration after = request.awaitDisconnect(SOON);
        assertThat(request.disconnected().join()).isGreaterThanOrEqualTo(before);
        assertThat(request.arrivedAt() + after.toNanos())
                .isEqualTo(request.disconnected().join());
        upstream.awaitOpenConnections(0, SOON);
    }

    @Test
    void isSeenByEveryRequestOfTheConnection() {
        upstream.always(Script.json(200, "{}"));
        for (int i = 0; i < 2; i++) {
            client.get("/", Map.of()).readHead();
            client.readBody();
        }
        client.close();
        assertThat(upstream.requests()).hasSize(2).allSatisfy(request -> request.awaitDisconnect(SOON));
    }

    @Test
    void earlyBytesAreNotADisconnect() {
        var goOn = new CompletableFuture<String>();
        upstream.enqueue(Script.sse().event("a").awaitSignal(goOn).build()).enqueue(Script.json(200, "second"));
        client.get("/1", Map.of()).get("/2", Map.of());
        client.readHead();
        client.readUntil("a");
        RecordedRequest first = upstream.takeRequest(SOON);
        assertThat(first.disconnected()).isNotDone();
        goOn.complete("now");
        assertThat(client.readBody().clean()).isTrue();
        client.readHead();
        assertThat(client.readBody().text()).isEqualTo("second");
        assertThat(first.disconnected()).isNotDone();
    }

    @Test
    void aClientThatClosedOnlyItsSendingHalfStillGetsItsAnswer() {
        upstream.always(
                Script.status(200).waitForClientClose().text("still there").build());
        client.get("/", Map.of()).shutdownOutput();
        client.readHead();
        assertThat(client.readBody().text()).isEqualTo("still there");
        upstream.takeRequest(SOON).awaitDisconnect(SOON);
    }

    @Test
    void waitingForOneThatDoesNotComeFails() {
        upstream.always(Script.hang());
        client.get("/", Map.of());
        RecordedRequest request = upstream.takeRequest(SOON);
        assertThatThrownBy(() -> request.awaitDisconnect(Duration.ofMillis(1)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("GET / (connection 1, request 1) did not close its connection within PT0.001S");
    }

    @Test
    void isNotClaimedWhenTheUpstreamClosedFirst() {
        upstream.always(Script.refuseQuietly());
        client.get("/", Map.of());
        assertThat(client.awaitClose()).isTrue();
        RecordedRequest request = upstream.takeRequest(SOON);
        assertThat(request.disconnected().orTimeout(5, TimeUnit.SECONDS))
                .failsWithin(SOON)
                .withThrowableThat()
                .withRootCauseInstanceOf(IOException.class);
        assertThatThrownBy(() -> request.awaitDisconnect(SOON)).isInstanceOf(AssertionError.class);
    }

    @Test
    void nobodyElseCanCompleteIt() {
        upstream.always(Script.hang());
        client.get("/", Map.of());
        RecordedRequest request = upstream.takeRequest(SOON);
        request.disconnected().complete(1L);
        assertThat(request.disconnected()).isNotDone();
    }
}
