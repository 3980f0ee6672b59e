package dev.thalweg.core.dialect.gemini;

import dev.thalweg.core.dialect.Dialect.CallerError;
import dev.thalweg.core.dialect.FurtherMembers;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.core.wire.Framing;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes errors for a caller, in Google's envelope. What there is beside it is in {@code details}: what a provider
 * says there, and the code as the reason of an {@code ErrorInfo}; {@code attempts} is this project's further field of the error.
 */
final class ErrorWriter {
    private static final Set<String> OWN = Set.of("details", "status");

    private ErrorWriter() {}

    /** The envelope. */
    static byte[] body(CallerError error) {
        ByteBuilder json = new ByteBuilder(256 + error.message().length());
        json.ascii("{\"error\":{\"code\":").number(error.status());
        json.ascii(",\"message\":").string(error.message());
        json.ascii(",\"status\":").string(status(error.status()));
        details(json, error);
        FurtherMembers.write(json, error, OWN);
        attempts(json, error);
        return json.ascii("}}").toBytes();
    }

    /**
     * The envelope as the last event of a stream. Google's clients differ in where they look: some for an event with an {@code
     * error}, some for a document that is no event, or for an end in the middle of one. Both are written.
     *
     * @param begun whether other events were written before
     */
    static byte[] event(CallerError error, Framing framing, boolean begun) {
        byte[] body = body(error);
        ByteBuilder out = new ByteBuilder(body.length * 2 + 16);
        if (framing == Framing.JSON_ARRAY) {
            return out.ascii(begun ? ",\r\n" : "[").append(body).ascii("]").toBytes();
        }
        return out.ascii("data: ").append(body).ascii("\n\n").append(body).toBytes();
    }

    private static void details(ByteBuilder json, CallerError error) {
        json.ascii(",\"details\":[");
        String said = error.further().getOrDefault("details", "").strip();
        if (said.startsWith("[")) { // Google's own come first: clients look for the first of a kind
            String elements = said.substring(1, said.length() - 1).strip();
            json.append(Bytes.utf8(elements)).ascii(elements.isEmpty() ? "" : ",");
        }
        json.ascii("{\"@type\":\"type.googleapis.com/google.rpc.ErrorInfo\",\"reason\":")
                .string(reason(error))
                .ascii(",\"domain\":\"thalweg\",\"metadata\":{\"requestId\":")
                .string(error.requestId());
        member(json, "param", error.param());
        json.ascii("}}]");
    }

    private static String reason(CallerError error) {
        String code = error.code();
        return (code == null ? error.type() : code).toUpperCase(Locale.ROOT);
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

    private static void member(ByteBuilder json, String name, @Nullable String value) {
        if (value != null) {
            json.ascii(",\"").ascii(name).ascii("\":").string(value);
        }
    }

    /** The word that Google has for an HTTP status. */
    private static String status(int status) {
        return switch (status) {
            case 401 -> "UNAUTHENTICATED";
            case 402, 403 -> "PERMISSION_DENIED";
            case 404 -> "NOT_FOUND";
            case 408, 504 -> "DEADLINE_EXCEEDED";
            case 409 -> "ABORTED";
            case 429 -> "RESOURCE_EXHAUSTED";
            case 499 -> "CANCELLED";
            case 501 -> "UNIMPLEMENTED";
            case 502, 503, 529 -> "UNAVAILABLE";
            default -> status >= 400 && status < 500 ? "INVALID_ARGUMENT" : "INTERNAL";
        };
    }
}
