package dev.thalweg.gateway.chat;

import static dev.thalweg.gateway.chat.Chats.ask;
import static dev.thalweg.gateway.chat.Chats.streamed;
import static dev.thalweg.gateway.chat.Chats.unary;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.gateway.TestGateway;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.RecordedRequest;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptedUpstream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What is tried again, when, where, and what never is. */
class RetryTest {
    private static final String ONE_RETRY = "num_retries: 1";

    private static Script failing(int status, int retryAfterMillis) {
        return Script.status(status)
                .header("Content-Type", "application/json")
                .header("retry-after-ms", Integer.toString(retryAfterMillis))
                .text(OpenAiScripts.errorBody("some_type", "some_code", "No."))
                .build();
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503, 504, 529})
    void aFailureOfTheUpstreamIsTriedAgain(int status) {
        try (var upstream = ScriptedUpstream.start().enqueue(failing(status, 1)).always(OpenAiScripts.stream("Hi"));
                var gateway = Chats.gateway(upstream.url(), "", ONE_RETRY)) {
            Chats.Answer answer = ask(gateway, streamed());
            assertThat(answer.text()).isEqualTo("Hi");
            assertThat(answer.body()).doesNotContain("error");
            JsonNode row = Chats.row(gateway);
            assertThat(row.path("outcome").asString()).isEqualTo("complete");
            assertThat(row.path("attempts")).hasSize(2);
            assertThat(row.at("/attempts/0/outcome").asString()).isEqualTo("upstream_error");
            assertThat(row.at("/attempts/0/code").asString()).isEqualTo("some_code");
            assertThat(row.at("/attempts/1/outcome").asString()).isEqualTo("complete");
            Chats.settled(gateway);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 413, 422})
    void whatIsNotTheUpstreamsFaultIsNotTriedAgain(int status) {
        try (var upstream = ScriptedUpstream.start().always(failing(status, 1));
                var gateway = Chats.gateway(upstream.url(), "", "num_retries: 3")) {
            Chats.Answer answer = ask(gateway, unary());
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.head().header("x-should-retry")).isEmpty();
            assertThat(upstream.requests()).hasSize(1);
        }
    }

    @Test
    void afterRetriesOfItsOwnTheGatewayAsksTheClientForNone() {
        try (var upstream = ScriptedUpstream.start().always(failing(503, 1));
                var gateway = Chats.gateway(upstream.url(), "", "num_retries: 2")) {
            Chats.Answer answer = ask(gateway, unary());
            answer.error(503);
            assertThat(answer.head().header("x-should-retry")).contains("false");
            assertThat(upstream.requests()).hasSize(3);
            assertThat(Chats.row(gateway).path("attempts")).hasSize(3);
        }
    }

    @Test
    void theDeploymentsOwnNumberOfRetriesWins() {
        try (var upstream = ScriptedUpstream.start().always(failing(503, 1));
                var gateway = Chats.gateway(upstream.url(), "num_retries: 0", "num_retries: 2")) {
            ask(gateway, unary()).error(503);
            assertThat(upstream.requests()).hasSize(1);
        }
    }

    @Test
    void theWaitThatTheUpstreamAsksForIsObeyed() {
        try (var upstream = ScriptedUpstream.start().enqueue(failing(429, 250)).always(OpenAiScripts.completion("Hi"));
                var gateway = Chats.gateway(upstream.url(), "", ONE_RETRY)) {
            assertThat(ask(gateway, unary()).status()).isEqualTo(200);
            Duration wait = between(upstream.requests());
            System.out.println("asked to wait 250 ms, waited " + wait.toMillis() + " ms");
            assertThat(wait).isBetween(Duration.ofMillis(245), Duration.ofMillis(2_000));
        }
    }

    @Test
    void withoutAWishTheWaitIsHalfASecondLessChance() {
        Script plain = OpenAiScripts.error(500, "server_error", null, "No.");
        try (var upstream = ScriptedUpstream.start().enqueue(plain).always(OpenAiScripts.completion("Hi"));
                var gateway = Chats.gateway(upstream.url(), "", ONE_RETRY)) {
            assertThat(ask(gateway, unary()).status()).isEqualTo(200);
            assertThat(between(upstream.requests())).isBetween(Duration.ofMillis(370), Duration.ofMillis(2_000));
        }
    }

    private static Duration between(List<RecordedRequest> requests) {
        assertThat(requests).hasSize(2);
        return Duration.ofNanos(requests.get(1).arrivedAt() - requests.get(0).arrivedAt());
    }

    @ParameterizedTest
    @CsvSource({"unary, timeout: 3s", "streamed, total_timeout: 3s"})
    void aWaitLongerThanTheTimeLeftIsNotBegun(String kind, String timeout) {
        try (var upstream = ScriptedUpstream.start().always(failing(503, 5_000));
                var gateway = Chats.gateway(upstream.url(), "", ONE_RETRY, timeout)) {
            Chats.Answer answer = ask(gateway, kind.equals("unary") ? unary() : streamed());
            answer.error(503);
            assertThat(answer.head().header("retry-after")).contains("5");
            assertThat(upstream.requests()).hasSize(1);
        }
    }

    @Test
    void theTimeForTheWholeCallGoesOnOverRetries() {
        try (var upstream = ScriptedUpstream.start().enqueue(failing(503, 100)).always(Script.hang());
                var gateway = Chats.gateway(upstream.url(), "", "num_retries: 5", "timeout: 400ms")) {
            assertThat(ask(gateway, unary()).error(504).path("code").asString()).isEqualTo("total_timeout");
            JsonNode row = Chats.row(gateway);
            assertThat(row.path("outcome").asString()).isEqualTo("deadline");
            assertThat(row.path("duration_ms").asDouble()).isBetween(399.0, 3_000.0);
            assertThat(row.path("attempts")).hasSize(2);
            upstream.awaitOpenConnections(0, Chats.SOON);
        }
    }

    @Test
    void aFirstByteThatDoesNotComeIsTriedAgain() {
        try (var upstream = ScriptedUpstream.start().enqueue(Script.hang()).always(OpenAiScripts.stream("Hi"));
                var gateway = Chats.gateway(upstream.url(), "", ONE_RETRY, "first_byte_timeout: 400ms")) {
            assertThat(ask(gateway, streamed()).text()).isEqualTo("Hi");
            JsonNode row = Chats.row(gateway);
            assertThat(row.at("/attempts/0/code").asString()).isEqualTo("first_byte_timeout");
            assertThat(row.path("outcome").asString()).isEqualTo("complete");
        }
    }

    @Test
    void aResetConnectionIsTriedAgain() {
        try (var upstream = ScriptedUpstream.start().enqueue(Script.refuse()).always(OpenAiScripts.completion("Hi"));
                var gateway = Chats.gateway(upstream.url(), "", ONE_RETRY)) {
            assertThat(ask(gateway, unary()).status()).isEqualTo(200);
            assertThat(Chats.row(gateway).path("attempts")).hasSize(2);
        }
    }

    @Test
    void aRetryGoesToTheOtherDeploymentAndDoesNotWaitForTheFirstOnes() {
        Script busy = failing(429, 30_000);
        try (var one = ScriptedUpstream.start().always(busy);
                var two = ScriptedUpstream.start().always(OpenAiScripts.stream("Hi"));
                var gateway = twoDeployments(one, two)) {
            for (int i = 0; i < 6; i++) {
                assertThat(ask(gateway, streamed()).text()).isEqualTo("Hi");
            }
            assertThat(two.requests()).hasSize(6);
            for (JsonNode row : Chats.rows(gateway, 6)) {
                assertThat(row.path("attempts").size()).isLessThanOrEqualTo(2);
                if (row.path("attempts").size() == 2) {
                    assertThat(row.at("/attempts/0/deployment")).isNotEqualTo(row.at("/attempts/1/deployment"));
                }
            }
        }
    }

    @Test
    void bothDeploymentsOfANameAreUsed() {
        try (var one = ScriptedUpstream.start().always(OpenAiScripts.completion("one"));
                var two = ScriptedUpstream.start().always(OpenAiScripts.completion("two"));
                var gateway = twoDeployments(one, two)) {
            for (int i = 0; i < 40; i++) {
                assertThat(ask(gateway, unary()).status()).isEqualTo(200);
            }
            assertThat(one.requests()).isNotEmpty();
            assertThat(two.requests()).isNotEmpty();
        }
    }

    private static TestGateway twoDeployments(ScriptedUpstream one, ScriptedUpstream two) {
        return TestGateway.of("""
                model_list:
                  - model_name: gpt
                    params: {model: openai/gpt-4o-mini, api_base: "%s", api_key: sk-1}
                  - model_name: gpt
                    params: {model: openai/gpt-4o-mini, api_base: "%s", api_key: sk-2}
                thalweg_settings: {num_retries: 1}
                """.formatted(one.url(), two.url()));
    }
}
