package dev.thalweg.core.dialect.openai;

import dev.thalweg.core.dialect.Dialect.CallerError;
import dev.thalweg.core.dialect.FurtherMembers;
import dev.thalweg.core.wire.ByteBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes errors for a caller, in OpenAI's envelope. */
public final class ErrorWriter {
    private ErrorWriter() {}

    /** The envelope as a body; every client reads {@code message}, {@code type}, {@code param} and {@code code} from it. */
    public static byte[] body(
            String message, String type, @Nullable String param, @Nullable String code, @Nullable String requestId) {
        String id = requestId == null ? "" : requestId;
        return body(new CallerError(0, message, type, code, param, id, List.of()));
    }

    /** The envelope as a body, with a list of the attempts that failed before, which clients leave alone. */
    public static byte[] body(CallerError error) {
        ByteBuilder json = new ByteBuilder(160 + error.message().length());
        json.ascii("{\"error\":{\"message\":")
                .string(error.message())
                .ascii(",\"type\":")
                .string(error.type());
        json.ascii(",\"param\":");
        nullable(json, error.param()).ascii(",\"code\":");
        nullable(json, error.code());
        if (!error.requestId().isEmpty()) {
            json.ascii(",\"request_id\":").string(error.requestId());
        }
        FurtherMembers.write(json, error);
        attempts(json, error.attempts());
        return json.ascii("}}").toBytes();
    }

    private static void attempts(ByteBuilder json, List<CallerError.Attempt> attempts) {
        if (attempts.isEmpty()) {
            return;
        }
        json.ascii(",\"attempts\":[");
        for (int i = 0; i < attempts.size(); i++) {
            CallerError.Attempt one = attempts.get(i);
            json.ascii(i == 0 ? "{\"deployment\":" : ",{\"deployment\":").string(one.deployment());
            json.ascii(",\"status\":").number(one.status()).ascii(",\"code\":");
            nullable(json, one.code()).ascii("}");
        }
        json.ascii("]");
    }

    /**
     * The envelope as the last event of a stream. This form, with its {@code event:} line and no {@code [DONE]} after
     * it, is the one that openai-python, -node and -java, Vercel and LangChain4j all recognise.
     */
    public static byte[] event(byte[] body) {
        return new ByteBuilder(body.length + 32)
                .ascii("event: error\ndata: ")
                .append(body)
                .ascii("\n\n")
                .toBytes();
    }

    private static ByteBuilder nullable(ByteBuilder json, @Nullable String value) {
        return value == null ? json.ascii("null") : json.string(value);
    }
}
