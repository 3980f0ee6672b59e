package dev.thalweg.config;

import dev.thalweg.core.catalog.Provider;
import dev.thalweg.core.catalog.Providers;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads prices: those of the file, by model, and those in the entry of a deployment. */
final class PricesReader {
    static final String SECTION = "prices";
    static final String BASE_MODEL = "base_model";

    private final Findings findings;
    private final Values values;

    PricesReader(Findings findings, Values values) {
        this.findings = findings;
        this.values = values;
    }

    /** What {@code prices} says, by {@code provider/model}. */
    Map<String, PriceEntry> read(Section top) {
        Entry entry = top.find(SECTION);
        Section models = entry == null ? null : values.section(entry.value(), SECTION);
        Map<String, PriceEntry> read = new HashMap<>();
        if (models != null) {
            for (Entry model : models.entries()) {
                String name = name(model);
                Section section = values.section(model.value(), model.path());
                if (name != null && section != null) {
                    new KeyCheck(findings, KnownKeys.PRICES, null).check(section);
                    read.put(name, read(section, PriceEntry.NONE));
                }
            }
        }
        return read;
    }

    /** The name with the provider's own name before it. */
    private @Nullable String name(Entry model) {
        int slash = model.key().indexOf('/');
        if (slash < 1 || slash == model.key().length() - 1) {
            findings.problem(
                    model.keyNode(),
                    model.path() + " names no provider; write it as provider/model, for example openai/gpt-4o");
            return null;
        }
        String provider = model.key().substring(0, slash);
        return Providers.find(provider).map(Provider::name).orElse(provider)
                + model.key().substring(slash);
    }

    /** What this section says; for what it does not say what was said before. */
    PriceEntry read(Section section, PriceEntry before) {
        Map<PriceKey, BigDecimal> prices = new HashMap<>(before.prices());
        for (Entry entry : section.entries()) {
            PriceKey key = section.find(entry.key()) == null ? null : PriceKey.of(entry.key());
            BigDecimal price = key == null ? null : values.price(entry);
            if (key != null && price != null) {
                prices.put(key, price);
            }
        }
        Entry base = section.find(BASE_MODEL);
        String baseModel = base == null ? null : values.text(base);
        return new PriceEntry(prices, baseModel == null ? before.baseModel() : baseModel);
    }
}
