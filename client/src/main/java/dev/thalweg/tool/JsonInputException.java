package dev.thalweg.tool;

/** JSON that a model wrote is not what was asked for. The message says where and what was expected, for the model. */
public final class JsonInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    JsonInputException(String message) {
        super(message);
    }

    JsonInputException(String message, Throwable cause) {
        super(message, cause);
    }
}
