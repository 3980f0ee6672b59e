package dev.thalweg.gateway.chat;

import dev.thalweg.core.dialect.RequestProblem;
import dev.thalweg.core.error.ErrorBody;
import dev.thalweg.core.error.ErrorClassifier;
import dev.thalweg.core.error.ErrorKind;
import dev.thalweg.core.error.Redaction;
import dev.thalweg.core.error.RetryAfter;
import dev.thalweg.core.route.FailureClass;
import dev.thalweg.core.route.Step;
import dev.thalweg.core.stream.Clock;
import dev.thalweg.core.stream.StreamEnd;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a request has no complete answer, in the words the caller gets.
 *
 * @param end how the stream ended
 * @param kind the class of the error
 * @param status the HTTP status where the head is not out yet
 * @param message without keys or addresses
 * @param retryAfter how long the upstream asks to wait
 * @param mayRetry whether another attempt makes sense
 * @param further JSON text by name: what else the provider says, without keys; for nobody but the caller
 */
public record Failure(
        StreamEnd end,
        ErrorKind kind,
        int status,
        String type,
        @Nullable String code,
        @Nullable String param,
        String message,
        @Nullable Duration retryAfter,
        boolean mayRetry,
        Map<String, String> further) {

    /** An end that this gateway found, with a text for it. */
    public static Failure of(StreamEnd end, String message) {
        return of(end, end.code(), message);
    }

    /** A clock that ran out. */
    public static Failure of(Clock clock, Duration limit) {
        String message = "Waited " + seconds(limit) + " for " + clock.waitingFor() + ".";
        return of(clock.end(), clock.code(), message);
    }

    private static Failure of(StreamEnd end, @Nullable String code, String message) {
        ErrorKind kind = end.kind() == null ? ErrorKind.INTERNAL_SERVER : end.kind();
        boolean mayRetry = end.retryable() && end != StreamEnd.DEADLINE && end != StreamEnd.SHUTDOWN;
        return new Failure(end, kind, kind.status(), kind.type(), code, null, message, null, mayRetry, Map.of());
    }

    /** No connection to the provider. */
    public static Failure unreachable(String message) {
        ErrorKind kind = ErrorKind.API_CONNECTION;
        return new Failure(
                StreamEnd.CUT, kind, kind.status(), kind.type(), kind.code(), null, message, null, true, Map.of());
    }

    /** What the upstream reported, as a status or inside a 200. */
    public static Failure upstream(int httpStatus, ErrorBody body, @Nullable Duration retryAfter) {
        ErrorKind kind = ErrorClassifier.classify(httpStatus, body);
        int status = httpStatus >= 400 ? httpStatus : httpStatus >= 300 ? 502 : kind.status();
        String message = body.message().isEmpty()
                ? "The provider answered with status " + httpStatus + " and no explanation."
                : Redaction.message(body.message());
        String type = Redaction.word(body.type());
        String code = Redaction.word(body.code());
        String param = body.param();
        return new Failure(
                StreamEnd.UPSTREAM_ERROR,
                kind,
                status,
                type != null ? type : kind.type(),
                code != null ? code : kind.code(),
                param == null ? null : Redaction.message(param),
                message,
                retryAfter,
                kind.retryable(),
                kind == ErrorKind.AUTHENTICATION ? Map.of() : ErrorMembers.shown(body.further()));
    }

    /** The caller's request cannot be said in the upstream's protocol, because it cannot be read. */
    static Failure of(RequestProblem problem) {
        ErrorKind kind = ErrorKind.BAD_REQUEST;
        return new Failure(
                StreamEnd.UPSTREAM_ERROR,
                kind,
                kind.status(),
                kind.type(),
                problem.code(),
                problem.param(),
                problem.text(),
                null,
                false,
                Map.of());
    }

    /** What the upstream reported inside an answer that began with status 200 and these headers. */
    public static Failure reported(ErrorBody body, HttpHeaders headers) {
        boolean rateLimited = ErrorClassifier.classify(200, body) == ErrorKind.RATE_LIMIT;
        String said = body.message() + " " + String.join(" ", body.further().values());
        Optional<Duration> wait = RetryAfter.of(rateLimited, headers::get, said, Instant.now());
        return upstream(200, body, wait.orElse(null));
    }

    /** Nothing was asked: no deployment may serve the request now. */
    public static Failure unserved(Step.Stop<?> why) {
        boolean spent = why.failure() == FailureClass.RATE_LIMIT;
        ErrorKind kind = spent ? ErrorKind.RATE_LIMIT : ErrorKind.BAD_REQUEST;
        String code = spent ? "no_deployment_free" : "no_deployment_fits";
        return new Failure(
                StreamEnd.UPSTREAM_ERROR,
                kind,
                kind.status(),
                kind.type(),
                code,
                null,
                "No deployment can serve this request: " + why.why() + ".",
                why.retryAfter(),
                false,
                Map.of());
    }

    /** The same without this host's name. */
    public Failure hiding(String host) {
        String shown = hide(host, message);
        Map<String, String> members = new LinkedHashMap<>(further);
        members.replaceAll((name, json) -> hide(host, json));
        return new Failure(end, kind, status, type, code, param, shown, retryAfter, mayRetry, members);
    }

    private static String hide(String host, String text) {
        return text.replace(host, "the provider");
    }

    /** Whether it means something to who sent the request: a deployment's wrong key or model is this gateway's affair. */
    boolean concernsCaller() {
        FailureClass failure = routeClass();
        return failure != FailureClass.AUTHENTICATION && failure != FailureClass.NOT_FOUND;
    }

    /** What it means for routing. */
    FailureClass routeClass() {
        return switch (end) {
            case LOOP, TOO_LARGE, SHUTDOWN, BUDGET, CALLER_GONE -> FailureClass.OWN;
            default -> FailureClass.of(kind);
        };
    }

    private static String seconds(Duration limit) {
        long millis = limit.toMillis();
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
    }
}
