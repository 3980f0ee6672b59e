package dev.thalweg.testkit.conformance;

import org.jspecify.annotations.Nullable;

/** Something does not follow its protocol, or is not what a scenario expects: what came, and what was expected. */
public final class Malformed extends AssertionError {
    private static final long serialVersionUID = 1;

    /** A failure in these words. */
    public Malformed(String message) {
        super(message);
    }

    /** Throws unless it holds. */
    static void unless(boolean holds, String expected, @Nullable Object came) {
        if (!holds) {
            throw new Malformed("expected " + shortened(expected) + ", got " + shortened(String.valueOf(came)));
        }
    }

    private static String shortened(String text) {
        return text.length() <= 300 ? text : text.substring(0, 300) + "…";
    }
}
