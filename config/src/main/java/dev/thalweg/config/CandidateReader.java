package dev.thalweg.config;

import java.math.BigDecimal;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.LongConsumer;

/** Reads what routing has to know of a deployment, from the three places where LiteLLM lets it stand. */
final class CandidateReader {
    private static final String RPM = "rpm";
    private static final String TPM = "tpm";
    private static final String INPUT_PRICE = PriceKey.INPUT;
    private static final String OUTPUT_PRICE = PriceKey.OUTPUT;

    /** Keys of {@code litellm_params}. */
    static final Set<String> PARAMS = Set.of(
            "weight", "order", RPM, TPM, "max_parallel_requests", "num_retries", "max_retries", "tags", "region_name");

    /** Keys of the entry itself. */
    static final Set<String> ENTRY = Set.of(RPM, TPM);

    /** Keys of {@code model_info}. */
    static final Set<String> INFO = Set.of(RPM, TPM);

    private final Values values;
    private final CandidateBuilder candidate;

    CandidateReader(Values values, CandidateBuilder candidate) {
        this.values = values;
        this.candidate = candidate;
    }

    /** Read first: the others win. */
    void info(Section info) {
        limits(info);
        prices(info);
    }

    void entry(Section entry) {
        limits(entry);
    }

    /** Read last: these win. */
    void params(Section params) {
        limits(params);
        prices(params);
        integer(params, "weight", 0, 1_000_000, value -> candidate.weight = value);
        integer(params, "order", Orders.FIRST, Orders.LAST, value -> candidate.order = value);
        integer(params, "max_parallel_requests", 1, 1_000_000, value -> candidate.maxParallel = value);
        integer(params, "max_retries", 0, 100, value -> candidate.retries = value);
        integer(params, "num_retries", 0, 100, value -> candidate.retries = value);
        Entry tags = params.find("tags");
        if (tags != null) {
            candidate.tags = Set.copyOf(values.shortTexts(tags));
        }
        Entry region = params.find("region_name");
        if (region != null) {
            candidate.region = values.text(region);
        }
    }

    private void limits(Section section) {
        whole(section, RPM, value -> candidate.requestsPerMinute = value);
        whole(section, TPM, value -> candidate.tokensPerMinute = value);
    }

    private void prices(Section section) {
        price(section, INPUT_PRICE, value -> candidate.inputPrice = value);
        price(section, OUTPUT_PRICE, value -> candidate.outputPrice = value);
    }

    private void integer(Section section, String key, int smallest, int largest, IntConsumer setter) {
        Entry entry = section.find(key);
        Integer value = entry == null ? null : values.integer(entry, smallest, largest);
        if (value != null) {
            setter.accept(value);
        }
    }

    private void whole(Section section, String key, LongConsumer setter) {
        Entry entry = section.find(key);
        Long value = entry == null ? null : values.whole(entry, 1, 1_000_000_000_000L);
        if (value != null) {
            setter.accept(value);
        }
    }

    private void price(Section section, String key, Consumer<BigDecimal> setter) {
        Entry entry = section.find(key);
        BigDecimal value = entry == null ? null : values.price(entry);
        if (value != null) {
            setter.accept(value);
        }
    }
}
