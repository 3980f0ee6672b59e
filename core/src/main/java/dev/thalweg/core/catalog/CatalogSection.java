package dev.thalweg.core.catalog;

import dev.thalweg.model.ModelInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The models of one provider, read when they are first asked for. A name that is spelled out beats every rule; of the rules
 * the first one counts. Thread-safe.
 */
final class CatalogSection {
    private final String provider;
    private final List<String> fallbacks;
    private final String text;
    private final int start;
    private final int end;
    private volatile @Nullable Models models;

    /** The lines as values. */
    private record Models(List<CatalogEntry> entries, Map<String, CatalogEntry> byName) {}

    /** The lines between these places. */
    CatalogSection(String provider, List<String> fallbacks, String text, int start, int end) {
        this.provider = provider;
        this.fallbacks = fallbacks;
        this.text = text;
        this.start = start;
        this.end = end;
    }

    String provider() {
        return provider;
    }

    /** Providers whose models are served here, too. */
    List<String> fallbacks() {
        return fallbacks;
    }

    List<ModelInfo> all() {
        return models().entries().stream().map(CatalogEntry::info).toList();
    }

    @Nullable
    CatalogEntry find(String name) {
        Models known = models();
        String lower = name.toLowerCase(Locale.ROOT);
        CatalogEntry exact = known.byName().get(lower);
        if (exact != null) {
            return exact;
        }
        for (CatalogEntry entry : known.entries()) {
            if (entry.means(name, lower)) {
                return entry;
            }
        }
        return null;
    }

    /** Two threads may both read them: they read the same. */
    private Models models() {
        Models known = models;
        if (known == null) {
            known = read();
            models = known;
        }
        return known;
    }

    private Models read() {
        List<CatalogEntry> entries = new ArrayList<>();
        for (int at = start; at < end; ) {
            int newline = text.indexOf('\n', at);
            entries.add(CatalogEntry.read(provider, text.substring(at, newline)));
            at = newline + 1;
        }
        Map<String, CatalogEntry> byName = new HashMap<>();
        for (CatalogEntry entry : entries) {
            byName.put(entry.name().toLowerCase(Locale.ROOT), entry);
        }
        for (CatalogEntry entry : entries) {
            for (String name : entry.otherNames()) {
                byName.putIfAbsent(name, entry);
            }
        }
        return new Models(entries, byName);
    }
}
