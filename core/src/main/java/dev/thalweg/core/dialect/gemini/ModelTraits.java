package dev.thalweg.core.dialect.gemini;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a model takes, told by the version in its name: {@code gemini-2.5-flash}, {@code gemini-3-pro-preview}. Gemini without a
 * number is taken for a new one; any other model for one that knows the least. From Google's documentation of each version.
 */
final class ModelTraits {
    private static final Pattern GEMINI = Pattern.compile("gemini-(?:\\D*?(?<!\\d)(\\d)(?:\\.(\\d))?(?!\\d))?");
    private static final int NEWEST = 2_05;
    private static final int NOT_GEMINI = -1;

    /** The major version times a hundred, and the minor one. */
    private final int version;

    private final boolean pro;

    ModelTraits(String model) {
        String name = model.toLowerCase(Locale.ROOT);
        Matcher matcher = GEMINI.matcher(name);
        pro = name.contains("pro");
        if (!matcher.find()) {
            version = NOT_GEMINI;
        } else if (matcher.group(1) == null) {
            version = NEWEST;
        } else {
            version = Integer.parseInt(matcher.group(1)) * 100
                    + (matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2)));
        }
    }

    /** Whether it thinks, and takes how much: since 2.5. */
    boolean thinks() {
        return version >= 2_05;
    }

    /** Whether it takes a level in a word rather than a budget: since 3. */
    boolean levels() {
        return version >= 3_00;
    }

    /** Whether it can be told not to think: the smaller models. */
    boolean mayNotThink() {
        return !pro;
    }

    /** Whether it has a level between low and high. */
    boolean mediumLevel() {
        return !(pro && version == 3_00);
    }

    /** Whether it takes JSON schema as it is: since 2.5. */
    boolean jsonSchema() {
        return version >= 2_05;
    }

    /** Whether it refuses earlier calls without a signature: since 3. */
    boolean wantsSignatures() {
        return version >= 3_00;
    }
}
