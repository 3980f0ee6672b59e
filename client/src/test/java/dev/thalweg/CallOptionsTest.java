package dev.thalweg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.thalweg.error.CancelledException;
import dev.thalweg.error.ThalwegException;
import dev.thalweg.error.TimeoutException;
import dev.thalweg.error.UnsupportedParamsException;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.RecordedRequest;
import dev.thalweg.testkit.Script;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What single calls want otherwise than their client, and what all of them want. */
class CallOptionsTest extends SdkTest {
    private static CallOptions.Builder options() {
        return CallOptions.builder();
    }

    @Test
    void retriesAndTimeoutsAreTheCallsOwn() {
        thalweg = client().retries(2).build();
        upstream.always(Script.json(500, "{\"error\":{\"message\":\"no\"}}"));
        assertThatThrownBy(() -> thalweg.with(options().retries(0).build()).complete(MODEL, "Hello"))
                .isInstanceOf(ThalwegException.class);
        assertThat(upstream.requests()).hasSize(1);

        upstream.always(Script.hang());
        Timeouts quick = Timeouts.builder().firstByte(Duration.ofMillis(50)).build();
        assertThat(catchThrowableOfType(
                        TimeoutException.class,
                        () -> thalweg.with(options().retries(0).timeouts(quick).build())
                                .complete(MODEL, "Hello")))
                .satisfies(e -> assertThat(e.code()).contains("first_byte_timeout"));
    }

