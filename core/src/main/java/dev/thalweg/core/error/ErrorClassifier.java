package dev.thalweg.core.error;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides the class of an error: by status first, then by the provider's own type and code, and by text only to refine
 * a 400 or 413 into "context window" or "content policy". A text never moves an error to another status: a 400 that
 * mentions a rate limit stays a 400.
 */
public final class ErrorClassifier {
    private static final Set<String> CONTEXT_CODES =
            Set.of("context_length_exceeded", "exceed_context_size_error", "context_window_exceeded");
    private static final Set<String> POLICY_CODES =
            Set.of("content_policy_violation", "content_filter", "responsibleaipolicyviolation", "moderation_blocked");
    private static final Set<String> PARAM_CODES = Set.of("unsupported_parameter", "unsupported_value");
    private static final Set<String> QUOTA_CODES = Set.of("insufficient_quota", "billing_hard_limit_reached");
    private static final Set<String> OVERLOAD_CODES = Set.of(
            "overloaded_error",
            "overloaded",
            "unavailable_error",
            "service_unavailable",
            "model_overloaded",
            "unavailable");

    /** Google answers a wrong key with a 400. */
    private static final Set<String> KEY_CODES = Set.of("api_key_invalid", "api_key_expired");

    private static final Set<String> RATE_NAMES =
            Set.of("requests", "tokens", "too_many_requests", "too_many_requests_error", "resource_exhausted");

    /** AWS's kinds of errors, which it also gives statuses of its own. */
    private static final Map<String, ErrorKind> AWS_NAMES = Map.ofEntries(
            Map.entry("accessdeniedexception", ErrorKind.PERMISSION_DENIED),
            Map.entry("expiredtokenexception", ErrorKind.AUTHENTICATION),
            Map.entry("incompletesignatureexception", ErrorKind.AUTHENTICATION),
            Map.entry("internalserverexception", ErrorKind.INTERNAL_SERVER),
            Map.entry("invalidsignatureexception", ErrorKind.AUTHENTICATION),
            Map.entry("missingauthenticationtokenexception", ErrorKind.AUTHENTICATION),
            Map.entry("modelerrorexception", ErrorKind.INTERNAL_SERVER),
            Map.entry("modelnotreadyexception", ErrorKind.SERVICE_UNAVAILABLE),
            Map.entry("modelstreamerrorexception", ErrorKind.INTERNAL_SERVER),
            Map.entry("modeltimeoutexception", ErrorKind.TIMEOUT),
            Map.entry("resourcenotfoundexception", ErrorKind.NOT_FOUND),
            Map.entry("servicequotaexceededexception", ErrorKind.RATE_LIMIT),
            Map.entry("serviceunavailableexception", ErrorKind.SERVICE_UNAVAILABLE),
            Map.entry("throttlingexception", ErrorKind.RATE_LIMIT),
            Map.entry("unrecognizedclientexception", ErrorKind.AUTHENTICATION),
            Map.entry("validationexception", ErrorKind.BAD_REQUEST));

    /** The codes this project's own gateway gives: through it, an end keeps the class it has without it. */
    private static final Map<String, ErrorKind> OWN_CODES = Map.ofEntries(
            Map.entry("connect_timeout", ErrorKind.TIMEOUT),
            Map.entry("pool_timeout", ErrorKind.TIMEOUT),
            Map.entry("first_byte_timeout", ErrorKind.TIMEOUT),
            Map.entry("first_token_timeout", ErrorKind.TIMEOUT),
            Map.entry("idle_timeout", ErrorKind.TIMEOUT),
            Map.entry("total_timeout", ErrorKind.TIMEOUT),
            Map.entry("upstream_cut", ErrorKind.API_CONNECTION),
            Map.entry("upstream_unreachable", ErrorKind.API_CONNECTION),
            Map.entry("upstream_protocol_error", ErrorKind.RESPONSE_VALIDATION),
            Map.entry("upstream_too_large", ErrorKind.RESPONSE_TOO_LARGE),
            Map.entry("shutting_down", ErrorKind.SERVICE_UNAVAILABLE),
            Map.entry("cancelled", ErrorKind.CANCELLED));

    private static final List<String> CONTEXT_TEXTS = List.of(
            "maximum context length",
            "maximum prompt length",
            "maximum model length",
            "exceeded model token limit",
            "exceed the configured limit",
            "greater than the context length",
            "maximum context limit",
            "context window",
            "prompt is too long",
            "input is too long",
            "exceeds the maximum number of tokens",
            "exceeds the available context size",
            "current length is",
            "too many tokens: ",
            "tokens + `max_new_tokens` must be");
    private static final List<String> POLICY_TEXTS = List.of(
            "content management policy",
            "content filtering policy",
            "rejected as a result of our safety system",
            "violating our usage policy");

    private ErrorClassifier() {}

