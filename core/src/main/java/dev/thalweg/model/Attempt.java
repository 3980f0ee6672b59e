package dev.thalweg.model;

import java.io.Serializable;
import java.time.Duration;

/**
 * One try to get an answer: who was asked, how it ended and how long it took. Immutable.
 *
 * @param deployment the deployment that was asked, by its id
 * @param model what it was asked for, {@code provider/model}
 * @param error the simple name of its failure's exception, {@code ServiceUnavailableException} for example; empty where it
 *     went well
 * @param code the failure's code; empty where it went well or the failure has none
 * @param duration from its start to its end
 */
public record Attempt(String deployment, String model, String error, String code, Duration duration)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Whether it gave the answer. */
    public boolean succeeded() {
        return error.isEmpty();
    }

    /** A line for people. */
    @Override
    public String toString() {
        String end = succeeded() ? "answered" : error + (code.isEmpty() ? "" : " " + code);
        return deployment + ": " + end + " after " + duration.toMillis() + " ms";
    }
}
