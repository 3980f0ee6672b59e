package dev.thalweg.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.thalweg.CallListener;
import dev.thalweg.CallRecord;
import dev.thalweg.ChatStream;
import dev.thalweg.Thalweg;
import dev.thalweg.error.RateLimitException;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptedUpstream;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MicrometerListenerTest {
    private static final String MODEL = "openai/gpt-4o-mini";

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final CountDownLatch counted = new CountDownLatch(1);
    private Thalweg thalweg = client(0);

    private Thalweg client(int retries) {
        return Thalweg.builder()
                .environment(Map.of("OPENAI_API_KEY", "sk-1", "OPENAI_BASE_URL", upstream.url()))
                .retries(retries)
                .listener(MicrometerListener.of(registry))
                .listener(new CallListener() {
                    @Override
                    public void ended(CallRecord call) {
                        counted.countDown();
                    }
                })
                .build();
    }

    @AfterEach
    void stop() {
        thalweg.close();
        upstream.close();
    }

    private double total(String name, String... tags) {
        return registry.get(name).tags(tags).summary().totalAmount();
    }

    @Test
    void aCallIsATimerTokensAndItsCost() {
        upstream.enqueue(Script.json(200, """
                {"id":"1","object":"chat.completion","created":1,"model":"gpt-4o-mini","choices":[{"index":0,"message":\
                {"role":"assistant","content":"Hi"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1000,\
                "completion_tokens":100,"total_tokens":1100,"prompt_tokens_details":{"cached_tokens":400},\
                "completion_tokens_details":{"reasoning_tokens":60}}}"""));

        thalweg.complete(MODEL, "Hello");

        String[] call = {"provider", "openai", "model", MODEL};
        assertThat(registry.get("thalweg.calls")
                        .tags(call)
                        .tags("stream", "false", "outcome", "complete", "error", "none", "code", "none")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(total("thalweg.tokens", "kind", "input", "estimated", "false"))
                .isEqualTo(1000);
        assertThat(total("thalweg.tokens", "kind", "cache_read")).isEqualTo(400);
        assertThat(total("thalweg.tokens", "kind", "output")).isEqualTo(100);
        assertThat(total("thalweg.tokens", "kind", "reasoning")).isEqualTo(60);
        assertThat(registry.find("thalweg.tokens").tags("kind", "cache_write").meters())
                .isEmpty();
        assertThat(total("thalweg.cost", call)).isPositive().isLessThan(0.001);
        assertThat(registry.find("thalweg.time.to.first.token").meters()).isEmpty();
    }

    @Test
    void aStreamHasItsClocksToo() {
        upstream.enqueue(OpenAiScripts.stream("Hel", "lo", "!"));
        try (ChatStream stream = thalweg.stream(MODEL, "Hello")) {
            assertThat(stream.response().content()).isEqualTo("Hello!");
        }
        assertThat(registry.get("thalweg.time.to.first.token").timer().count()).isEqualTo(1);
        assertThat(registry.get("thalweg.time.between.tokens").timer().count()).isEqualTo(1);
        assertThat(registry.get("thalweg.calls").tag("stream", "true").timer().count())
                .isEqualTo(1);
    }

    @Test
    void everyMeterIsOnThePageWithItsTags() throws Exception {
        String page = Files.readString(Path.of("..", "docs", "sdk", "observability.md"));
        aStreamHasItsClocksToo();
        assertThat(registry.getMeters()).allSatisfy(meter -> {
            String row = page.lines()
                    .filter(line -> line.startsWith("| `" + meter.getId().getName() + "` |"))
                    .findFirst()
                    .orElseThrow();
            assertThat(meter.getId().getTags())
                    .extracting(tag -> "`" + tag.getKey() + "`")
                    .allSatisfy(tag -> assertThat(row).contains(tag));
        });
    }

    @Test
    void failuresAndAttemptsHaveTheirCodes() {
        thalweg = client(1);
        upstream.enqueue(OpenAiScripts.error(503, "x", "overloaded", "No"))
                .enqueue(OpenAiScripts.error(429, "x", "rate_limit_exceeded", "No"));

        assertThat(catchThrowable(() -> thalweg.complete(MODEL, "Hello"))).isInstanceOf(RateLimitException.class);

        assertThat(registry.get("thalweg.calls")
                        .tags("outcome", "failed", "error", "RateLimitException", "code", "rate_limit_exceeded")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("thalweg.attempts")
                        .tags("deployment", MODEL, "error", "ServiceUnavailableException", "code", "overloaded")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("thalweg.attempts")
                        .tag("error", "RateLimitException")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(registry.find("thalweg.cost").meters()).isEmpty();
    }

    @Test
    void aCallThatIsCancelledIsCountedAsClosed() throws Exception {
        upstream.enqueue(Script.hang());
        CompletableFuture<?> answer = thalweg.completeAsync(MODEL, "Hello");
        upstream.takeRequest(Duration.ofSeconds(5));

        answer.cancel(true);

        assertThat(counted.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(registry.get("thalweg.calls").tag("outcome", "closed").timer())
                .isNotNull();
    }

    @Test
    void aTagHasFewValuesHoweverManyModelsAreAskedFor() {
        upstream.always(OpenAiScripts.error(404, "x", null, "No"));
        for (int i = 0; i < MicrometerListener.MOST_VALUES + 50; i++) {
            String model = "openai/model-" + i;
            assertThat(catchThrowable(() -> thalweg.complete(model, "Hello"))).isNotNull();
        }
        assertThat(registry.find("thalweg.calls").meters().stream()
                        .map(Meter::getId)
                        .map(id -> id.getTag("model"))
                        .distinct())
                .hasSize(MicrometerListener.MOST_VALUES + 1)
                .contains("other");
        assertThat(registry.getMeters())
                .allSatisfy(meter -> assertThat(meter.getId().getTags())
                        .extracting(Tag::getKey)
                        .isSubsetOf(
                                "provider",
                                "model",
                                "stream",
                                "outcome",
                                "error",
                                "code",
                                "kind",
                                "estimated",
                                "deployment"));
    }
}
