package dev.thalweg.gateway.server;

import dev.thalweg.core.wire.Framing;
import dev.thalweg.gateway.chat.Front;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What callers of Gemini's protocol say in a request's query. It is read here and shown nowhere, because a key may be in it. */
final class GeminiQuery {
    private GeminiQuery() {}

    /** How the events of a stream are framed: without {@code alt=sse} they are one array. */
    static Framing framing(Front front, String target) {
        return front == Front.GEMINI && !"sse".equals(value(target, "alt"))
                ? Framing.JSON_ARRAY
                : front.dialect().framing();
    }

    /** The caller's key; null where there is none. */
    static @Nullable String key(String target) {
        return value(target, "key");
    }

    private static @Nullable String value(String target, String name) {
        int query = target.indexOf('?');
        if (query < 0) {
            return null;
        }
        for (String pair : target.substring(query + 1).split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0 && pair.substring(0, equals).equals(name)) {
                try {
                    return URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8);
                } catch (IllegalArgumentException broken) {
                    return null;
                }
            }
        }
        return null;
    }
}
