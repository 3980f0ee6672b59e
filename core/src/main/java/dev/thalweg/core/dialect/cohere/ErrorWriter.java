package dev.thalweg.core.dialect.cohere;

import dev.thalweg.core.dialect.Dialect.CallerError;
import dev.thalweg.core.dialect.FurtherMembers;
import dev.thalweg.core.wire.ByteBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Writes errors for a caller: an id and a message, which is all this protocol has beside the status. {@code type}, {@code code},
 * {@code param} and {@code attempts} are this project's further fields.
 */
final class ErrorWriter {
    private ErrorWriter() {}

    /** The body. */
    static byte[] body(CallerError error) {
        ByteBuilder json = new ByteBuilder(160 + error.message().length());
        json.ascii("{\"id\":").string(error.requestId());
        json.ascii(",\"message\":").string(error.message());
        further(json, error);
        return json.ascii("}").toBytes();
    }

    /**
     * The error as the last event of a stream: the end of a message that failed. No marker follows.
     *
     * @param id of the message; empty where none was said
     */
    static byte[] event(CallerError error, String id) {
        ByteBuilder json = new ByteBuilder(240 + error.message().length());
        json.ascii("event: message-end\ndata: {\"type\":\"message-end\"");
        if (!id.isEmpty()) {
            json.ascii(",\"id\":").string(id);
        }
        json.ascii(",\"delta\":{\"error\":").string(error.message()).ascii(",\"finish_reason\":\"ERROR\"");
        further(json, error);
        return json.ascii("}}\n\n").toBytes();
    }

    private static void further(ByteBuilder json, CallerError error) {
        member(json, "type", error.type());
        member(json, "code", error.code());
        member(json, "param", error.param());
        FurtherMembers.write(json, error);
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
}
