package dev.thalweg.core.error;

import dev.thalweg.error.ApiConnectionException;
import dev.thalweg.error.ApiException;
import dev.thalweg.error.ApiResponseValidationException;
import dev.thalweg.error.AuthenticationException;
import dev.thalweg.error.BadGatewayException;
import dev.thalweg.error.BadRequestException;
import dev.thalweg.error.BudgetExceededException;
import dev.thalweg.error.CancelledException;
import dev.thalweg.error.ContentPolicyViolationException;
import dev.thalweg.error.ContextWindowExceededException;
import dev.thalweg.error.ErrorDetails;
import dev.thalweg.error.InternalServerException;
import dev.thalweg.error.NotFoundException;
import dev.thalweg.error.PermissionDeniedException;
import dev.thalweg.error.RateLimitException;
import dev.thalweg.error.ServiceUnavailableException;
import dev.thalweg.error.ThalwegException;
import dev.thalweg.error.TimeoutException;
import dev.thalweg.error.UnprocessableEntityException;
import dev.thalweg.error.UnsupportedParamsException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The closed list of error classes, for exhaustive switches inside the engine. {@code blame} says whose fault it is: a
 * caller's fault is never retried and never counts against an upstream.
 */
public enum ErrorKind {
    BAD_REQUEST(400, "invalid_request_error", null, Blame.CALLER, BadRequestException.class, BadRequestException::new),
    UNSUPPORTED_PARAMS(
            400,
            "invalid_request_error",
            "unsupported_parameter",
            Blame.CALLER,
            UnsupportedParamsException.class,
            UnsupportedParamsException::new),
    CONTEXT_WINDOW_EXCEEDED(
            400,
            "invalid_request_error",
            "context_length_exceeded",
            Blame.CALLER,
            ContextWindowExceededException.class,
            ContextWindowExceededException::new),
    CONTENT_POLICY_VIOLATION(
            400,
            "invalid_request_error",
            "content_policy_violation",
            Blame.CALLER,
            ContentPolicyViolationException.class,
            ContentPolicyViolationException::new),
    BUDGET_EXCEEDED(
            429,
            "budget_exceeded",
            "insufficient_quota",
            Blame.CALLER,
            BudgetExceededException.class,
            BudgetExceededException::new),
    AUTHENTICATION(
            401,
            "authentication_error",
            "invalid_api_key",
            Blame.SETUP,
            AuthenticationException.class,
            AuthenticationException::new),
    PERMISSION_DENIED(
            403,
            "permission_error",
            "permission_denied",
            Blame.SETUP,
            PermissionDeniedException.class,
            PermissionDeniedException::new),
    NOT_FOUND(
            404,
            "invalid_request_error",
            "model_not_found",
            Blame.SETUP,
            NotFoundException.class,
            NotFoundException::new),
    UNPROCESSABLE_ENTITY(
            422,
            "invalid_request_error",
            null,
            Blame.CALLER,
            UnprocessableEntityException.class,
            UnprocessableEntityException::new),
    TIMEOUT(504, "timeout_error", "upstream_timeout", Blame.UPSTREAM, TimeoutException.class, TimeoutException::new),
    RATE_LIMIT(
            429,
            "rate_limit_error",
            "rate_limit_exceeded",
            Blame.UPSTREAM,
            RateLimitException.class,
            RateLimitException::new),
    QUOTA_EXHAUSTED(
            429,
            "insufficient_quota",
            "insufficient_quota",
            Blame.SETUP,
            RateLimitException.class,
            RateLimitException::new),
    INTERNAL_SERVER(
            500,
            "server_error",
            "internal_error",
            Blame.UPSTREAM,
            InternalServerException.class,
            InternalServerException::new),
    BAD_GATEWAY(
            502, "server_error", "bad_gateway", Blame.UPSTREAM, BadGatewayException.class, BadGatewayException::new),
    SERVICE_UNAVAILABLE(
            503,
            "server_error",
            "service_unavailable",
            Blame.UPSTREAM,
            ServiceUnavailableException.class,
            ServiceUnavailableException::new),
    API_CONNECTION(
            502,
            "upstream_error",
            "upstream_unreachable",
            Blame.UPSTREAM,
            ApiConnectionException.class,
            ApiConnectionException::new),
    RESPONSE_VALIDATION(
            502,
            "upstream_error",
            "upstream_protocol_error",
            Blame.UPSTREAM,
            ApiResponseValidationException.class,
            ApiResponseValidationException::new),
    RESPONSE_TOO_LARGE(
            502,
            "upstream_error",
            "upstream_too_large",
            Blame.SETUP,
            ApiResponseValidationException.class,
            ApiResponseValidationException::new),
    CANCELLED(499, "cancelled", "cancelled", Blame.CALLER, CancelledException.class, CancelledException::new),
    API_ERROR(500, "api_error", null, Blame.SETUP, ApiException.class, ApiException::new);

    /** Whose fault an error is. */
    public enum Blame {
        /** The caller's: repeating cannot help, and the upstream is healthy. */
        CALLER,
        /** The deployment's keys, names or account: repeating there cannot help. */
        SETUP,
        /** The upstream's: another try, now or elsewhere, can help. */
        UPSTREAM
    }

    private final int status;
    private final String type;
    private final @Nullable String code;
    private final Blame blame;
    private final Class<? extends ThalwegException> exceptionClass;

    @SuppressWarnings("ImmutableEnumChecker") // a constructor reference has no state
    private final Function<ErrorDetails, ? extends ThalwegException> constructor;

    <T extends ThalwegException> ErrorKind(
            int status,
            String type,
            @Nullable String code,
            Blame blame,
            Class<T> exceptionClass,
            Function<ErrorDetails, T> constructor) {
        this.status = status;
        this.type = type;
        this.code = code;
        this.blame = blame;
        this.exceptionClass = exceptionClass;
        this.constructor = constructor;
    }

    /** The HTTP status where no provider gave one. */
    public int status() {
        return status;
    }

    /** The {@code type} of the error envelope where no provider gave one. */
    public String type() {
        return type;
    }

    /** The {@code code} of the error envelope where no provider gave one. */
    public @Nullable String code() {
        return code;
    }

    /** Whose fault it is. */
    public Blame blame() {
        return blame;
    }

    /** Whether the same request may succeed when sent again. */
    public boolean retryable() {
        return blame == Blame.UPSTREAM;
    }

    /** The public class of this kind. */
    public Class<? extends ThalwegException> exceptionClass() {
        return exceptionClass;
    }

    /** The public exception of this kind. */
    public ThalwegException exception(ErrorDetails details) {
        return constructor.apply(details);
    }
}
