package dev.thalweg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.thalweg.error.ApiConnectionException;
import dev.thalweg.error.TimeoutException;
import dev.thalweg.model.ChatChunk;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.Script;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The faces other than the blocking one, and what a stream may still change and what not. */
class RoutingStreamTest extends GroupTest {
    private static final Script CUT = Script.sse()
            .event(OpenAiScripts.roleChunk())
            .event(OpenAiScripts.contentChunk("Half an"))
            .fin()
            .build();

    private static final Script CUT_BEFORE_CONTENT =
            Script.sse().event(OpenAiScripts.roleChunk()).fin().build();

    private ChatStream open() {
        return thalweg.stream("fast", "Hello");
    }

    @Test
    void aStreamGoesElsewhereAndListsItsAttempts() {
        routed(both());
        upstream.always(failure(500));
        second.always(OpenAiScripts.stream("Hi", " there"));

        try (ChatStream stream = open()) {
            assertThat(words(stream.snapshot().attempts())).containsExactly("one InternalServerException");
            assertThat(read(stream)).isEqualTo("Hi there");
            assertThat(words(stream.response().attempts())).containsExactly("one InternalServerException", "two");
        }
    }

    @Test
    void aStreamThatIsCutBeforeItsContentGoesElsewhere() {
        routed(both());
        upstream.always(CUT_BEFORE_CONTENT);
        second.always(OpenAiScripts.stream("Hi"));

        List<ChatChunk> chunks = new ArrayList<>();
        open().forEach(chunks::add);
        assertThat(chunks.get(0).toJson()).isEqualTo(OpenAiScripts.roleChunk());
        assertThat(chunks.stream().filter(chunk -> chunk.toJson().equals(OpenAiScripts.roleChunk())))
                .as("nothing of the first attempt")
                .hasSize(1);
        assertThat(Chunks.assemble(chunks).content()).isEqualTo("Hi");
    }

    @Test
    void aStreamThatIsCutAfterItsContentIsAnErrorAndAskedNowhereElse() {
        routed(both().fallbacks("fast", MODEL));
        upstream.always(CUT);

        Throwable failure = catchThrowable(() -> read(open()));

        assertThat(failure)
                .isInstanceOfSatisfying(
                        ApiConnectionException.class,
                        e -> assertThat(e.partial().orElseThrow().content()).isEqualTo("Half an"));
        assertThat(attemptsOf(failure)).containsExactly("one ApiConnectionException");
        assertThat(upstream.requests()).hasSize(1);
        assertThat(second.requests()).isEmpty();
    }

    @Test
    void cutsAfterContentCountAgainstTheDeployment() {
        routed(both().allowedFails(1));
        upstream.always(CUT);
        second.always(OpenAiScripts.stream("Hi"));

        assertThat(catchThrowable(() -> read(open()))).isInstanceOf(ApiConnectionException.class);
        assertThat(catchThrowable(() -> read(open()))).isInstanceOf(ApiConnectionException.class);
        assertThat(read(open())).isEqualTo("Hi");
    }

    @Test
    void whoClosesAStreamSaysNothingAboutTheDeploymentAndGivesItsRoomBack() {
        routed(Routing.builder().group("fast", one().maxParallel(1).build()).allowedFails(0));
        upstream.always(
                Script.sse().event(OpenAiScripts.contentChunk("Hi")).hang().build());
        for (int i = 0; i < 3; i++) {
            try (ChatStream stream = open()) {
                assertThat(stream.iterator().next().content()).isEqualTo("Hi");
            }
        }
        assertThat(upstream.requests()).hasSize(3);
    }

    @Test
    void aRestartMayGoElsewhere() {
        thalweg = client().restarts(1)
                .routing(both().allowedFails(0).cooldown(Duration.ofMinutes(1)).build())
                .build();
        upstream.always(CUT);
        second.always(OpenAiScripts.stream("Whole"));

        ChatStream stream = open();

        assertThat(stream.response().content()).isEqualTo("Whole");
        assertThat(words(stream.response().attempts())).containsExactly("one ApiConnectionException", "two");
    }

    @Test
    void aFailureToRestartListsWhatWasTriedForIt() {
        thalweg = client().restarts(1).routing(both().allowedFails(0).build()).build();
        upstream.always(CUT);
        second.always(badRequest(null));

        Throwable failure = catchThrowable(() -> read(open()));

        assertThat(failure).isInstanceOf(ApiConnectionException.class);
        assertThat(attemptsOf(failure)).containsExactly("one ApiConnectionException", "two BadRequestException");
    }

    @Test
    void aSlowFirstTokenIsNotWaitedForWhileAnotherDeploymentIsLeft() {
        thalweg = client().timeouts(Timeouts.builder()
                        .firstTokenFailover(Duration.ofMillis(50))
                        .build())
                .routing(both().build())
                .retries(1)
                .build();
        upstream.always(Script.sse().event(OpenAiScripts.roleChunk()).hang().build());
        second.always(Script.sse()
                .event(OpenAiScripts.roleChunk())
                .sleep(Duration.ofMillis(150))
                .event(OpenAiScripts.contentChunk("Late"))
                .event(OpenAiScripts.finishChunk("stop"))
                .event("[DONE]")
                .build());

        ChatStream stream = open();

        assertThat(read(stream)).isEqualTo("Late");
        assertThat(words(stream.response().attempts())).containsExactly("one TimeoutException", "two");
    }

    @Test
    void theLastOneHasTheWholeTimeForItsFirstToken() {
        thalweg = client().timeouts(Timeouts.builder()
                        .firstTokenFailover(Duration.ofMillis(20))
                        .firstToken(Duration.ofMillis(200))
                        .build())
                .build();
        upstream.always(Script.hang());
        assertThat(catchThrowable(this::stream))
                .isInstanceOfSatisfying(
                        TimeoutException.class,
                        e -> assertThat(e.attempts().get(0).duration()).isGreaterThan(Duration.ofMillis(150)));
    }

    @Test
    void aFutureGoesElsewhere() {
        routed(both());
        upstream.always(failure(500));
        second.always(OpenAiScripts.completion("Hi"));

        assertThat(words(thalweg.completeAsync("fast", "Hello").join().attempts()))
                .containsExactly("one InternalServerException", "two");
    }

    @Test
    void aPublisherGoesElsewhere() throws Exception {
        routed(both());
        upstream.always(failure(500));
        second.always(OpenAiScripts.stream("Hi", " there"));
        StringBuilder text = new StringBuilder();
        CompletableFuture<String> whole = new CompletableFuture<>();
        thalweg.publish(ChatRequest.of("fast", "Hello")).subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(ChatChunk chunk) {
                text.append(chunk.content());
            }

            @Override
            public void onError(Throwable failure) {
                whole.completeExceptionally(failure);
            }

            @Override
            public void onComplete() {
                whole.complete(text.toString());
            }
        });
        assertThat(whole.get(5, TimeUnit.SECONDS)).isEqualTo("Hi there");
    }
}
