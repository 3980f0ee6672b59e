package dev.thalweg.testkit;

import java.util.List;
import java.util.Optional;

/**
 * One header line as it came: the name in the sender's spelling, the value without the blanks around it.
 *
 * @param name the part before the colon
 * @param value the part after the colon, trimmed
 */
public record Header(String name, String value) {

    /** Reads one line without its line end; a line without a colon is a name with an empty value. */
    static Header parse(String line) {
        int colon = line.indexOf(':');
        return colon < 0
                ? new Header(line.trim(), "")
                : new Header(line.substring(0, colon), line.substring(colon + 1).trim());
    }

    static Optional<String> first(List<Header> headers, String name) {
        return headers.stream()
                .filter(header -> header.name.equalsIgnoreCase(name))
                .map(Header::value)
                .findFirst();
    }

    static boolean has(List<Header> headers, String name, String value) {
        return headers.stream()
                .anyMatch(header -> header.name.equalsIgnoreCase(name) && header.value.equalsIgnoreCase(value));
    }
}
