package dev.thalweg.gateway.chat;

import static dev.thalweg.gateway.chat.Chats.ask;
import static dev.thalweg.gateway.chat.Chats.streamed;
import static dev.thalweg.gateway.chat.Chats.unary;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.gateway.TestGateway;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.RawClient;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptedUpstream;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a request cost: in its row by attempt and together, in its headers, in the metrics. */
class CostTest {
    private static final String USED =
            "{\"id\":\"x\",\"object\":\"chat.completion\",\"model\":\"gpt-4o-mini\",\"choices\":"
                    + "[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Hi\"},\"finish_reason\":\"stop\"}],"
                    + "\"usage\":{\"prompt_tokens\":1000,\"completion_tokens\":7,\"total_tokens\":1007,"
                    + "\"prompt_tokens_details\":{\"cached_tokens\":600}},\"service_tier\":\"%s\"}";

    private static String number(JsonNode row, String name) {
        return row.path(name).decimalValue().toPlainString();
    }

    private static String metrics(TestGateway gateway) {
        try (RawClient client = gateway.connect()) {
            return Chats.read(client.get("/metrics", Map.of())).body();
        }
    }

    @Test
    void aWholeAnswerIsPricedByTheCatalogue() {
        // gpt-4o-mini: 400 × 0.15 + 600 × 0.075 + 7 × 0.6 = 60 + 45 + 4.2 = 109.2 millionths
        try (var upstream = ScriptedUpstream.start().always(Script.json(200, USED.formatted("default")));
                var gateway = TestGateway.before(upstream.url())) {
            Chats.Answer answer = ask(gateway, unary());
            assertThat(answer.head().header("x-thalweg-cost")).hasValue("0.0001092");
            JsonNode row = Chats.row(gateway);
            assertThat(number(row, "cost_usd")).isEqualTo("0.0001092");
            assertThat(number(row.path("attempts").get(0), "cost_usd")).isEqualTo("0.0001092");
            assertThat(row.path("attempts").get(0).path("input_tokens").asInt()).isEqualTo(1000);
            assertThat(row.path("cache_read_tokens").asInt()).isEqualTo(600);
            assertThat(row.path("service_tier").asString()).isEqualTo("default");
            assertThat(row.has("cost_unknown")).isFalse();
            assertThat(metrics(gateway))
                    .contains("thalweg_cost_usd_total{model=\"gpt\",provider=\"openai\"} 1.092E-4")
                    .contains("thalweg_unpriced_attempts_total{model=\"gpt\",provider=\"openai\"} 0.0");
        }
    }

    @Test
    void thePriorityTierIsDearer() {
        // 400 × 0.25 + 600 × 0.125 + 7 × 1 = 100 + 75 + 7 = 182 millionths
        try (var upstream = ScriptedUpstream.start().always(Script.json(200, USED.formatted("priority")));
                var gateway = TestGateway.before(upstream.url())) {
            ask(gateway, unary());
            assertThat(number(Chats.row(gateway), "cost_usd")).isEqualTo("0.000182");
        }
    }

    @Test
    void aStreamIsPricedAtItsEnd() {
        Script script = OpenAiScripts.streaming().text("Hi").usage(11, 3).build();
        // 11 × 0.15 + 3 × 0.6 = 3.45 millionths
        try (var upstream = ScriptedUpstream.start().always(script);
                var gateway = TestGateway.before(upstream.url());
                RawClient client = gateway.post(streamed())) {
            client.timeout(Chats.SOON).readHead();
            assertThat(client.readBody().text()).contains(" cost=0.00000345 ");
            assertThat(number(Chats.row(gateway), "cost_usd")).isEqualTo("0.00000345");
        }
    }

