package dev.thalweg.config;

/**
 * One thing wrong in a configuration file, at its place. The message never holds a secret.
 *
 * @param file the name the file was given by
 * @param line counted from 1; 0 where the file as a whole is meant
 * @param column counted from 1; 0 where the file as a whole is meant
 * @param message what came, what was expected, what to do
 */
public record Problem(String file, int line, int column, String message) {
    /** One line as a compiler writes it: {@code config.yaml:12:7: message}. */
    public String text() {
        return line == 0 ? file + ": " + message : file + ":" + line + ":" + column + ": " + message;
    }
}
