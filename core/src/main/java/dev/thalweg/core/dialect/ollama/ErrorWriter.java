package dev.thalweg.core.dialect.ollama;

import dev.thalweg.core.dialect.Dialect.CallerError;
import dev.thalweg.core.dialect.FurtherMembers;
import dev.thalweg.core.wire.ByteBuilder;
import org.jspecify.annotations.Nullable;

/** Writes errors for a caller: a text. {@code code}, {@code param} and {@code attempts} are this project's further fields. */
final class ErrorWriter {
    private ErrorWriter() {}

    /** The object. */
    static byte[] body(CallerError error) {
        return write(error).toBytes();
    }

    /** The object as the last line of a stream. */
    static byte[] line(CallerError error) {
        return write(error).ascii("\n").toBytes();
    }

    private static ByteBuilder write(CallerError error) {
        ByteBuilder json = new ByteBuilder(64 + error.message().length());
        json.ascii("{\"error\":").string(error.message());
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
        return json.ascii(error.attempts().isEmpty() ? "}" : "]}");
    }

    private static void member(ByteBuilder json, String name, @Nullable String value) {
        if (value != null) {
            json.ascii(",\"").ascii(name).ascii("\":").string(value);
        }
    }
}