    /** The class of an answer with this HTTP status; a body in a 200 is classified by the status it names inside. */
    public static ErrorKind classify(int httpStatus, ErrorBody body) {
        ErrorKind own = OWN_CODES.get(lower(body.code()));
        if (own != null && (httpStatus < 400 || httpStatus == own.status())) {
            return own;
        }
        ErrorKind amazons = AWS_NAMES.get(lower(body.type()));
        if (amazons != null) {
            return amazons == ErrorKind.BAD_REQUEST ? refine(amazons, body) : amazons;
        }
        int status = httpStatus >= 400 ? httpStatus : statusInside(body);
        return switch (status) {
            case 0 -> byNames(body);
            case 400 -> named(body, KEY_CODES) ? ErrorKind.AUTHENTICATION : refine(ErrorKind.BAD_REQUEST, body);
            case 401 -> ErrorKind.AUTHENTICATION;
            case 402 -> ErrorKind.QUOTA_EXHAUSTED;
            case 403 -> named(body, POLICY_CODES) ? ErrorKind.CONTENT_POLICY_VIOLATION : ErrorKind.PERMISSION_DENIED;
            case 404 -> ErrorKind.NOT_FOUND;
            case 408, 504 -> ErrorKind.TIMEOUT;
            case 413 -> refine(ErrorKind.BAD_REQUEST, body);
            case 422 -> refine(ErrorKind.UNPROCESSABLE_ENTITY, body);
            case 429 -> exhausted(body);
            case 500 -> ErrorKind.INTERNAL_SERVER;
            case 502 -> ErrorKind.BAD_GATEWAY;
            case 503, 529 -> ErrorKind.SERVICE_UNAVAILABLE;
            default -> {
                if (status >= 500) {
                    yield ErrorKind.INTERNAL_SERVER;
                }
                yield status == 409 ? ErrorKind.BAD_REQUEST : ErrorKind.API_ERROR;
            }
        };
    }

    private static ErrorKind exhausted(ErrorBody body) {
        if (ErrorKind.BUDGET_EXCEEDED.type().equals(body.type())) {
            return ErrorKind.BUDGET_EXCEEDED;
        }
        return named(body, QUOTA_CODES) ? ErrorKind.QUOTA_EXHAUSTED : ErrorKind.RATE_LIMIT;
    }

    private static int statusInside(ErrorBody body) {
        if (body.status() >= 400 && body.status() < 600) {
            return body.status();
        }
        String code = body.code();
        if (code != null && code.length() == 3 && code.chars().allMatch(c -> c >= '0' && c <= '9')) {
            int number = Integer.parseInt(code);
            return number >= 400 && number < 600 ? number : 0;
        }
        return 0;
    }

    /** An error inside a 200 that names no status: the provider's type and code are all there is. */
    private static ErrorKind byNames(ErrorBody body) {
        if (named(body, QUOTA_CODES) || ErrorKind.BUDGET_EXCEEDED.type().equals(body.type())) {
            return exhausted(body);
        }
        if (named(body, OVERLOAD_CODES)) {
            return ErrorKind.SERVICE_UNAVAILABLE;
        }
        String type = lower(body.type());
        String code = lower(body.code());
        if (type.contains("rate_limit") || code.contains("rate_limit") || named(body, RATE_NAMES)) {
            return ErrorKind.RATE_LIMIT;
        }
        if (type.contains("timeout") || code.contains("timeout")) {
            return ErrorKind.TIMEOUT;
        }
        if (type.contains("bad_gateway") || code.contains("bad_gateway")) {
            return ErrorKind.BAD_GATEWAY;
        }
        if (type.contains("authentication") || code.equals("invalid_api_key")) {
            return ErrorKind.AUTHENTICATION;
        }
        if (type.contains("permission")) {
            return ErrorKind.PERMISSION_DENIED;
        }
        if (type.contains("not_found") || code.equals("model_not_found")) {
            return ErrorKind.NOT_FOUND;
        }
        ErrorKind refined = refine(ErrorKind.INTERNAL_SERVER, body);
        if (refined != ErrorKind.INTERNAL_SERVER) {
            return refined;
        }
        return type.contains("invalid_request") || type.contains("invalidrequest")
                ? ErrorKind.BAD_REQUEST
                : ErrorKind.INTERNAL_SERVER;
    }

    private static ErrorKind refine(ErrorKind otherwise, ErrorBody body) {
        if (named(body, CONTEXT_CODES)) {
            return ErrorKind.CONTEXT_WINDOW_EXCEEDED;
        }
        if (named(body, POLICY_CODES)) {
            return ErrorKind.CONTENT_POLICY_VIOLATION;
        }
        if (named(body, PARAM_CODES)) {
            return ErrorKind.UNSUPPORTED_PARAMS;
        }
        String text = lower(body.message());
        boolean oneFieldIsTooLong =
                lower(body.code()).contains("string_above_max_length") || text.contains("string_above_max_length");
        if (!oneFieldIsTooLong && contains(text, CONTEXT_TEXTS)) {
            return ErrorKind.CONTEXT_WINDOW_EXCEEDED;
        }
        return contains(text, POLICY_TEXTS) ? ErrorKind.CONTENT_POLICY_VIOLATION : otherwise;
    }

    private static boolean named(ErrorBody body, Set<String> names) {
        return names.contains(lower(body.code())) || names.contains(lower(body.type()));
    }

    private static boolean contains(String text, List<String> parts) {
        return parts.stream().anyMatch(text::contains);
    }

    private static String lower(@Nullable String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }
}
