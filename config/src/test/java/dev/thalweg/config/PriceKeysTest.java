package dev.thalweg.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.model.Cost;
import dev.thalweg.model.PricePart;
import dev.thalweg.model.ServiceTier;
import dev.thalweg.model.Usage;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which price counts: the deployment's, the file's, the catalogue's. */
class PriceKeysTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final String KEY = ", api_key: k";

    private static Cost cost(Deployment deployment, Usage.Builder usage) {
        return deployment.prices(deployment.upstreamModel()).cost(usage.build(), NOW);
    }

    private static Usage.Builder used(long input, long output) {
        return Usage.builder().inputTokens(input).outputTokens(output);
    }

    private static String digits(Deployment deployment, Usage.Builder usage) {
        return cost(deployment, usage).digits().orElseThrow();
    }

    private static Deployment inFile(String prices, String model) {
        return Configs.read(
                        "prices: {" + prices + "}\nmodel_list: [{model_name: m, params: {model: " + model + KEY + "}}]")
                .deployments()
                .get(0);
    }

    @ParameterizedTest
    @CsvSource({
        "input_cost_per_token, INPUT, STANDARD, 0",
        "output_cost_per_token_priority, OUTPUT, PRIORITY, 0",
        "input_cost_per_token_batches, INPUT, BATCH, 0",
        "cache_read_input_token_cost_flex, CACHE_READ, FLEX, 0",
        "input_cost_per_token_above_200k_tokens, INPUT, STANDARD, 200000",
        "cache_creation_input_token_cost_above_1hr, CACHE_WRITE_1H, STANDARD, 0",
        "cache_creation_input_token_cost_above_1hr_above_200k_tokens, CACHE_WRITE_1H, STANDARD, 200000",
        "output_cost_per_token_above_272k_tokens_priority, OUTPUT, PRIORITY, 272000",
        "output_cost_per_reasoning_token, REASONING, STANDARD, 0",
        "input_cost_per_audio_token, INPUT_AUDIO, STANDARD, 0",
        "input_cost_per_request, REQUEST, STANDARD, 0"
    })
    void keysAreLiteLlms(String key, PricePart part, ServiceTier tier, long above) {
        assertThat(PriceKey.of(key)).isEqualTo(new PriceKey(part, tier, above));
    }

    @Test
    void otherKeysAreNoPrices() {
        assertThat(PriceKey.of("input_cost_per_second")).isNull();
        assertThat(PriceKey.of("input_cost_per_token_above_0k_tokens")).isNull();
        assertThat(PriceKey.of("supports_vision")).isNull();
    }

    @Test
    void withoutAWordTheCatalogueCounts() {
        // 1,000 × 2.5 + 100 × 10 = 3,500 millionths
        assertThat(digits(Configs.deployment("model: openai/gpt-4o-2024-11-20" + KEY), used(1_000, 100)))
                .isEqualTo("0.0035");
        assertThat(cost(Configs.deployment("model: openai/mine" + KEY), used(1, 1))
                        .reason())
                .hasValue("price: unknown");
    }

    @Test
    void whoSaysAPriceOfTokensSaysAllOfThem() {
        Deployment deployment = Configs.deployment("model: openai/gpt-4o, input_cost_per_token: 1e-6,"
                + " output_cost_per_token: 0.000002, input_cost_per_token_above_200k_tokens: 0.000003,"
                + " output_cost_per_token_priority: 4e-6, input_cost_per_token_priority: 5e-6" + KEY);
        // all 1,000 × 1, read from the cache or not; 10 × 2
        assertThat(digits(deployment, used(1_000, 10).cacheReadTokens(900))).isEqualTo("0.00102");
        // 200,001 × 3 + 1 × 2 = 600,005
        assertThat(digits(deployment, used(200_001, 1))).isEqualTo("0.600005");
        // 10 × 5 + 10 × 4
        assertThat(digits(deployment, used(10, 10).serviceTier("priority"))).isEqualTo("0.00009");
        assertThat(cost(deployment, used(10, 10).serviceTier("batch")).isKnown())
                .isFalse();
    }

    @Test
    void anotherPriceStandsBesideThoseOfTheCatalogue() {
        Deployment deployment =
                Configs.deployment("model: openai/gpt-4o, cache_read_input_token_cost: 0.00000125e-1" + KEY);
        // 100 × 2.5 + 900 × 0.125 + 10 × 10 = 462.5
        assertThat(digits(deployment, used(1_000, 10).cacheReadTokens(900))).isEqualTo("0.0004625");
    }

    @Test
    void whatIsGivenAwayCostsNothing() {
        Deployment deployment = Configs.local("input_cost_per_token: 0, output_cost_per_token: 0");
        assertThat(digits(deployment, used(1_000, 10))).isEqualTo("0");
    }

    @Test
    void pricesInModelInfoAndParamsAreOneListAndParamsWin() {
        Deployment deployment = Configs.read("""
                model_list:
                - model_name: m
                  params: {model: ollama/x, input_cost_per_token: 0.000001}
                  model_info: {input_cost_per_token: 5, output_cost_per_token: 0.000002}
                """).deployments().get(0);
        assertThat(digits(deployment, used(1, 1))).isEqualTo("0.000003");
    }

    @Test
    void theFileHasPricesForModels() {
        String prices = "openai/gpt-4o: {input_cost_per_token: 1e-6, output_cost_per_token: 2e-6}";
        assertThat(digits(inFile(prices, "openai/gpt-4o"), used(1, 1))).isEqualTo("0.000003");
        assertThat(digits(inFile(prices, "openai/gpt-4o-mini"), used(1_000, 0))).isEqualTo("0.00015");
        assertThat(digits(inFile("together/a/b: {input_cost_per_token: 1e-6}", "together_ai/a/b"), used(1, 0)))
                .isEqualTo("0.000001");
    }

    @Test
    void aDeploymentsPriceBeatsThatOfTheFile() {
        Deployment deployment = inFile(
                "openai/gpt-4o: {input_cost_per_token: 1, output_cost_per_token: 1}",
                "openai/gpt-4o, input_cost_per_token: 1e-6, output_cost_per_token: 1e-6");
        assertThat(digits(deployment, used(1, 1))).isEqualTo("0.000002");
    }

    @Test
    void aBaseModelNamesTheEntry() {
        String azure = "model: azure/my-name, api_base: 'https://x.openai.azure.com', base_model: ";
        assertThat(digits(Configs.deployment(azure + "azure/gpt-4o" + KEY), used(1_000, 0)))
                .isEqualTo("0.0025");
        assertThat(digits(Configs.deployment(azure + "gpt-4o" + KEY), used(1_000, 0)))
                .isEqualTo("0.0025");
        assertThat(digits(inFile("openai/mine: {base_model: openai/gpt-4o-mini}", "openai/mine"), used(1_000, 0)))
                .isEqualTo("0.00015");
    }

    @Test
    void whatNobodyIsAskedForHasOnlyThePriceItIsGiven() {
        assertThat(cost(Configs.deployment("model: openai/gpt-4o, mock_response: Hi"), used(1, 1))
                        .isKnown())
                .isFalse();
        assertThat(digits(
                        Configs.deployment("model: openai/gpt-4o, mock_response: Hi, input_cost_per_token: 1"),
                        used(1, 0)))
                .isEqualTo("1");
    }

    @Test
    void aNameWithoutAProviderIsRefused() {
        assertThat(Configs.problems("prices: {gpt-4o: {input_cost_per_token: 1}}\nmodel_list: [{model_name: m, params:"
                        + " {model: ollama/x}}]"))
                .singleElement()
                .asString()
                .contains("names no provider", "openai/gpt-4o");
        assertThat(Configs.problems("prices: {openai/x: {input_cost_per_tokn: 1}}\nmodel_list: [{model_name: m,"
                        + " params: {model: ollama/x}}]"))
                .singleElement()
                .asString()
                .contains("input_cost_per_token");
    }
}
