package dev.thalweg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.Script;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Many calls: how they are shared out, and that none is lost. */
class RoutingLoadTest extends GroupTest {
    @Test
    void callsAreSharedOutByWeight() {
        Random random = new Random(7);
        thalweg = client().routing(Routing.builder()
                        .group("fast", one().weight(9).build(), two().weight(1).build())
                        .build())
                .random(() -> random)
                .build();
        upstream.always(OpenAiScripts.completion("One"));
        second.always(OpenAiScripts.completion("Two"));
        int calls = 1_000;
        int rare = 0;
        for (int i = 0; i < calls; i++) {
            rare += complete().equals("Two") ? 1 : 0;
        }
        double sigma = Math.sqrt(calls * 0.9 * 0.1);
        assertThat((double) rare).isBetween(calls * 0.1 - 3 * sigma, calls * 0.1 + 3 * sigma);
    }

    @Test
    void manyThreadsShareTheRoomThatThereIs() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        routed(Routing.builder()
                .group(
                        "fast",
                        one().maxParallel(3).build(),
                        two().maxParallel(2).build()));
        Script slow = Script.sse()
                .event(OpenAiScripts.contentChunk("Hi"))
                .awaitSignal(go)
                .event(OpenAiScripts.finishChunk("stop"))
                .event("[DONE]")
                .build();
        upstream.always(slow);
        second.always(slow);

        List<CompletableFuture<String>> answers = sixtyStreams();

        for (int i = 0; i < 3; i++) {
            upstream.takeRequest(SOON);
        }
        second.takeRequest(SOON);
        second.takeRequest(SOON);
        assertThatThrownBy(() -> second.takeRequest(Duration.ofMillis(100))).isInstanceOf(AssertionError.class);
        assertThat(upstream.requests()).hasSize(3);
        go.countDown();
        assertThat(answers)
                .allSatisfy(
                        answer -> assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo("Hi"));
        assertThat(upstream.requests().size() + second.requests().size()).isEqualTo(60);
    }

    @Test
    void noCallIsLostWhileOneOfTwoIsDead() {
        routed(Routing.builder().group("fast", one().build(), two().build()));
        upstream.always(failure(500));
        second.always(OpenAiScripts.stream("Hi"));

        assertThat(sixtyStreams())
                .allSatisfy(
                        answer -> assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo("Hi"));
        assertThat(second.requests()).hasSize(60);
        assertThat(upstream.requests()).isNotEmpty();
    }

    private List<CompletableFuture<String>> sixtyStreams() {
        return Stream.generate(() -> background(() -> {
                    try (ChatStream stream = thalweg.stream("fast", "Hello")) {
                        return read(stream);
                    }
                }))
                .limit(60)
                .toList();
    }
}
