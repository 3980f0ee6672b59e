package dev.thalweg.config;

import dev.thalweg.core.catalog.ModelCatalog;
import dev.thalweg.model.ModelInfo;
import dev.thalweg.model.Prices;
import java.util.Map;

/**
 * Where the prices of a deployment come from: its own entry first, then {@code prices} of the file, then the catalogue.
 * Immutable.
 *
 * @param own what its entry says
 * @param file what the file says, by {@code provider/model}
 */
record Pricing(PriceEntry own, Map<String, PriceEntry> file) {
    /** Nothing is said. */
    static final Pricing NONE = new Pricing(PriceEntry.NONE, Map.of());

    Pricing {
        file = Map.copyOf(file);
    }

    /**
     * What this model is sold for at this provider.
     *
     * @param catalogued whether the catalogue counts
     */
    Prices of(String provider, String model, boolean catalogued) {
        String name = named(own, provider, provider + "/" + model);
        PriceEntry said = file.getOrDefault(name, PriceEntry.NONE);
        Prices known = catalogued ? catalogue(named(said, provider, name)) : Prices.UNKNOWN;
        return own.over(said.over(known));
    }

    private static String named(PriceEntry entry, String provider, String otherwise) {
        String base = entry.baseModel();
        if (base == null) {
            return otherwise;
        }
        int slash = base.indexOf('/');
        boolean whole = slash > 0 && ModelCatalog.bundled().hasProvider(base.substring(0, slash));
        return whole ? base : provider + "/" + base;
    }

    private static Prices catalogue(String name) {
        int slash = name.indexOf('/');
        return ModelCatalog.bundled()
                .find(name.substring(0, slash), name.substring(slash + 1))
                .map(ModelInfo::prices)
                .orElse(Prices.UNKNOWN);
    }
}