    @Test
    void headersGoWithEachRequest() {
        upstream.always(OpenAiScripts.completion("Hi"));
        Thalweg team = thalweg.with(options().header("X-Team", "search").build());
        team.with(options().header("x-more", "1").build()).complete(MODEL, "Hello");
        RecordedRequest request = upstream.takeRequest(SOON);
        assertThat(request.header("x-team")).contains("search");
        assertThat(request.header("x-more")).contains("1");
        thalweg.complete(MODEL, "Hello");
        assertThat(upstream.takeRequest(SOON).header("x-team")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Authorization", "host", "content-length", "a b", "", "X-API-Key", "x:y"})
    void headersThatAreOursOrNoneAreRefused(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> options().header(name, "v"));
    }

    @Test
    void aHeaderIsOneLine() {
        assertThatIllegalArgumentException().isThrownBy(() -> options().header("x-a", "1\r\nx-b: 2"));
    }

    @Test
    void aGatewayAndListenersHearOfTagsAndMetadataAndProvidersDoNot() {
        upstream.always(OpenAiScripts.completion("Hi"));
        CallOptions told = options().tags("eu", "batch").metadata("job", "7").build();
        thalweg.with(told).complete(MODEL, "Hello");
        assertThat(upstream.takeRequest(SOON).bodyText()).doesNotContain("eu").doesNotContain("job");

        List<Map<String, String>> heard = new ArrayList<>();
        Thalweg gateway = Thalweg.builder()
                .gateway(upstream.url(), "")
                .listener(new CallListener() {
                    @Override
                    public void started(CallStart call) {
                        heard.add(call.metadata());
                    }
                })
                .build();
        gateway.with(told).complete("fast", "Hello");
        assertThat(upstream.takeRequest(SOON).bodyText())
                .contains("\"tags\":[\"eu\",\"batch\"]", "\"metadata\":{\"job\":\"7\"}");
        assertThat(heard).containsExactly(Map.of("job", "7"));
    }

    @Test
    void whatCannotBeSaidIsAWarningOrInStrictModeAnError() {
        ChatRequest request =
                ChatRequest.builder("anthropic/claude-x").user("Hello").seed(7).build();
        Thalweg client = Thalweg.builder()
                .environment(Map.of())
                .apiKey("anthropic", "k")
                .baseUrl("anthropic", upstream.url())
                .build();
        upstream.always(
                Script.json(
                        200,
                        "{\"id\":\"m\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"c\",\"content\":[{\"type\":\"text\","
                                + "\"text\":\"Hi\"}],\"stop_reason\":\"end_turn\",\"usage\":{\"input_tokens\":1,\"output_tokens\":1}}"));
        ChatResponse response = client.complete(request);
        assertThat(response.warnings()).singleElement().asString().contains("seed");
        assertThat(upstream.requests()).hasSize(1);
        assertThatThrownBy(() -> client.with(options().strict(true).build()).complete(request))
                .isInstanceOf(UnsupportedParamsException.class)
                .hasMessageContaining("seed");
        assertThat(upstream.requests()).hasSize(1);
    }

    @Test
    void asManyConnectionsAsAllowedAreInUseAndTheNextWaitsItsTurn() {
        CountDownLatch go = new CountDownLatch(1);
        thalweg = client().maxConnections(1).build();
        upstream.enqueue(Script.sse()
                .event(OpenAiScripts.contentChunk("Hi"))
                .awaitSignal(go)
                .event(OpenAiScripts.finishChunk("stop"))
                .event("[DONE]")
                .build());
        upstream.always(OpenAiScripts.completion("Second"));
        try (ChatStream first = stream()) {
            CompletableFuture<ChatResponse> second = thalweg.completeAsync(MODEL, "Hello");
            Timeouts quick = Timeouts.builder().pool(Duration.ofMillis(50)).build();
            TimeoutException late = catchThrowableOfType(
                    TimeoutException.class,
                    () -> thalweg.with(options().timeouts(quick).build()).complete(MODEL, "Hello"));
            assertThat(late.code()).contains("pool_timeout");
            assertThat(upstream.requests()).hasSize(1);
            go.countDown();
            assertThat(read(first)).isEqualTo("Hi");
            assertThat(second.join().content()).isEqualTo("Second");
        }
    }

    @Test
    void aConnectionComesBackHoweverItsCallEnds() {
        thalweg = client().maxConnections(1).build();
        upstream.enqueue(Script.json(500, "{}"));
        assertThatThrownBy(() -> thalweg.complete(MODEL, "Hello")).isInstanceOf(ThalwegException.class);
        upstream.enqueue(Script.refuse());
        assertThatThrownBy(() -> thalweg.complete(MODEL, "Hello")).isInstanceOf(ThalwegException.class);
        upstream.enqueue(Script.sse()
                .event(OpenAiScripts.contentChunk("Hi"))
                .waitForClientClose()
                .build());
        stream().close();
        CompletableFuture<ChatResponse> waiting;
        upstream.enqueue(Script.sse()
                .event(OpenAiScripts.contentChunk("Hi"))
                .waitForClientClose()
                .build());
        try (ChatStream held = stream()) {
            waiting = thalweg.completeAsync(MODEL, "Hello");
            assertThat(waiting.cancel(true)).isTrue();
            assertThat(held.snapshot()).isNotNull();
        }
        upstream.always(OpenAiScripts.completion("Hi"));
        assertThat(thalweg.complete(MODEL, "Hello").content()).isEqualTo("Hi");
    }

    @Test
    void closingTheClientEndsAWaitForAConnection() throws Exception {
        thalweg = client().maxConnections(1).build();
        upstream.enqueue(Script.sse()
                .event(OpenAiScripts.contentChunk("Hi"))
                .waitForClientClose()
                .build());
        ChatStream held = stream();
        CompletableFuture<ChatResponse> waiting = background(() -> thalweg.complete(MODEL, "Hello"));
        thalweg.close();
        assertThat(failureOf(waiting)).isInstanceOf(ThalwegException.class);
        held.close();
        assertThatThrownBy(() -> read(held)).isInstanceOfAny(CancelledException.class, ThalwegException.class);
    }

    @Test
    void defaults() {
        assertThat(Timeouts.defaults().pool()).isEqualTo(Duration.ofSeconds(5));
        assertThatIllegalArgumentException().isThrownBy(() -> client().maxConnections(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> options().retries(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> options().restarts(-1));
    }
}
