package dev.thalweg.error;

import dev.thalweg.model.Attempt;
import dev.thalweg.model.ChatResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A call to a model that did not end as it should. Carries what is needed to act on it: who answered, with which
 * status and code, whether and when trying again makes sense, and, for a stream that broke, the answer so far.
 *
 * <p>Messages never contain a key or a prompt. Safe to share between threads. Serialisation keeps everything but
 * {@link #partial()}.
 */
public class ThalwegException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorDetails details;

    /** An exception with these details; the details' message becomes {@link #getMessage()}. */
    public ThalwegException(ErrorDetails details) {
        super(details.message(), details.cause().orElse(null));
        this.details = details;
    }

    /** HTTP status: the provider's own, or what the gateway answers in its place. */
    public int status() {
        return details.status();
    }

    /** The provider asked, {@code openai} for example. */
    public Optional<String> provider() {
        return details.provider();
    }

    /** The model asked for, as the caller named it. */
    public Optional<String> model() {
        return details.model();
    }

    /** The error's type in the provider's words, {@code invalid_request_error} for example. */
    public Optional<String> type() {
        return details.type();
    }

    /** The error's code in the provider's words, {@code context_length_exceeded} for example. */
    public Optional<String> code() {
        return details.code();
    }

    /** The request field at fault. */
    public Optional<String> param() {
        return details.param();
    }

    /** The provider's (or gateway's) id of this request, for its support. */
    public Optional<String> requestId() {
        return details.requestId();
    }

    /** How long to wait before the next try, where the provider said so. */
    public Optional<Duration> retryAfter() {
        return details.retryAfter();
    }

    /** Whether the same request may succeed when sent again. */
    public boolean retryable() {
        return details.retryable();
    }

    /** The provider's error body, redacted and cut at two thousand characters. */
    public Optional<String> body() {
        return details.body();
    }

    /** The answer up to the break, for an error inside a stream. */
    public Optional<ChatResponse> partial() {
        return details.partial();
    }

    /** The attempts that the call made, in their order, the one that failed like this among them; empty where none began. */
    public List<Attempt> attempts() {
        return details.attempts();
    }

    /** Everything above as one value, to build a new exception from. */
    public ErrorDetails details() {
        return details;
    }
}
