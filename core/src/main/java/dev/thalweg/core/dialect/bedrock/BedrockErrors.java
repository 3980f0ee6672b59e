package dev.thalweg.core.dialect.bedrock;

import dev.thalweg.core.dialect.Dialect.CallerError;
import dev.thalweg.core.dialect.FurtherMembers;
import dev.thalweg.core.wire.AwsFrames;
import dev.thalweg.core.wire.ByteBuilder;
import java.util.Locale;

/**
 * Errors for a caller as AWS spells them: the kind in a header, the message in the body. {@code code} and {@code param} are
 * this project's further fields of the body.
 */
public final class BedrockErrors {
    private BedrockErrors() {}

    /** The kind, for the header {@code x-amzn-errortype}. */
    public static String type(CallerError error) {
        if (error.type().endsWith("Exception")) {
            // Bedrock's own word; in streams it begins with a small letter.
            return error.type().substring(0, 1).toUpperCase(Locale.ROOT)
                    + error.type().substring(1);
        }
        return switch (error.status()) {
            case 401, 403 -> "AccessDeniedException";
            case 404 -> "ResourceNotFoundException";
            case 408, 504 -> "ModelTimeoutException";
            case 402, 429 -> "ThrottlingException";
            case 424 -> "ModelErrorException";
            case 503, 529 -> "ServiceUnavailableException";
            default ->
                error.status() >= 400 && error.status() < 500 ? "ValidationException" : "InternalServerException";
        };
    }

    static byte[] body(CallerError error) {
        ByteBuilder json = new ByteBuilder(64 + error.message().length());
        json.ascii("{\"message\":").string(error.message());
        if (error.code() != null) {
            json.ascii(",\"code\":").string(error.code());
        }
        if (error.param() != null) {
            json.ascii(",\"param\":").string(error.param());
        }
        FurtherMembers.write(json, error);
        return json.ascii("}").toBytes();
    }

    /** The last frame of a stream. */
    static byte[] event(CallerError error) {
        ByteBuilder frame = new ByteBuilder(256);
        AwsFrames.exception(frame, exception(error), body(error));
        return frame.toBytes();
    }

    /** Streams know five kinds, with a small letter at the beginning. */
    private static String exception(CallerError error) {
        return switch (type(error).toLowerCase(Locale.ROOT)) {
            case "throttlingexception" -> "throttlingException";
            case "serviceunavailableexception" -> "serviceUnavailableException";
            case "internalserverexception" -> "internalServerException";
            case "modeltimeoutexception", "modelerrorexception", "modelstreamerrorexception" ->
                "modelStreamErrorException";
            default -> error.status() >= 500 ? "internalServerException" : "validationException";
        };
    }
}
