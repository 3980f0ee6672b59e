package dev.thalweg.clients;

import dev.thalweg.testkit.Framing;
import dev.thalweg.testkit.Script;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a real provider once answered.
 *
 * @param provider the provider's directory
 * @param name the file, in its provider's directory
 * @param body the exact bytes; of a list of chunks, the stream that they came in
 */
record Recording(Wire wire, String provider, String name, int status, boolean streamed, byte[] body) {
    private static final Pattern MODEL = Pattern.compile("\"model(?:Version)?\": ?\"([^\"]+)\"");

    /** The protocol that a recording is in. */
    enum Wire {
        CHAT,
        RESPONSES,
        MESSAGES,
        GEMINI,
        COHERE,
        OLLAMA
    }

    /** The first model that it names. */
    String model() {
        Matcher named = MODEL.matcher(text());
        return named.find() ? named.group(1) : "some-model";
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** An upstream's answer with these bytes. */
    Script script() {
        if (streamed && wire == Wire.OLLAMA) {
            return Script.status(status)
                    .framing(Framing.CHUNKED)
                    .header("Content-Type", "application/x-ndjson")
                    .bytes(body)
                    .build();
        }
        if (streamed) {
            return Script.replay(body);
        }
        return Script.status(status)
                .header("Content-Type", "application/json")
                .bytes(body)
                .build();
    }

    @Override
    public String toString() {
        return provider + "/" + name;
    }
}
