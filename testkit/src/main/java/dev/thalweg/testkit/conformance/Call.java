package dev.thalweg.testkit.conformance;

import java.util.Map;

/**
 * An HTTP request of a caller: a POST.
 *
 * @param path the path
 * @param headers its headers, beside those of the framing
 * @param body the JSON
 */
public record Call(String path, Map<String, String> headers, String body) {
    /** Copies the map. */
    public Call {
        headers = Map.copyOf(headers);
    }
}
