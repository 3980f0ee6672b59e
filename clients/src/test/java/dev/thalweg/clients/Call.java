package dev.thalweg.clients;

import java.time.Duration;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a client is asked to do; the same for all of them.
 *
 * @param operation complete, stream, assemble (stream with the library's own assembly of the answer) or models; respond,
 *     respondStream, respondAssemble, retrieve and delete in the Responses API; count tokens; model, generate and embed of
 *     providers' own clients
 * @param maxRetries how often the client itself may try again
 * @param stopAfter a stream is left after so many chunks; 0: never
 * @param checked whether the libraries for Java check what they read, as they do only on demand
 * @param request the body of a request, without {@code stream}; of retrieve and delete: an {@code id}; to a
 *     {@linkplain Client#plain plain} client: {@code model}, {@code text}, and where they matter {@code image} (a PNG),
 *     {@code tools}, {@code schema}, {@code maxTokens}, {@code think}, {@code store}, {@code back} (calls with their results),
 *     {@code run} (the tools that the model calls are run, and it is asked again); to embed: {@code inputs}
 */
record Call(
        String operation,
        String baseUrl,
        String apiKey,
        int maxRetries,
        long timeoutMillis,
        int stopAfter,
        boolean checked,
        JsonNode request) {
    // ASCII only, so that no client's way of reading lines matters.
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    static Call of(String operation, String baseUrl, JsonNode request) {
        return new Call(operation, baseUrl, "sk-caller", 0, 20_000, 0, true, request);
    }

    Call apiKey(String key) {
        return new Call(operation, baseUrl, key, maxRetries, timeoutMillis, stopAfter, checked, request);
    }

    Call maxRetries(int retries) {
        return new Call(operation, baseUrl, apiKey, retries, timeoutMillis, stopAfter, checked, request);
    }

    Call timeout(Duration timeout) {
        return new Call(operation, baseUrl, apiKey, maxRetries, timeout.toMillis(), stopAfter, checked, request);
    }

    Call stopAfter(int chunks) {
        return new Call(operation, baseUrl, apiKey, maxRetries, timeoutMillis, chunks, checked, request);
    }

    Call unchecked() {
        return new Call(operation, baseUrl, apiKey, maxRetries, timeoutMillis, stopAfter, false, request);
    }

    /** As one line of JSON. */
    String line() {
        return JSON.writeValueAsString(this);
    }
}
