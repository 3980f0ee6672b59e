package dev.thalweg.core.catalog;

import dev.thalweg.model.ModelInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The models of one provider. A name that is spelled out beats every rule; of the rules the first one counts. Immutable. */
final class CatalogSection {
    private final List<CatalogEntry> entries;
    private final Map<String, CatalogEntry> byName = new HashMap<>();

    private CatalogSection(List<CatalogEntry> entries) {
        this.entries = entries;
        for (CatalogEntry entry : entries) {
            byName.put(entry.name().toLowerCase(Locale.ROOT), entry);
        }
        for (CatalogEntry entry : entries) {
            entry.otherNames().forEach(name -> byName.putIfAbsent(name, entry));
        }
    }

    /** The lines between these places. */
    static CatalogSection read(String provider, String text, int start, int end) {
        List<CatalogEntry> entries = new ArrayList<>();
        for (int at = start; at < end; ) {
            int newline = text.indexOf('\n', at);
            entries.add(CatalogEntry.read(provider, text.substring(at, newline)));
            at = newline + 1;
        }
        return new CatalogSection(entries);
    }

    List<ModelInfo> all() {
        return entries.stream().map(CatalogEntry::info).toList();
    }

    @Nullable
    CatalogEntry find(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        CatalogEntry exact = byName.get(lower);
        if (exact != null) {
            return exact;
        }
        for (CatalogEntry entry : entries) {
            if (entry.means(name, lower)) {
                return entry;
            }
        }
        return null;
    }
}