    @Test
    void anUnknownPriceIsNoNumber() {
        try (var upstream = ScriptedUpstream.start().always(OpenAiScripts.completion("Hi"));
                var gateway = TestGateway.of("""
                        model_list: [{model_name: gpt, params: {model: openai/mine, api_base: "%s", api_key: k}}]
                        """.formatted(upstream.url()))) {
            assertThat(ask(gateway, unary()).head().header("x-thalweg-cost")).isEmpty();
            JsonNode row = Chats.row(gateway);
            assertThat(row.has("cost_usd")).isFalse();
            assertThat(row.path("cost_unknown").asString()).isEqualTo("price: unknown");
            assertThat(row.path("attempts").get(0).has("cost_usd")).isFalse();
            assertThat(row.path("attempts").get(0).path("cost_unknown").asString())
                    .isEqualTo("price: unknown");
            assertThat(metrics(gateway))
                    .contains("thalweg_unpriced_attempts_total{model=\"gpt\",provider=\"openai\"} 1.0");
        }
    }

    @Test
    void anEstimateIsPricedAndSaysThatItIsOne() {
        try (var upstream = ScriptedUpstream.start().always(OpenAiScripts.stream("The quick brown fox."));
                var gateway = TestGateway.before(upstream.url())) {
            ask(gateway, streamed());
            JsonNode row = Chats.row(gateway);
            assertThat(row.path("estimated").asBoolean()).isTrue();
            assertThat(row.path("cost_usd").decimalValue()).isPositive();
        }
    }

    @Test
    void anAttemptThatWasRefusedCostsNothingAndTheOtherOneIsTheSum() {
        try (var upstream = ScriptedUpstream.start()
                        .enqueue(Script.json(503, "{\"error\":{\"message\":\"busy\"}}"))
                        .always(Script.json(200, USED.formatted("default")));
                var gateway = Chats.gateway(upstream.url(), "", "num_retries: 2")) {
            assertThat(ask(gateway, unary()).status()).isEqualTo(200);
            JsonNode row = Chats.row(gateway);
            assertThat(row.path("attempts")).hasSize(2);
            assertThat(row.path("attempts").get(0).has("cost_usd")).isFalse();
            assertThat(row.path("attempts").get(0).has("cost_unknown")).isFalse();
            assertThat(number(row, "cost_usd")).isEqualTo("0.0001092");
        }
    }

    @Test
    void aRequestThatNobodyServedHasNoCost() {
        try (var upstream = ScriptedUpstream.start().always(Script.json(400, "{\"error\":{\"message\":\"no\"}}"));
                var gateway = TestGateway.before(upstream.url())) {
            ask(gateway, unary());
            JsonNode row = Chats.row(gateway);
            assertThat(row.has("cost_usd")).isFalse();
            assertThat(row.has("cost_unknown")).isFalse();
        }
    }

    @Test
    void whoeverIsGivenUpOnMayStillChargeForIt() {
        try (var upstream = ScriptedUpstream.start().always(Script.hang());
                var gateway = TestGateway.before(upstream.url(), "request_timeout: 0.3")) {
            assertThat(ask(gateway, unary()).status()).isEqualTo(504);
            JsonNode row = Chats.row(gateway);
            assertThat(row.has("cost_usd")).isFalse();
            assertThat(row.path("cost_unknown").asString()).isEqualTo("usage: unknown");
        }
    }

    @Test
    void theCheapestByTheCatalogueServesWhereNoPriceIsConfigured() {
        try (var upstream = ScriptedUpstream.start().always(OpenAiScripts.completion("Hi"));
                var gateway = TestGateway.of("""
                        model_list:
                        - {model_name: gpt, params: {model: openai/gpt-4o, api_base: "%1$s", api_key: k}}
                        - {model_name: gpt, params: {model: openai/mine, api_base: "%1$s", api_key: k}}
                        - {model_name: gpt, params: {model: openai/gpt-4o-mini, api_base: "%1$s", api_key: k}}
                        router_settings: {routing_strategy: cost-based-routing}
                        """.formatted(upstream.url()))) {
            for (int i = 0; i < 5; i++) {
                ask(gateway, unary());
            }
            assertThat(upstream.requests())
                    .allSatisfy(request -> assertThat(request.bodyText()).contains("\"gpt-4o-mini\""));
        }
    }
}
