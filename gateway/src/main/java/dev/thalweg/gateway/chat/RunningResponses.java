package dev.thalweg.gateway.chat;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The streamed responses that are being written, by their ids, each for its owner to cancel. Thread-safe. */
final class RunningResponses {
    private final Map<ResponseKey, ChatExchange> exchanges = new ConcurrentHashMap<>();

    void add(ResponseKey key, ChatExchange exchange) {
        exchanges.put(key, exchange);
    }

    void remove(ResponseKey key, ChatExchange exchange) {
        var _ = exchanges.remove(key, exchange);
    }

    /** Cancels one, as {@link ChatService#cancel} says. */
    boolean cancel(ResponseKey key, Consumer<byte @Nullable []> told) {
        ChatExchange exchange = exchanges.get(key);
        if (exchange != null) {
            exchange.cancel(told);
        }
        return exchange != null;
    }
}
