package dev.thalweg.core.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Says whether a name means a model. Small and large letters are the same but in an expression. */
@FunctionalInterface
interface NameRule {
    /**
     * Whether it does.
     *
     * @param lower the name in small letters
     */
    boolean means(String name, String lower);

    /**
     * The rule of this word: {@code ^} begins with, {@code $} ends with, {@code *} contains, {@code =} is, {@code ~} an
     * expression is found in it; several that all have to hold are joined by {@code &&}.
     */
    static NameRule of(String word) {
        List<NameRule> all = new ArrayList<>(1);
        for (String part : word.split("&&", -1)) {
            all.add(single(part));
        }
        return all.size() == 1 ? all.get(0) : (name, lower) -> all.stream().allMatch(rule -> rule.means(name, lower));
    }

    private static NameRule single(String word) {
        String what = word.substring(1);
        return switch (word.charAt(0)) {
            case '=' -> (name, lower) -> lower.equals(what);
            case '^' -> (name, lower) -> lower.startsWith(what);
            case '$' -> (name, lower) -> lower.endsWith(what);
            case '*' -> (name, lower) -> lower.contains(what);
            case '~' -> {
                Pattern pattern = Pattern.compile(what);
                yield (name, lower) -> pattern.matcher(name).find();
            }
            default -> throw new IllegalStateException("no rule for names: " + word);
        };
    }
}
