package dev.thalweg.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.model.Prices.Daily;
import dev.thalweg.model.Prices.Period;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Ten calls reckoned by hand, to the last digit, and what is not known. Prices are dollars for a million tokens. */
class CostTest {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

    /** Input 3, output 15, cache read 0.3, write 3.75 and 6; above 200,000 tokens 6, 22.5, 0.6, 7.5 and 12. */
    private static final Prices SONNET = Prices.of(Rates.builder()
            .rate(PricePart.INPUT, stepped("3", "6"))
            .rate(PricePart.OUTPUT, stepped("15", "22.5"))
            .rate(PricePart.CACHE_READ, stepped("0.3", "0.6"))
            .rate(PricePart.CACHE_WRITE, stepped("3.75", "7.5"))
            .rate(PricePart.CACHE_WRITE_1H, stepped("6", "12"))
            .rate(PricePart.WEB_SEARCH, Rate.of("10"))
            .build());

    private static final Prices TIERED = Prices.of(Rates.builder()
            .rate(PricePart.INPUT, Rate.of("2.5"))
            .rate(PricePart.OUTPUT, Rate.of("10"))
            .rate(PricePart.CACHE_READ, Rate.of("1.25"))
            .rate(ServiceTier.PRIORITY, PricePart.INPUT, Rate.of("4.25"))
            .rate(ServiceTier.PRIORITY, PricePart.OUTPUT, Rate.of("17"))
            .rate(ServiceTier.PRIORITY, PricePart.CACHE_READ, Rate.of("2.125"))
            .rate(ServiceTier.BATCH, PricePart.INPUT, Rate.of("1.25"))
            .rate(ServiceTier.BATCH, PricePart.OUTPUT, Rate.of("5"))
            .build());

    private static Rate stepped(String price, String above200k) {
        return new Rate(new BigDecimal(price), List.of(new Rate.Step(200_000, new BigDecimal(above200k))));
    }

    private static Usage.Builder used(long input, long output) {
        return Usage.builder().inputTokens(input).outputTokens(output);
    }

    private static String cost(Prices prices, Usage.Builder usage) {
        return prices.cost(usage.build(), NOW).digits().orElseThrow();
    }

    @Test
    void aCallWithoutDetails() {
        // 1,234 × 3 / 10⁶ = 0.003702; 567 × 15 / 10⁶ = 0.008505; together 0.012207
        assertThat(cost(SONNET, used(1_234, 567))).isEqualTo("0.012207");
    }

    @Test
    void aCacheThatIsReadAndWrittenForBothTimes() {
        // prompt 10,007 = 7 new + 6,000 read + 3,000 for five minutes + 1,000 for an hour
        // 7 × 3 = 21; 6,000 × 0.3 = 1,800; 3,000 × 3.75 = 11,250; 1,000 × 6 = 6,000; 501 × 15 = 7,515
        // 21 + 1,800 + 11,250 + 6,000 + 7,515 = 26,586 millionths
        Usage.Builder usage =
                used(10_007, 501).cacheReadTokens(6_000).cacheWriteTokens(4_000).cacheWrite1hTokens(1_000);
        assertThat(cost(SONNET, usage)).isEqualTo("0.026586");
        assertThat(SONNET.cost(usage.build(), NOW).parts())
                .containsEntry(PricePart.CACHE_WRITE, new BigDecimal("0.01125000"))
                .containsEntry(PricePart.CACHE_WRITE_1H, new BigDecimal("0.006000"));
    }

    @Test
    void reasoningIsPartOfTheAnswer() {
        // 100 × 3 = 300; of 1,300 answered 1,000 were thought, all at 15: 19,500; together 19,800 millionths
        assertThat(cost(SONNET, used(100, 1_300).reasoningTokens(1_000))).isEqualTo("0.0198");
    }

    @Test
    void reasoningWithAPriceOfItsOwn() {
        Prices prices = Prices.of(Rates.builder()
                .rate(PricePart.INPUT, Rate.of("1"))
                .rate(PricePart.OUTPUT, Rate.of("4"))
                .rate(PricePart.REASONING, Rate.of("3"))
                .build());
        // 10 × 1 = 10; 1,000 × 3 = 3,000; 300 × 4 = 1,200; together 4,210 millionths
        assertThat(cost(prices, used(10, 1_300).reasoningTokens(1_000))).isEqualTo("0.00421");
    }

