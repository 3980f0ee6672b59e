package dev.thalweg.core.dialect;

import dev.thalweg.core.error.ErrorBody;
import dev.thalweg.core.wire.EventBlock;
import org.jspecify.annotations.Nullable;

/** Errors of AWS's services: the kind stands in a header, of the answer or of a frame, and only the message in the body. */
public final class AwsErrors {
    private AwsErrors() {}

    /** What a frame reports that tells of a failure. */
    public static ErrorBody of(EventBlock frame) {
        return named(ErrorReader.read(frame.dataArray(), frame.dataStart(), frame.dataLength()), frame.name());
    }

    /**
     * A body with its kind.
     *
     * @param name the kind, as {@code x-amzn-errortype} says it, with an address after a colon; null or empty: none
     */
    public static ErrorBody named(ErrorBody body, @Nullable String name) {
        if (name == null || name.isEmpty()) {
            return body;
        }
        int colon = name.indexOf(':');
        String kind = colon < 0 ? name : name.substring(0, colon);
        return new ErrorBody(body.message(), kind, body.code(), body.param(), body.status(), body.further());
    }
}
