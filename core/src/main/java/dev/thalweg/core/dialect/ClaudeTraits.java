package dev.thalweg.core.dialect;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a model of Anthropic's takes wherever it is served, told by the version in its name: {@code claude-opus-4-6}, {@code us.anthropic.claude-3-7-sonnet-…},
 * {@code claude-sonnet-4@20250514}. Claude without a number is taken for a new one; any other model is taken for one of a
 * provider that follows this protocol from afar, with what all of them know. From Anthropic's documentation of each version.
 */
public final class ClaudeTraits {
    private static final Pattern CLAUDE =
            Pattern.compile("claude(?:\\D*?(?<!\\d)(\\d{1,2})(?:[-.](\\d{1,2}))?(?!\\d))?", Pattern.CASE_INSENSITIVE);

    private static final int NEWEST = 99_00;
    private static final int NOT_CLAUDE = -1;

    /** The major version times a hundred, and the minor one. */
    private final int version;

    /** The traits of the model of this name. */
    public ClaudeTraits(String model) {
        Matcher name = CLAUDE.matcher(model);
        if (!name.find()) {
            version = NOT_CLAUDE;
        } else if (name.group(1) == null) {
            version = NEWEST;
        } else {
            version = Integer.parseInt(name.group(1)) * 100
                    + (name.group(2) == null ? 0 : Integer.parseInt(name.group(2)));
        }
    }

    /** Whether it is one of Anthropic's. */
    public boolean claude() {
        return version != NOT_CLAUDE;
    }

    /** Whether it decides for itself how much it thinks, and takes an effort: since 4.6. */
    public boolean adaptive() {
        return version >= 4_06;
    }

    /** Whether it takes a budget for its thinking: up to 4.6, and other models. */
    public boolean budget() {
        return version <= 4_06;
    }

    /** Whether it takes a temperature, {@code top_p} and {@code top_k} other than its own: up to 4.6, and other models. */
    public boolean sampling() {
        return version <= 4_06;
    }

    /** Whether it takes {@code temperature} together with {@code top_p}: up to 4.0, and other models. */
    public boolean temperatureWithTopP() {
        return version <= 4_00;
    }

    /** Whether its answer and its tools' arguments can be bound to a schema: since 4.5. */
    public boolean schemas() {
        return version >= 4_05;
    }

    /**
     * The limit of an answer's tokens where a request has none, which this protocol does not allow: 32,000, the most that
     * every model since 4.0 takes; 8,192 for others.
     */
    public int defaultMaxTokens() {
        return version >= 4_00 ? 32_000 : 8_192;
    }
}