    @Test
    void aLongPromptIsDearerFromItsFirstToken() {
        // 200,000 is not above: 200,000 × 3 = 600,000; 10 × 15 = 150
        assertThat(cost(SONNET, used(200_000, 10))).isEqualTo("0.60015");
        // 200,001 is: of them 150,000 read × 0.6 = 90,000; 50,001 × 6 = 300,006; 10 × 22.5 = 225
        assertThat(cost(SONNET, used(200_001, 10).cacheReadTokens(150_000))).isEqualTo("0.390231");
    }

    @Test
    void thePriorityTierHasItsOwnPrices() {
        // 900 new × 4.25 = 3,825; 100 read × 2.125 = 212.5; 33 × 17 = 561; together 4,598.5 millionths
        assertThat(cost(TIERED, used(1_000, 33).cacheReadTokens(100).serviceTier("priority")))
                .isEqualTo("0.0045985");
        // the same at the standard prices: 900 × 2.5 = 2,250; 100 × 1.25 = 125; 33 × 10 = 330
        assertThat(cost(TIERED, used(1_000, 33).cacheReadTokens(100).serviceTier("default")))
                .isEqualTo("0.002705");
    }

    @Test
    void aBatchHasItsOwnPrices() {
        // no cache price in the tier: all 1,000 at 1.25 = 1,250; 200 × 5 = 1,000
        assertThat(cost(TIERED, used(1_000, 200).cacheReadTokens(400).serviceTier("batch")))
                .isEqualTo("0.00225");
    }

    @Test
    void soundHasItsOwnPrices() {
        Prices prices = Prices.of(Rates.builder()
                .rate(PricePart.INPUT, Rate.of("2.5"))
                .rate(PricePart.OUTPUT, Rate.of("10"))
                .rate(PricePart.CACHE_READ, Rate.of("0.5"))
                .rate(PricePart.INPUT_AUDIO, Rate.of("32"))
                .rate(PricePart.CACHE_READ_AUDIO, Rate.of("0.4"))
                .rate(PricePart.OUTPUT_AUDIO, Rate.of("64"))
                .build());
        // 20 words × 2.5 = 50; 80 of sound × 32 = 2,560; 5 words × 10 = 50; 45 of sound × 64 = 2,880: 5,540 millionths
        assertThat(cost(prices, used(100, 50).inputAudioTokens(80).outputAudioTokens(45)))
                .isEqualTo("0.00554");
        // 100 = 80 of sound and 60 read: 40 of them are both. 40 × 0.4 = 16; 20 × 0.5 = 10; 40 × 32 = 1,280; no other
        assertThat(cost(prices, used(100, 0).inputAudioTokens(80).cacheReadTokens(60)))
                .isEqualTo("0.001306");
    }

    @Test
    void searchesAndRequestsAreSoldByTheThousand() {
        // 1,000 × 3 = 3,000 millionths; 2 searches × 10 / 1,000 = 0.02
        assertThat(cost(SONNET, used(1_000, 0).webSearches(2))).isEqualTo("0.023");
        Prices sonar = Prices.of(Rates.builder()
                .rate(PricePart.INPUT, Rate.of("1"))
                .rate(PricePart.OUTPUT, Rate.of("1"))
                .rate(PricePart.REQUEST, Rate.of("5"))
                .build());
        // (7 + 8) × 1 / 10⁶ + 5 / 1,000
        assertThat(cost(sonar, used(7, 8))).isEqualTo("0.005015");
    }

    @Test
    void aPriceThatChangedByDate() {
        Prices prices = Prices.of(List.of(
                new Period(null, null, rates("5", "25")),
                new Period(Instant.parse("2026-03-13T00:00:00Z"), null, rates("4", "20"))));
        Usage usage = used(1_001, 101).build();
        // 1,001 × 5 + 101 × 25 = 7,530; from then on 1,001 × 4 + 101 × 20 = 6,024 millionths
        assertThat(prices.cost(usage, Instant.parse("2026-03-12T23:59:59.999Z")).digits())
                .hasValue("0.00753");
        assertThat(prices.cost(usage, Instant.parse("2026-03-13T00:00:00Z")).digits())
                .hasValue("0.006024");
    }

