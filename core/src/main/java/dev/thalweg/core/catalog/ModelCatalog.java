package dev.thalweg.core.catalog;

import dev.thalweg.model.ModelInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The models that are known without configuration: limits, abilities and prices, from the resource that
 * {@code tools/catalog/generate.mjs} writes. Nothing is read before the first question, and of the models only those of
 * the provider that is asked for. Thread-safe.
 */
public final class ModelCatalog {
    private final String head;
    private final Map<String, CatalogSection> byName = new LinkedHashMap<>();
    private final Map<String, CatalogSection> byAlias = new LinkedHashMap<>();

    /** Made when a name is not found as it is. */
    private static final class Dates {
        /** A date in one word, as Bedrock and Vertex write it: {@code -20241022}, followed by nothing or by a revision. */
        static final Pattern WORD = Pattern.compile("-(20\\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\\d|3[01])(?=[-:]|$)");
    }

    /** Read when it is first asked for. */
    private static final class Holder {
        static final ModelCatalog BUNDLED = new ModelCatalog(CatalogText.read());
    }

    private ModelCatalog(String text) {
        int start = text.indexOf("\n= ") + 1;
        head = text.substring(0, start);
        while (start < text.length()) {
            int next = text.indexOf("\n= ", start) + 1;
            int end = next == 0 ? text.length() : next;
            int firstModel = text.indexOf('\n', start) + 1;
            section(text.substring(start + 2, firstModel - 1).split("\t", -1), text, firstModel, end);
            start = end;
        }
    }

    private void section(String[] head, String text, int start, int end) {
        List<String> fallbacks = head.length < 3 ? List.of() : List.of(head[2].split(" ", -1));
        CatalogSection section = new CatalogSection(head[0], fallbacks, text, start, end);
        byName.put(section.provider(), section);
        byAlias.put(section.provider(), section);
        if (head.length > 1 && !head[1].isEmpty()) {
            for (String alias : head[1].split(" ", -1)) {
                byAlias.put(alias, section);
            }
        }
    }

    /** The catalogue that this library carries. */
    public static ModelCatalog bundled() {
        return Holder.BUNDLED;
    }

    /** Where its figures are from, a line for each source: name, version, date, licence. */
    public List<String> sources() {
        return head.lines().skip(1).map(line -> line.substring(2)).toList();
    }

    /** The names of all providers. */
    public List<String> providers() {
        return List.copyOf(byName.keySet());
    }

    /** Whether there is a provider of this name, or of which it is another name. */
    public boolean hasProvider(String name) {
        return byAlias.containsKey(name);
    }

    /** All models of a provider, in the catalogue's order; none where it has no such provider. */
    public List<ModelInfo> models(String provider) {
        CatalogSection section = byAlias.get(provider);
        return section == null ? List.of() : section.all();
    }

    /** Whether this name means a model of this provider's own, not one that it serves for others. */
    boolean owns(String provider, String model) {
        CatalogSection section = byName.get(provider);
        return section != null && section.find(model) != null;
    }

    /**
     * The model that this name means at this provider: by its own name, else by a rule for dated, regional and other names,
     * else by what a provider knows whose models this one serves, too.
     */
    public Optional<ModelInfo> find(String provider, String model) {
        CatalogSection section = byAlias.get(provider);
        if (section == null) {
            return Optional.empty();
        }
        String name = model.startsWith("models/") ? model.substring("models/".length()) : model;
        CatalogEntry entry = find(section, name);
        if (entry == null) {
            String dated = withDate(name);
            entry = dated.equals(name) ? null : find(section, dated);
        }
        return entry == null ? Optional.empty() : Optional.of(entry.info());
    }

    private @Nullable CatalogEntry find(CatalogSection section, String name) {
        CatalogEntry entry = section.find(name);
        for (int i = 0; entry == null && i < section.fallbacks().size(); i++) {
            CatalogSection fallback = byName.get(section.fallbacks().get(i));
            entry = fallback == null ? null : find(fallback, name);
        }
        return entry;
    }

    private static String withDate(String name) {
        Matcher matcher = Dates.WORD.matcher(name);
        return matcher.find() ? matcher.replaceAll("-$1-$2-$3") : name;
    }
}
