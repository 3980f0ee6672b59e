package dev.thalweg.testkit.conformance;

import java.util.Locale;

/**
 * What came of one scenario in one form between one pair of protocols.
 *
 * @param scenario the scenario
 * @param form the form of the answer
 * @param front the caller's protocol
 * @param upstream the provider's protocol
 * @param outcome in a word
 * @param cause why not, in a line; of a warning: what was left out; else empty
 */
public record Cell(
        Scenario scenario, Scenario.Form form, Protocol front, Protocol upstream, Outcome outcome, String cause) {

    /** What can come of it. */
    public enum Outcome {
        /** It works. */
        WORKS,
        /** The provider's protocol has no word for it, and the caller was warned. */
        WARNS,
        /** One of the protocols cannot say it, so it was not tried. */
        IMPOSSIBLE,
        /** It does not work. */
        FAILS
    }

    /** Whether it does not work. */
    public boolean fails() {
        return outcome == Outcome.FAILS;
    }

    @Override
    public String toString() {
        return front + " → " + upstream + ", " + scenario + ", " + form.name().toLowerCase(Locale.ROOT) + ": " + outcome
                + (cause.isEmpty() ? "" : ": " + cause);
    }
}
