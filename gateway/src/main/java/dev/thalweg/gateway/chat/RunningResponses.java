package dev.thalweg.gateway.chat;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The streamed responses that are being written, by their ids, each for its owner to cancel. Thread-safe. */
final class RunningResponses {
    private final Map<Key, ChatExchange> exchanges = new ConcurrentHashMap<>();

    /**
     * Whose response, and which.
     *
     * @param owner the key it was asked with, by its name; null where none is needed
     */
    record Key(@Nullable String owner, String id) {}

    void add(Key key, ChatExchange exchange) {
        exchanges.put(key, exchange);
    }

    void remove(Key key, ChatExchange exchange) {
        var _ = exchanges.remove(key, exchange);
    }

    /** Cancels one, as {@link ChatService#cancel} says. */
    boolean cancel(Key key, Consumer<byte @Nullable []> told) {
        ChatExchange exchange = exchanges.get(key);
        if (exchange != null) {
            exchange.cancel(told);
        }
        return exchange != null;
    }
}
