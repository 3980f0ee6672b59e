package dev.thalweg.gateway.chat;

import dev.thalweg.core.route.RouteListener;
import dev.thalweg.core.route.RouteStates;
import dev.thalweg.core.wire.HeldBytes;
import dev.thalweg.gateway.record.Recorder;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What all exchanges share, whatever configuration they began with: the record, the room for what is held back, and the
 * list of exchanges that are under way. Thread-safe.
 */
public final class ChatService {
    private final Recorder recorder;
    private final HeldBytes heldBytes;
    private final ResponseStore responses;
    private final RouteStates routes = new RouteStates();
    private final RouteListener<Target> routeEvents;
    private final Set<ChatExchange> running = ConcurrentHashMap.newKeySet();
    private final RunningResponses runningResponses = new RunningResponses();

    /** The service, with nothing under way. */
    public ChatService(Recorder recorder, HeldBytes heldBytes, ResponseStore responses) {
        this.recorder = recorder;
        this.heldBytes = heldBytes;
        this.responses = responses;
        this.routeEvents = new RouteLog(recorder);
    }

    Recorder recorder() {
        return recorder;
    }

    /** What is known of deployments and groups, whatever configuration they are in. */
    public RouteStates routes() {
        return routes;
    }

    /** What routing calls now: monotonic nanoseconds since this process started. */
    public static long now() {
        return Alarm.now();
    }

    RouteListener<Target> routeEvents() {
        return routeEvents;
    }

    /** The answers that callers may come back to. */
    public ResponseStore responses() {
        return responses;
    }

    RunningResponses runningResponses() {
        return runningResponses;
    }

    /**
     * Cancels the response of this id that is being streamed to this owner.
     *
     * @param told gets the response object as far as it has come, or null where it ended before; on another thread
     * @return false where there is none: then nothing is told
     */
    public boolean cancel(String id, @Nullable String owner, Consumer<byte @Nullable []> told) {
        return runningResponses.cancel(new ResponseKey(owner, id), told);
    }

    HeldBytes heldBytes() {
        return heldBytes;
    }

    void began(ChatExchange exchange) {
        running.add(exchange);
        recorder.began();
    }

    void ended(ChatExchange exchange) {
        running.remove(exchange);
    }

    /** How many exchanges are under way. */
    public int running() {
        return running.size();
    }

    /** Ends every exchange that is still under way, each on its own loop, because the process stops. */
    public void shutDown() {
        running.forEach(ChatExchange::shutDown);
    }
}
