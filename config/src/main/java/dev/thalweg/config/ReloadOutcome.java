package dev.thalweg.config;

import java.util.Locale;

/** What became of a configuration that was read while the gateway runs. */
public enum ReloadOutcome {
    /** It is in force. */
    APPLIED,
    /** It says what the one in force says. */
    UNCHANGED,
    /** It has mistakes; the one before stays in force. */
    REFUSED;

    /** How metrics spell it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
