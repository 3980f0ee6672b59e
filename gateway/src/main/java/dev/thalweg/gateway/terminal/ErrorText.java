package dev.thalweg.gateway.terminal;

import dev.thalweg.error.ApiConnectionException;
import dev.thalweg.error.AuthenticationException;
import dev.thalweg.error.ContextWindowExceededException;
import dev.thalweg.error.NotFoundException;
import dev.thalweg.error.PermissionDeniedException;
import dev.thalweg.error.ThalwegException;
import org.jspecify.annotations.Nullable;

/** A failed question in one line, and what to do about it in another. */
final class ErrorText {
    private static final int LONGEST = 400;

    private ErrorText() {}

    static String message(ThalwegException e) {
        String line = String.valueOf(e.getMessage()).strip().replaceAll("\\s+", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }

    /** What to do; null where the message says all there is. */
    static @Nullable String advice(ThalwegException e, Connection connection, boolean interactive) {
        if (e instanceof AuthenticationException || e instanceof PermissionDeniedException) {
            return connection.keyAdvice();
        }
        if (e instanceof ApiConnectionException && !interactive) {
            return "Is it running, and can this machine reach it? --base-url URL names another server.";
        }
        if (!interactive) {
            return e instanceof NotFoundException ? "--model NAME asks another model." : null;
        }
        return switch (e) {
            case NotFoundException _ -> "/model lists what there is, /model NAME asks another.";
            case ContextWindowExceededException _ -> "/new begins a new conversation.";
            default -> e.retryable() ? "/retry asks again" + after(e) + "." : null;
        };
    }

    private static String after(ThalwegException e) {
        return e.retryAfter()
                .map(wait -> "; the server wants " + Math.max(1, wait.toSeconds()) + " s of patience first")
                .orElse("");
    }
}
