package dev.thalweg;

import dev.thalweg.core.dialect.ErrorReader;
import dev.thalweg.core.error.ErrorBody;
import dev.thalweg.core.error.ErrorClassifier;
import dev.thalweg.core.error.ErrorKind;
import dev.thalweg.core.error.Redaction;
import dev.thalweg.core.error.RetryAfter;
import dev.thalweg.core.route.FailureClass;
import dev.thalweg.core.route.Step;
import dev.thalweg.core.stream.Clock;
import dev.thalweg.core.stream.StreamEnd;
import dev.thalweg.error.ErrorDetails;
import dev.thalweg.error.ThalwegException;
import dev.thalweg.model.Attempt;
import dev.thalweg.model.ChatResponse;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Turns what went wrong with one attempt into the exception the caller gets. */
final class Failures {
    private static final List<String> REQUEST_ID_HEADERS =
            List.of("x-request-id", "request-id", "apim-request-id", "x-amzn-requestid");
    private static final HttpHeaders NO_HEADERS = HttpHeaders.of(Map.of(), (name, value) -> true);

    private final String label;
    private final @Nullable String provider;
    private final String model;
    private final String address;
    private HttpHeaders headers = NO_HEADERS;

    private Failures(String label, @Nullable String provider, String model, String address) {
        this.label = label;
        this.provider = provider;
        this.model = model;
        this.address = address;
    }

    /** Of an attempt to ask this target. */
    static Failures of(Target target) {
        return new Failures(target.label(), target.name(), target.asked(), target.address());
    }

    /** Of chunks that did not come from a connection. */
    static Failures of(String provider, String model) {
        return new Failures(model + " (" + provider + ")", provider, model, "");
    }

    /** Of a call for this model that nobody was asked for yet. */
    static Failures ofCall(String model) {
        return new Failures(model, null, model, "");
    }

    /** The same failure with these attempts, which the answer so far lists, too. */
    static ThalwegException with(ThalwegException failure, List<Attempt> attempts) {
        for (ErrorKind kind : ErrorKind.values()) {
            if (kind.exceptionClass() == failure.getClass()) {
                ErrorDetails.Builder details = failure.details().toBuilder().attempts(attempts);
                failure.partial()
                        .map(partial -> partial.toBuilder().attempts(attempts).build())
                        .ifPresent(details::partial);
                ThalwegException listed = kind.exception(details.build());
                listed.setStackTrace(failure.getStackTrace());
                for (Throwable suppressed : failure.getSuppressed()) {
                    listed.addSuppressed(suppressed);
                }
                return listed;
            }
        }
        return failure;
    }

    /** Nobody was asked: no deployment may serve the call now. */
    static ThalwegException unserved(String asked, Step.Stop<?> why) {
        boolean spent = why.failure() == FailureClass.RATE_LIMIT;
        ErrorKind kind = spent ? ErrorKind.RATE_LIMIT : ErrorKind.BAD_REQUEST;
        return kind.exception(ErrorDetails.builder("No deployment can serve \"" + asked + "\": " + why.why() + ".")
                .model(asked)
                .status(kind.status())
                .type(kind.type())
                .code(spent ? "no_deployment_free" : "no_deployment_fits")
                .retryable(kind.retryable())
                .retryAfter(why.retryAfter())
                .build());
    }

    /** The answer's head has come: its headers say more about any failure from now on. */
    void head(HttpResponse.ResponseInfo info) {
        headers = info.headers();
    }

    /** An answer with a status other than 2xx. */
    ThalwegException status(int status, byte[] body) {
        if (status < 400) {
            return new Builder(
                            ErrorKind.API_ERROR,
                            "answered " + status
                                    + ", a redirect, which is not followed: set the base URL to where it leads")
                    .status(status)
                    .build();
        }
        ErrorBody said = ErrorReader.read(body, 0, body.length);
        return said(status, said, new String(body, StandardCharsets.UTF_8), null);
    }

    /** An error inside an answer that began with a 2xx. */
    ThalwegException inside(ErrorBody said, String text, @Nullable ChatResponse partial) {
        return said(200, said, text, partial);
    }

    private ThalwegException said(int status, ErrorBody said, String text, @Nullable ChatResponse partial) {
        ErrorKind kind = ErrorClassifier.classify(status, said);
        int inside = said.status() >= 400 ? said.status() : kind.status();
        int shown = status >= 400 ? status : inside;
        String reason = said.message().isBlank() ? "" : ": " + said.message();
        return new Builder(kind, "answered " + (status >= 400 ? "" : "with an error, ") + shown + reason)
                .status(shown)
                .words(said)
                .body(text)
                .partial(partial)
                .retryAfter(text)
                .shouldRetry(header("x-should-retry"))
                .build();
    }

