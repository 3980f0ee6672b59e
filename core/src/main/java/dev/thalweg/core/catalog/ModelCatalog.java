package dev.thalweg.core.catalog;

import dev.thalweg.model.ModelInfo;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The models that are known without configuration: limits, abilities and prices, from the resource that
 * {@code tools/catalog/generate.mjs} writes. Nothing is read before the first question, and of the models only those of
 * the provider that is asked for. Thread-safe.
 */
public final class ModelCatalog {
    private static final String RESOURCE = "models.txt";

    /** A date in one word, as Bedrock and Vertex write it: {@code -20241022}, followed by nothing or by a revision. */
    private static final Pattern DATE = Pattern.compile("-(20\\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\\d|3[01])(?=[-:]|$)");

    private final List<String> sources = new ArrayList<>();
    private final Map<String, Section> byName = new LinkedHashMap<>();
    private final Map<String, Section> byAlias = new LinkedHashMap<>();

    /** The lines of one provider. */
    private record Section(String name, List<String> fallbacks, String text, int start, int end) {}

    private final Map<String, CatalogSection> read = new ConcurrentHashMap<>();

    /** Read when it is first asked for. */
    private static final class Holder {
        static final ModelCatalog BUNDLED = new ModelCatalog(text());
    }

    private ModelCatalog(String text) {
        int start = text.indexOf("\n= ") + 1;
        text.substring(0, start).lines().skip(1).map(line -> line.substring(2)).forEach(sources::add);
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
        Section section = new Section(head[0], fallbacks, text, start, end);
        byName.put(section.name(), section);
        byAlias.put(section.name(), section);
        if (head.length > 1 && !head[1].isEmpty()) {
            for (String alias : head[1].split(" ", -1)) {
                byAlias.put(alias, section);
            }
        }
    }

    private static String text() {
        try (InputStream in = ModelCatalog.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing beside " + ModelCatalog.class);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The catalogue that this library carries. */
    public static ModelCatalog bundled() {
        return Holder.BUNDLED;
    }

    /** Where its figures are from, a line for each source: name, version, date, licence. */
    public List<String> sources() {
        return List.copyOf(sources);
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
        Section section = byAlias.get(provider);
        return section == null ? List.of() : read(section).all();
    }

    /**
     * The model that this name means at this provider: by its own name, else by a rule for dated, regional and other names,
     * else by what a provider knows whose models this one serves, too.
     */
    public Optional<ModelInfo> find(String provider, String model) {
        Section section = byAlias.get(provider);
        if (section == null) {
            return Optional.empty();
        }
        String name = model.startsWith("models/") ? model.substring("models/".length()) : model;
        CatalogEntry entry = find(section, name);
        if (entry == null) {
            String dated = withDate(name);
            entry = dated.equals(name) ? null : find(section, dated);
        }
        return Optional.ofNullable(entry).map(CatalogEntry::info);
    }

    private @Nullable CatalogEntry find(Section section, String name) {
        CatalogEntry entry = read(section).find(name);
        for (int i = 0; entry == null && i < section.fallbacks().size(); i++) {
            Section fallback = byName.get(section.fallbacks().get(i));
            entry = fallback == null ? null : find(fallback, name);
        }
        return entry;
    }

    private CatalogSection read(Section section) {
        return read.computeIfAbsent(
                section.name(), name -> CatalogSection.read(name, section.text, section.start, section.end));
    }

    private static String withDate(String name) {
        Matcher matcher = DATE.matcher(name);
        return matcher.find() ? matcher.replaceAll("-$1-$2-$3") : name;
    }
}
