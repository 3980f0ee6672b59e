package dev.thalweg.config;

/**
 * Something to tell about a configuration that is nevertheless served. The message never holds a secret.
 *
 * @param kind what sort of thing it is
 * @param file the name the file was given by; empty where there is no file
 * @param line counted from 1; 0 where no line is meant
 * @param message one sentence
 */
public record Notice(Kind kind, String file, int line, String message) {
    /** What a notice is about. */
    public enum Kind {
        /** A key that is no option of a deployment and is therefore put into requests that do not set it. */
        REQUEST_DEFAULT,
        /** A key LiteLLM reads and Thalweg does not. */
        NOT_IN_EFFECT,
        /** A deployment that is listed and cannot be served. */
        DISABLED,
        /** Anything else worth a line. */
        HINT
    }

    /** One line: {@code config.yaml:12: message}. */
    public String text() {
        String place = line == 0 ? file : file + ":" + line;
        return place.isEmpty() ? message : place + ": " + message;
    }
}
