package dev.thalweg.core.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.model.Ability;
import dev.thalweg.model.ModelInfo;
import dev.thalweg.model.PricePart;
import dev.thalweg.model.Prices.Period;
import dev.thalweg.model.Rate;
import dev.thalweg.model.Rate.Step;
import dev.thalweg.model.ServiceTier;
import dev.thalweg.model.Usage;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelCatalogTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    /** What is sold for more than this for a million tokens, a thousand requests or searches, is a slip of the source. */
    private static final BigDecimal DEAREST = new BigDecimal("1000");

    private final ModelCatalog catalog = ModelCatalog.bundled();

    @Test
    void thereAreMoreThanSixHundredModelsWithPrices() {
        long priced = all().stream()
                .filter(model -> model.prices().at(NOW).isPresent())
                .count();
        assertThat(priced).isGreaterThan(2_000);
        assertThat(catalog.providers()).hasSizeGreaterThan(40).contains("openai", "anthropic", "gemini", "bedrock");
        assertThat(catalog.sources())
                .hasSize(3)
                .allSatisfy(source -> assertThat(source).contains("(MIT)"));
    }

    @Test
    void everyModelCanBeReadAndNoPriceIsAbsurd() {
        for (ModelInfo model : all()) {
            assertThat(model.contextWindow().orElse(1)).as(model.toString()).isBetween(1L, 100_000_000L);
            assertThat(model.maxOutput().orElse(1)).as(model.toString()).isBetween(1L, 100_000_000L);
            for (Period period : model.prices().periods()) {
                for (ServiceTier tier : ServiceTier.values()) {
                    period.rates().rates(tier).values().forEach(rate -> plausible(model, rate));
                }
            }
        }
    }

    private static void plausible(ModelInfo model, Rate rate) {
        assertThat(rate.price()).as(model.toString()).isBetween(BigDecimal.ZERO, DEAREST);
        for (Step step : rate.steps()) {
            assertThat(step.price()).as(model.toString()).isBetween(BigDecimal.ZERO, DEAREST);
        }
    }

    @Test
    void onlyWhatIsCalledFreeIsSoldForNothing() {
        for (ModelInfo model : all()) {
            model.prices()
                    .at(NOW)
                    .flatMap(rates -> rates.rate(PricePart.INPUT))
                    .ifPresent(rate -> assertThat(
                                    rate.price().signum() > 0 || model.name().endsWith(":free"))
                            .as(model.toString())
                            .isTrue());
        }
    }

    @Test
    void aNameIsThereOnceAtItsProvider() {
        for (String provider : catalog.providers()) {
            Set<String> names = new HashSet<>();
            for (ModelInfo model : catalog.models(provider)) {
                assertThat(names.add(model.name()))
                        .as(provider + "/" + model.name())
                        .isTrue();
                assertThat(catalog.find(provider, model.name()))
                        .map(ModelInfo::name)
                        .hasValueSatisfying(name -> assertThat(name).isEqualToIgnoringCase(model.name()));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "openai, gpt-4o, gpt-4o",
        "openai, gpt-4o-2024-11-20, gpt-4o",
        "openai, GPT-4o-mini, gpt-4o-mini",
        "openai, gpt-4o-mini-2024-07-18, gpt-4o-mini",
        "azure, gpt-4o-2024-11-20, gpt-4o",
        "azure_ai, gpt-4o, gpt-4o",
        "anthropic, claude-sonnet-4-5-20250929, claude-sonnet-4-5",
        "anthropic, claude-3-5-haiku-latest, claude-3-5-haiku-latest",
        "anthropic, claude-opus-5-20260801, claude-opus-5",
        "gemini, models/gemini-2.5-flash, gemini-2.5-flash",
        "vertex_ai, gemini-2.5-pro-preview-06-05, gemini-2.5-pro",
        "vertex_ai, claude-sonnet-4-5@20250929, claude-sonnet-4-5",
        "bedrock, global.anthropic.claude-haiku-4-5-20251001-v1:0, global.anthropic.claude-haiku-4-5-20251001-v1:0",
        "xai, grok-4-latest, grok-4-0709",
        "deepseek, deepseek-chat, deepseek-chat"
    })
    void datedRegionalAndOtherNamesAreFound(String provider, String asked, String found) {
        assertThat(catalog.find(provider, asked)).map(ModelInfo::name).hasValue(found);
    }

    @Test
    void aRegionMayHaveAnotherPrice() {
        assertThat(price("bedrock", "us.anthropic.claude-haiku-4-5-20251001-v1:0"))
                .isEqualTo("1.1");
        assertThat(price("bedrock", "global.anthropic.claude-haiku-4-5-20251001-v1:0"))
                .isEqualTo("1");
    }

    private String price(String provider, String model) {
        return catalog.find(provider, model)
                .flatMap(found -> found.prices().at(NOW))
                .flatMap(rates -> rates.rate(PricePart.INPUT))
                .orElseThrow()
                .price()
                .toPlainString();
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertThat(catalog.find("openai", "my-own-model")).isEmpty();
        assertThat(catalog.find("nobody", "gpt-4o")).isEmpty();
        assertThat(catalog.models("nobody")).isEmpty();
        assertThat(catalog.hasProvider("nobody")).isFalse();
        assertThat(catalog.find("ollama", "llama3")).isEmpty();
    }

    @Test
    void limitsAndAbilitiesAreKnown() {
        ModelInfo model = catalog.find("openai", "gpt-4o").orElseThrow();
        assertThat(model.provider()).isEqualTo("openai");
        assertThat(model.contextWindow()).hasValue(128_000);
        assertThat(model.maxOutput()).hasValue(16_384);
        assertThat(model.abilities()).contains(Ability.TOOLS, Ability.VISION, Ability.PROMPT_CACHING);
        assertThat(catalog.find("voyage", "voyage-3-large").orElseThrow().abilities())
                .contains(Ability.EMBEDDINGS);
    }

    @Test
    void aCallAtThePricesOfThisDay() {
        Usage usage = Usage.builder()
                .inputTokens(2_048)
                .cacheReadTokens(1_024)
                .outputTokens(300)
                .serviceTier("priority")
                .build();
        // gpt-4o, priority: 1,024 × 4.25 + 1,024 × 2.125 + 300 × 17 = 4,352 + 2,176 + 5,100 = 11,628 millionths
        assertThat(catalog.find("openai", "gpt-4o")
                        .orElseThrow()
                        .prices()
                        .cost(usage, NOW)
                        .digits())
                .hasValue("0.011628");
    }

    @Test
    void aPriceThatHasChangedIsThatOfItsTime() {
        Usage usage = Usage.builder().inputTokens(300_000).outputTokens(1_000).build();
        ModelInfo opus = catalog.find("anthropic", "claude-opus-4-6").orElseThrow();
        // until 12 March 2026 long prompts were dearer: 300,000 × 10 + 1,000 × 37.5 = 3,037,500 millionths
        assertThat(opus.prices()
                        .cost(usage, Instant.parse("2026-03-12T12:00:00Z"))
                        .digits())
                .hasValue("3.0375");
        // then no longer: 300,000 × 5 + 1,000 × 25 = 1,525,000 millionths
        assertThat(opus.prices()
                        .cost(usage, Instant.parse("2026-03-13T12:00:00Z"))
                        .digits())
                .hasValue("1.525");
    }

    private List<ModelInfo> all() {
        return catalog.providers().stream()
                .flatMap(provider -> catalog.models(provider).stream())
                .toList();
    }
}
