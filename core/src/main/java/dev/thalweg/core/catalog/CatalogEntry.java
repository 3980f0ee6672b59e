package dev.thalweg.core.catalog;

import dev.thalweg.model.Ability;
import dev.thalweg.model.ModelInfo;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One line of the catalogue: name, rules, context window, longest answer, abilities and prices, with tabs between them. Only
 * name and rules are read until the model is asked for. Thread-safe.
 */
final class CatalogEntry {
    private static final int RULES = 1;
    private static final int CONTEXT = 2;
    private static final int OUTPUT = 3;
    private static final int ABILITIES = 4;
    private static final int PRICES = 5;

    private final String provider;
    private final String[] columns;
    private final List<String> otherNames = new ArrayList<>(0);
    private final List<NameRule> rules = new ArrayList<>(0);

    private volatile @Nullable ModelInfo info;

    private CatalogEntry(String provider, String[] columns) {
        this.provider = provider;
        this.columns = columns;
        for (String word : words(RULES)) {
            if (word.charAt(0) == '=') {
                otherNames.add(word.substring(1));
            } else {
                rules.add(NameRule.of(word));
            }
        }
    }

    static CatalogEntry read(String provider, String line) {
        return new CatalogEntry(provider, line.split("\t", -1));
    }

    String name() {
        return columns[0];
    }

    /** Further names, in small letters. */
    List<String> otherNames() {
        return otherNames;
    }

    /** Whether a rule means this name. */
    boolean means(String name, String lower) {
        for (NameRule rule : rules) {
            if (rule.means(name, lower)) {
                return true;
            }
        }
        return false;
    }

    /** The line as values. Two threads may both make them: they make the same. */
    ModelInfo info() {
        ModelInfo known = info;
        if (known == null) {
            known = read();
            info = known;
        }
        return known;
    }

    private ModelInfo read() {
        Set<Ability> abilities = EnumSet.noneOf(Ability.class);
        for (String word : words(ABILITIES)) {
            abilities.add(Ability.of(word).orElseThrow(() -> new IllegalStateException("no ability: " + word)));
        }
        return new ModelInfo(
                provider, name(), number(CONTEXT), number(OUTPUT), abilities, PriceWords.read(words(PRICES)));
    }

    private OptionalLong number(int column) {
        return columns.length <= column || columns[column].isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(Long.parseLong(columns[column]));
    }

    private List<String> words(int column) {
        return columns.length <= column || columns[column].isEmpty()
                ? List.of()
                : List.of(columns[column].split(" ", -1));
    }
}
