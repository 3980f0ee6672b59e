package dev.thalweg.core.dialect.anthropic;

import dev.thalweg.core.dialect.Dialect.CallerError;
import dev.thalweg.core.dialect.FurtherMembers;
import dev.thalweg.core.wire.ByteBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Writes errors for a caller, in Anthropic's envelope. {@code code}, {@code param} and {@code attempts} are this project's
 * further fields of the error.
 */
final class ErrorWriter {
    private ErrorWriter() {}

    /** The envelope. */
    static byte[] body(CallerError error) {
        ByteBuilder json = new ByteBuilder(160 + error.message().length());
        json.ascii("{\"type\":\"error\",\"error\":{\"type\":").string(type(error));
        json.ascii(",\"message\":").string(error.message());
        member(json, "code", error.code());
        member(json, "param", error.param());
        FurtherMembers.write(json, error);
        attempts(json, error);
        return json.ascii("},\"request_id\":")
                .string(error.requestId())
                .ascii("}")
                .toBytes();
    }

    /** The envelope as the last event of a stream. */
    static byte[] event(CallerError error) {
        return event(body(error));
    }

    private static byte[] event(byte[] body) {
        return new ByteBuilder(body.length + 32)
                .ascii("event: error\ndata: ")
                .append(body)
                .ascii("\n\n")
                .toBytes();
    }

    /** What this protocol calls errors of this status. An exhausted quota is a 429 elsewhere, and one of billing here. */
    private static String type(CallerError error) {
        if (error.type().equals("insufficient_quota") || "insufficient_quota".equals(error.code())) {
            return "billing_error";
        }
        return switch (error.status()) {
            case 401 -> "authentication_error";
            case 402 -> "billing_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_error";
            case 408, 504 -> "timeout_error";
            case 503, 529 -> "overloaded_error";
            default -> error.status() >= 400 && error.status() < 500 ? "invalid_request_error" : "api_error";
        };
    }

    private static void member(ByteBuilder json, String name, @Nullable String value) {
        if (value != null) {
            json.ascii(",\"").ascii(name).ascii("\":").string(value);
        }
    }

    private static void attempts(ByteBuilder json, CallerError error) {
        String before = ",\"attempts\":[";
        for (CallerError.Attempt attempt : error.attempts()) {
            json.ascii(before).ascii("{\"deployment\":").string(attempt.deployment());
            json.ascii(",\"status\":").number(attempt.status());
            member(json, "code", attempt.code());
            json.ascii("}");
            before = ",";
        }
        json.ascii(error.attempts().isEmpty() ? "" : "]");
    }
}
