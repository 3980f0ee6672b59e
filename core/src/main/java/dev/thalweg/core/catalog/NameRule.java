package dev.thalweg.core.catalog;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says whether a name means a model, in one word: {@code ^} begins with, {@code $} ends with, {@code *} contains, {@code =} is,
 * {@code ~} an expression is found in it; several that all have to hold are joined by {@code &&}. Small and large letters are
 * the same but in an expression. An expression is made ready when it is first needed. Thread-safe.
 */
final class NameRule {
    private static final String AND = "&&";

    private final char sign;
    private final String what;
    private final @Nullable NameRule and;
    private volatile @Nullable Pattern pattern;

    private NameRule(String word, @Nullable NameRule and) {
        this.sign = word.charAt(0);
        this.what = word.substring(1);
        this.and = and;
    }

    static NameRule of(String word) {
        int end = word.indexOf(AND);
        return end < 0
                ? new NameRule(word, null)
                : new NameRule(word.substring(0, end), of(word.substring(end + AND.length())));
    }

    /**
     * Whether it does.
     *
     * @param lower the name in small letters
     */
    boolean means(String name, String lower) {
        return holds(name, lower) && (and == null || and.means(name, lower));
    }

    private boolean holds(String name, String lower) {
        return switch (sign) {
            case '=' -> lower.equals(what);
            case '^' -> lower.startsWith(what);
            case '$' -> lower.endsWith(what);
            case '*' -> lower.contains(what);
            case '~' -> pattern().matcher(name).find();
            default -> throw new IllegalStateException("no rule for names: " + sign + what);
        };
    }

    private Pattern pattern() {
        Pattern known = pattern;
        if (known == null) {
            known = Pattern.compile(what);
            pattern = known;
        }
        return known;
    }
}