    /** An answer that ended in this way. */
    ThalwegException end(StreamEnd end, @Nullable Throwable cause, String text, @Nullable ChatResponse partial) {
        String what = switch (end) {
            case CUT -> "broke the connection off before the answer was complete";
            case PROTOCOL_ERROR -> "answered something that is not of its protocol; is the base URL right?";
            case TOO_LARGE -> "sent more in one piece than is allowed; see Thalweg.builder().maxEventBytes(…)";
            case CALLER_GONE -> "was not waited for: the stream was closed or its reader interrupted";
            default -> "ended the answer: " + end.label();
        };
        return ended(end, what).cause(cause).body(text).partial(partial).build();
    }

    /** An answer in which the model repeated this. */
    ThalwegException loop(String what, @Nullable ChatResponse partial) {
        return ended(StreamEnd.LOOP, what + "; the stream was ended")
                .partial(partial)
                .build();
    }

    private Builder ended(StreamEnd end, String what) {
        return new Builder(kind(end), what).code(end.code()).retryable(end.retryable());
    }

    /** A call of a client that was closed. */
    ThalwegException clientClosed() {
        return new Builder(ErrorKind.API_CONNECTION, "was not asked: this Thalweg is closed")
                .retryable(false)
                .build();
    }

    /** Chunks whose giver failed. */
    ThalwegException giverFailed(Throwable cause, @Nullable ChatResponse partial) {
        return new Builder(
                        ErrorKind.API_ERROR,
                        "was not replayed: the iterator of its chunks failed with "
                                + cause.getClass().getName())
                .cause(cause)
                .partial(partial)
                .build();
    }

    /** A clock that ran out. */
    ThalwegException late(Clock clock, @Nullable Throwable cause, @Nullable ChatResponse partial) {
        return new Builder(
                        ErrorKind.TIMEOUT,
                        "took too long: waited for " + clock.waitingFor() + " (" + clock.code() + ")")
                .code(clock.code())
                .retryable(clock.end().retryable())
                .cause(cause)
                .partial(partial)
                .build();
    }

    /** A failure before any answer. */
    ThalwegException unreachable(Throwable cause) {
        if (cause instanceof HttpConnectTimeoutException) {
            return late(Clock.CONNECT, cause, null);
        }
        if (cause instanceof ConnectException) {
            return new Builder(ErrorKind.API_CONNECTION, "cannot be reached at " + address)
                    .cause(cause)
                    .build();
        }
        if (cause instanceof SSLException) {
            return new Builder(ErrorKind.API_CONNECTION, "has no TLS connection to offer: " + cause.getMessage())
                    .cause(cause)
                    .build();
        }
        return end(StreamEnd.CUT, cause, "", null);
    }

    private static ErrorKind kind(StreamEnd end) {
        ErrorKind kind = end.kind();
        return kind == null ? ErrorKind.API_ERROR : kind;
    }

    private @Nullable String header(String name) {
        return headers.firstValue(name).orElse(null);
    }

    /** Adds what is the same for all. */
    private final class Builder {
        private final ErrorKind kind;
        private final ErrorDetails.Builder details;

        Builder(ErrorKind kind, String what) {
            this.kind = kind;
            details = ErrorDetails.builder(Redaction.message(label + " " + what))
                    .provider(provider)
                    .model(model)
                    .status(kind.status())
                    .type(kind.type())
                    .code(kind.code())
                    .retryable(kind.retryable());
            REQUEST_ID_HEADERS.stream()
                    .map(headers::firstValue)
                    .flatMap(Optional::stream)
                    .findFirst()
                    .ifPresent(details::requestId);
        }

        Builder status(int value) {
            details.status(value);
            return this;
        }

        Builder code(@Nullable String value) {
            details.code(value);
            return this;
        }

        Builder words(ErrorBody said) {
            details.type(said.type() == null ? kind.type() : said.type());
            details.code(said.code() == null ? kind.code() : said.code());
            details.param(said.param());
            return this;
        }

        /** Who answered knows best whether asking again helps. */
        Builder shouldRetry(@Nullable String word) {
            if (word != null && (word.equals("true") || word.equals("false"))) {
                details.retryable(word.equals("true"));
            }
            return this;
        }

        Builder retryable(boolean value) {
            details.retryable(value);
            return this;
        }

        Builder retryAfter(String body) {
            details.retryAfter(RetryAfter.of(kind == ErrorKind.RATE_LIMIT, this::header, body, Instant.now())
                    .orElse(null));
            return this;
        }

        private @Nullable String header(@Nullable String name) {
            return name == null ? null : Failures.this.header(name);
        }

        Builder body(String text) {
            details.body(text.isEmpty() ? null : Redaction.message(text));
            return this;
        }

        Builder partial(@Nullable ChatResponse value) {
            details.partial(value);
            return this;
        }

        Builder cause(@Nullable Throwable value) {
            details.cause(value);
            return this;
        }

        ThalwegException build() {
            return kind.exception(details.build());
        }
    }
}
