package dev.thalweg.core.upstream;

/** What a key may look like. */
public final class Secrets {
    /** Said of a key that cannot be sent, whoever the sentence is about. */
    public static final String FAULT =
            "is empty or has a blank, a line break or a letter beyond ASCII in it; a key has none"
                    + " (a file read into a variable may have left its line break)";

    private Secrets() {}

    /** Whether it can stand in a header as it is. */
    public static boolean isSendable(String key) {
        return !key.isEmpty() && key.chars().allMatch(letter -> letter > ' ' && letter <= '~');
    }
}