    @Test
    void aPriceOfTheNight() {
        Prices prices = Prices.of(List.of(
                new Period(null, null, rates("2", "2")),
                new Period(null, new Daily(LocalTime.of(22, 30), LocalTime.of(6, 0)), rates("1", "1"))));
        Usage usage = used(3, 0).build();
        assertThat(prices.cost(usage, Instant.parse("2026-11-01T22:29:59Z")).digits())
                .hasValue("0.000006");
        assertThat(prices.cost(usage, Instant.parse("2026-11-01T22:30:00Z")).digits())
                .hasValue("0.000003");
        assertThat(prices.cost(usage, Instant.parse("2026-11-02T05:59:59Z")).digits())
                .hasValue("0.000003");
        assertThat(prices.cost(usage, Instant.parse("2026-11-02T06:00:00Z")).digits())
                .hasValue("0.000006");
    }

    @Test
    void whatIsSoldForNothingCostsNothing() {
        assertThat(cost(Prices.of(rates("0", "0")), used(123_456, 789))).isEqualTo("0");
    }

    @Test
    void anUnknownPriceIsUnknownAndNeverNothing() {
        Cost cost = Prices.UNKNOWN.cost(used(1, 1).build(), NOW);
        assertThat(cost.isKnown()).isFalse();
        assertThat(cost.usd()).isEmpty();
        assertThat(cost.digits()).isEmpty();
        assertThat(cost.reason()).hasValue("price: unknown");
    }

    @Test
    void onePartWithoutAPriceMakesAllUnknown() {
        Prices noHour = Prices.of(rates("5", "25"));
        assertThat(reason(noHour, used(10, 10).cacheWriteTokens(5).cacheWrite1hTokens(1)))
                .isEqualTo("price of cache_write_1h: unknown");
        assertThat(reason(noHour, used(10, 10).inputAudioTokens(5))).isEqualTo("price of input_audio: unknown");
        assertThat(reason(noHour, used(10, 10).serviceTier("priority")))
                .isEqualTo("price of this service tier: unknown");
        assertThat(reason(noHour, used(10, 10).serviceTier("scale"))).isEqualTo("price of this service tier: unknown");
        assertThat(reason(noHour, used(10, 10).webSearches(1))).isEqualTo("price of web_search: unknown");
        Prices inputOnly =
                Prices.of(Rates.builder().rate(PricePart.INPUT, Rate.of("1")).build());
        assertThat(reason(inputOnly, used(10, 1))).isEqualTo("price of output: unknown");
        assertThat(cost(inputOnly, used(10, 0))).isEqualTo("0.00001");
    }

    @Test
    void cachedTokensWithoutAPriceOfTheirOwnAreInput() {
        // 100 × 5, of which 60 were read and 10 written, no matter
        assertThat(cost(
                        Prices.of(rates("5", "25")),
                        used(100, 0).cacheReadTokens(60).cacheWriteTokens(10)))
                .isEqualTo("0.0005");
    }

    @Test
    void billionsOfTokensLoseNoDigit() {
        Prices prices = Prices.of(rates("0.0123456789", "25"));
        // 9,223,372,036,854,775,807 × 0.0123456789 / 10⁶
        assertThat(cost(prices, used(Long.MAX_VALUE, 0))).isEqualTo("113868789542.2480280447103723");
    }

    @Test
    void aSumIsUnknownWhereOneIs() {
        Cost known = Prices.of(rates("5", "25")).cost(used(2, 0).build(), NOW);
        assertThat(known.plus(known).digits()).hasValue("0.00002");
        assertThat(Cost.NOTHING.plus(known).digits()).hasValue("0.00001");
        assertThat(Cost.NOTHING.plus(Cost.NOTHING).digits()).hasValue("0");
        assertThat(known.plus(Cost.NOTHING).digits()).hasValue("0.00001");
        assertThat(known.plus(Cost.UNKNOWN_PRICE).isKnown()).isFalse();
        assertThat(Cost.UNKNOWN_PRICE.plus(known).reason()).hasValue("price: unknown");
    }

    @Test
    void aPriceBelowNothingIsRefused() {
        assertThatThrownBy(() -> Rate.of("-1")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Rate.Step(0, BigDecimal.ONE)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyPartCanBeFoundByItsName() {
        for (PricePart part : PricePart.values()) {
            assertThat(PricePart.of(part.label())).hasValue(part);
        }
        assertThat(Cost.of(Map.of()).digits()).hasValue("0");
    }

    private static Rates rates(String input, String output) {
        return Rates.builder()
                .rate(PricePart.INPUT, Rate.of(input))
                .rate(PricePart.OUTPUT, Rate.of(output))
                .build();
    }

    private static String reason(Prices prices, Usage.Builder usage) {
        return prices.cost(usage.build(), NOW).reason().orElseThrow();
    }
}
