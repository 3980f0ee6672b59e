package dev.thalweg.gateway.chat;

import static dev.thalweg.gateway.chat.Chats.ask;
import static dev.thalweg.gateway.chat.Chats.streamed;
import static dev.thalweg.gateway.chat.Chats.unary;
import static dev.thalweg.gateway.chat.Routes.BROKEN;
import static dev.thalweg.gateway.chat.Routes.deployment;
import static dev.thalweg.gateway.chat.Routes.withSpare;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptedUpstream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What happens to a deployment that fails, and to requests meanwhile. */
class DeadDeploymentTest {
    @Test
    void theOnlyOneBeforeAFallbackIsLeftAloneAfterAHandfulOfFailures() {
        try (var dead = ScriptedUpstream.start().always(BROKEN);
                var spare = ScriptedUpstream.start().always(OpenAiScripts.stream("Hi"));
                var gateway = withSpare(dead, spare, "cooldown_time: 60")) {
            for (int i = 0; i < 50; i++) {
                assertThat(ask(gateway, streamed()).text()).isEqualTo("Hi");
            }
            assertThat(dead.requests()).hasSize(4);
            assertThat(spare.requests()).hasSize(50);
        }
    }

    @Test
    void itServesAgainWhenItsTrialGoesWell() {
        AtomicBoolean alive = new AtomicBoolean();
        try (var upstream = ScriptedUpstream.start().answer(r -> alive.get() ? OpenAiScripts.stream("back") : BROKEN);
                var spare = ScriptedUpstream.start().always(OpenAiScripts.stream("spare"));
                var gateway = withSpare(upstream, spare, "cooldown_time: 0.3")) {
            for (int i = 0; i < 6; i++) {
                assertThat(ask(gateway, streamed()).text()).isEqualTo("spare");
            }
            assertThat(upstream.requests()).hasSize(4);
            alive.set(true);
            Chats.until(
                    "the first to serve again",
                    () -> ask(gateway, streamed()).text().equals("back"));
            for (int i = 0; i < 5; i++) {
                assertThat(ask(gateway, streamed()).text()).isEqualTo("back");
            }
        }
    }

    @Test
    void oneThatCannotBeReachedIsLeftAloneToo() {
        try (var spare = ScriptedUpstream.start().always(OpenAiScripts.stream("Hi"));
                var gateway = Routes.gateway(
                        "router_settings: {num_retries: 1, cooldown_time: 60}",
                        deployment("gpt", "dead", ScriptedUpstream.refusingUrl(), "order: 1"),
                        deployment("gpt", "alive", spare.url(), "order: 2"))) {
            int repeated = 0;
            for (int i = 0; i < 20; i++) {
                Chats.Answer answer = ask(gateway, streamed());
                assertThat(answer.text()).isEqualTo("Hi");
                repeated +=
                        answer.head().header("x-thalweg-attempts").orElseThrow().equals("2") ? 1 : 0;
            }
            assertThat(repeated).isEqualTo(4);
        }
    }

    @Test
    void theLastOneIsNeverLeftAlone() {
        try (var only = ScriptedUpstream.start().always(BROKEN);
                var gateway = Routes.gateway(
                        "router_settings: {num_retries: 0, cooldown_time: 60}",
                        deployment("gpt", "only", only.url()))) {
            for (int i = 0; i < 20; i++) {
                assertThat(ask(gateway, unary()).status()).isEqualTo(500);
            }
            assertThat(only.requests()).hasSize(20);
        }
    }

    @Test
    void aRateLimitIsKeptToAsLongAsItSays() {
        Script limited = Script.status(429)
                .header("Content-Type", "application/json")
                .header("Retry-After", "30")
                .text("{\"error\":{\"message\":\"Slow down.\",\"type\":\"rate_limit_error\"}}")
                .build();
        try (var first = ScriptedUpstream.start().always(limited);
                var spare = ScriptedUpstream.start().always(OpenAiScripts.stream("Hi"));
                var gateway = withSpare(first, spare)) {
            for (int i = 0; i < 10; i++) {
                assertThat(ask(gateway, streamed()).text()).isEqualTo("Hi");
            }
            assertThat(first.requests()).hasSize(1);
        }
    }

    @Test
    void theCallersFaultsDoNotCount() {
        Script wrong = OpenAiScripts.error(400, "invalid_request_error", "bad", "Wrong.");
        try (var first = ScriptedUpstream.start().always(wrong);
                var spare = ScriptedUpstream.start().always(OpenAiScripts.stream("Hi"));
                var gateway = withSpare(first, spare)) {
            for (int i = 0; i < 20; i++) {
                ask(gateway, streamed()).error(400);
            }
            assertThat(first.requests()).hasSize(20);
        }
    }

    @Test
    void nothingIsLostUnderLoadWhileOneOfTwoIsDead() throws Exception {
        try (var dead = ScriptedUpstream.start().always(BROKEN);
                var alive = ScriptedUpstream.start().always(OpenAiScripts.stream("Hi"));
                var gateway = Routes.gateway(
                        "router_settings: {num_retries: 2, cooldown_time: 60}",
                        deployment("gpt", "dead", dead.url()),
                        deployment("gpt", "alive", alive.url()));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CountDownLatch left = new CountDownLatch(400);
            for (int i = 0; i < 8; i++) {
                threads.submit(() -> {
                    for (int j = 0; j < 50; j++) {
                        if (ask(gateway, streamed()).text().equals("Hi")) {
                            left.countDown();
                        }
                    }
                });
            }
            threads.shutdown();
            assertThat(threads.awaitTermination(60, java.util.concurrent.TimeUnit.SECONDS))
                    .isTrue();
            assertThat(left.getCount()).as("requests without an answer").isZero();
            assertThat(dead.requests().size()).as("calls to the dead one").isBetween(4, 20);
        }
    }
}
