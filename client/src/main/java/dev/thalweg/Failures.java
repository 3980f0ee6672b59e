package dev.thalweg;

import dev.thalweg.core.dialect.openai.ErrorReader;
import dev.thalweg.core.error.ErrorBody;
import dev.thalweg.core.error.ErrorClassifier;
import dev.thalweg.core.error.ErrorKind;
import dev.thalweg.core.error.Redaction;
import dev.thalweg.core.error.RetryAfter;
import dev.thalweg.core.stream.Clock;
import dev.thalweg.core.stream.StreamEnd;
import dev.thalweg.error.ErrorDetails;
import dev.thalweg.error.ThalwegException;
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
    private static final List<String> REQUEST_ID_HEADERS = List.of("x-request-id", "request-id", "apim-request-id");
    private static final HttpHeaders NO_HEADERS = HttpHeaders.of(Map.of(), (name, value) -> true);

    private final Target target;
    private HttpHeaders headers = NO_HEADERS;

    Failures(Target target) {
        this.target = target;
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
            case PROTOCOL_ERROR -> "answered something that is not a chat completion; is the base URL right?";
            case LOOP -> "repeated the same chunk again and again; the stream was ended";
            case TOO_LARGE -> "sent more in one piece than is allowed; see Thalweg.builder().maxEventBytes(…)";
            case CALLER_GONE -> "was not waited for: the stream was closed or its reader interrupted";
            default -> "ended the answer: " + end.label();
        };
        return new Builder(kind(end), what)
                .code(end.code())
                .retryable(end.retryable())
                .cause(cause)
                .body(text)
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
            return new Builder(
                            ErrorKind.API_CONNECTION,
                            "cannot be reached at " + target.uri().getHost()
                                    + (target.uri().getPort() < 0
                                            ? ""
                                            : ":" + target.uri().getPort()))
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
            details = ErrorDetails.builder(Redaction.message(target.label() + " " + what))
                    .provider(target.name())
                    .model(target.asked())
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
