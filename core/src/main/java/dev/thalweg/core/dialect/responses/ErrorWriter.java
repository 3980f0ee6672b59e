package dev.thalweg.core.dialect.responses;

import dev.thalweg.core.dialect.Dialect.CallerError;
import dev.thalweg.core.dialect.Dialect.CallerError.Attempt;
import dev.thalweg.core.dialect.FurtherMembers;
import dev.thalweg.core.wire.ByteBuilder;

/** Writes errors for a caller, in OpenAI's envelope. */
final class ErrorWriter {
    private ErrorWriter() {}

    /** The envelope as a body. */
    static byte[] body(CallerError error) {
        ByteBuilder json = new ByteBuilder(160 + error.message().length()).ascii("{\"error\":");
        object(json, error);
        return json.ascii("}").toBytes();
    }

    /** The member of an {@code error} event: the nested form, which is what OpenAI sends. */
    static void inEvent(ByteBuilder json, CallerError error) {
        object(json.ascii(",\"error\":"), error);
    }

    private static void object(ByteBuilder json, CallerError error) {
        json.ascii("{\"message\":").string(error.message()).ascii(",\"type\":").string(error.type());
        ResponseObject.nullable(json.ascii(",\"param\":"), error.param());
        ResponseObject.nullable(json.ascii(",\"code\":"), error.code());
        if (!error.requestId().isEmpty()) {
            json.ascii(",\"request_id\":").string(error.requestId());
        }
        FurtherMembers.write(json, error);
        String comma = ",\"attempts\":[";
        for (Attempt attempt : error.attempts()) {
            json.ascii(comma).ascii("{\"deployment\":").string(attempt.deployment());
            json.ascii(",\"status\":").number(attempt.status()).ascii(",\"code\":");
            ResponseObject.nullable(json, attempt.code()).ascii("}");
            comma = ",";
        }
        json.ascii(error.attempts().isEmpty() ? "}" : "]}");
    }
}
