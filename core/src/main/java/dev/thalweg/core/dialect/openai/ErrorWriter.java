package dev.thalweg.core.dialect.openai;

import dev.thalweg.core.dialect.Dialect.CallerError;
import dev.thalweg.core.wire.ByteBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes errors for a caller, in OpenAI's envelope. */
public final class ErrorWriter {
    private ErrorWriter() {}

    /** The envelope as a body. */
    public static byte[] body(CallerError error) {
        return body(error.message(), error.type(), error.param(), error.code(), error.requestId(), error.attempts());
    }

    /** The envelope as a body; every client reads {@code message}, {@code type}, {@code param} and {@code code} from it. */
    public static byte[] body(
            String message, String type, @Nullable String param, @Nullable String code, @Nullable String requestId) {
        return body(message, type, param, code, requestId, List.of());
    }

    /** The same with a list of the attempts that failed before, which clients leave alone. */
    public static byte[] body(
            String message,
            String type,
            @Nullable String param,
            @Nullable String code,
            @Nullable String requestId,
            List<CallerError.Attempt> attempts) {
        ByteBuilder json = new ByteBuilder(160 + message.length());
        json.ascii("{\"error\":{\"message\":")
                .string(message)
                .ascii(",\"type\":")
                .string(type);
        json.ascii(",\"param\":");
        nullable(json, param).ascii(",\"code\":");
        nullable(json, code);
        if (requestId != null) {
            json.ascii(",\"request_id\":").string(requestId);
        }
        if (!attempts.isEmpty()) {
            json.ascii(",\"attempts\":[");
            for (int i = 0; i < attempts.size(); i++) {
                CallerError.Attempt one = attempts.get(i);
                json.ascii(i == 0 ? "{\"deployment\":" : ",{\"deployment\":").string(one.deployment());
                json.ascii(",\"status\":" + one.status() + ",\"code\":");
                nullable(json, one.code()).ascii("}");
            }
            json.ascii("]");
        }
        return json.ascii("}}").toBytes();
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
