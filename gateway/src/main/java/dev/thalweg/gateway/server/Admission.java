package dev.thalweg.gateway.server;

import dev.thalweg.config.Settings;
import dev.thalweg.core.wire.HeldBytes;
import dev.thalweg.gateway.chat.ChatService;
import io.netty.util.internal.PlatformDependent;
import org.jspecify.annotations.Nullable;

/**
 * Whether there is room for one more request: in number, in bytes of bodies, in the heap. Who finds none is told at once, so
 * that those who are in are served well. Thread-safe.
 */
final class Admission {
    private final ChatService chat;
    private final HeldBytes bodies;
    private final HeapPressure heap = new HeapPressure();

    Admission(ChatService chat, Settings settings) {
        this.chat = chat;
        this.bodies = new HeldBytes(bytes(settings));
    }

    /** Another configuration: what is in stays in. */
    void apply(Settings settings) {
        bodies.limit(bytes(settings));
    }

    private static long bytes(Settings settings) {
        return settings.maxBufferedBytes() > 0 ? settings.maxBufferedBytes() : PlatformDependent.maxDirectMemory() / 2;
    }

    /** What the bodies of all requests hold. */
    HeldBytes bodies() {
        return bodies;
    }

    /** Why there is no room for another request; null where there is. Loops that ask at the same instant may all get in. */
    @Nullable
    String refusal(Settings settings) {
        int most = settings.maxRequestsInFlight();
        int running = chat.running();
        if (most > 0 && running >= most) {
            return "This gateway serves as many requests as it may at a time; try again in a second.";
        }
        if (heap.limits(running, settings.maxHeapPercent())) {
            return "This gateway is short of memory; try again in a second.";
        }
        return null;
    }
}
