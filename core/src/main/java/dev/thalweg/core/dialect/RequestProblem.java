package dev.thalweg.core.dialect;

import org.jspecify.annotations.Nullable;

/** A request that cannot be served as it is: the caller's fault, always a 400. Carries no stack trace. */
public final class RequestProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable String param;
    private final String code;

    /**
     * With this text for the caller.
     *
     * @param param the field at fault
     * @param code the code of the error envelope
     */
    public RequestProblem(String message, @Nullable String param, String code) {
        super(message, null, false, false);
        this.param = param;
        this.code = code;
    }

    /** The field at fault, null where it is the whole body. */
    public @Nullable String param() {
        return param;
    }

    /** The code of the error envelope. */
    public String code() {
        return code;
    }

    /** The text for the caller. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
