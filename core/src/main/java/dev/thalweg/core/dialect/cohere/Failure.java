package dev.thalweg.core.dialect.cohere;

import dev.thalweg.core.error.ErrorBody;
import org.jspecify.annotations.Nullable;

/** What a provider reports by ending its answer with {@code ERROR} or {@code TIMEOUT}. */
final class Failure {
    private static final int INTERNAL = 500;
    private static final int TIMED_OUT = 504;

    private Failure() {}

    /**
     * The error.
     *
     * @param word the finish reason
     * @param message what the provider says of it; null: nothing
     */
    static ErrorBody of(String word, @Nullable String message) {
        boolean timeout = word.equals("TIMEOUT");
        String said = message == null || message.isBlank() ? FinishWord.explanation(word) : message;
        return new ErrorBody(said, timeout ? "timeout" : "server_error", null, null, timeout ? TIMED_OUT : INTERNAL);
    }
}
