package dev.thalweg.gateway.server;

import dev.thalweg.gateway.chat.ChatService;
import dev.thalweg.gateway.record.Recorder;
import io.netty.channel.group.ChannelGroup;
import java.util.concurrent.atomic.AtomicBoolean;

/** What all callers' connections share. Thread-safe. */
final class ServerContext {
    /** How many bytes of a body have to come within one turn of its clock. */
    static final int MIN_BODY_PROGRESS = 16 * 1024;

    private static final System.Logger LOG = System.getLogger(ServerContext.class.getName());

    private final ChatService chat;
    private final Endpoints endpoints;
    private final Recorder recorder;
    private final ChannelGroup connections;
    private final AtomicBoolean draining;
    private volatile Snapshot snapshot;

    ServerContext(
            Snapshot snapshot,
            ChatService chat,
            Endpoints endpoints,
            Recorder recorder,
            ChannelGroup connections,
            AtomicBoolean draining) {
        this.snapshot = snapshot;
        this.chat = chat;
        this.endpoints = endpoints;
        this.recorder = recorder;
        this.connections = connections;
        this.draining = draining;
    }

    /** The configuration in force now. Who reads it twice may see two. */
    Snapshot snapshot() {
        return snapshot;
    }

    /** Another configuration for whoever asks from now on. */
    void snapshot(Snapshot next) {
        snapshot = next;
    }

    ChatService chat() {
        return chat;
    }

    Endpoints endpoints() {
        return endpoints;
    }

    Recorder recorder() {
        return recorder;
    }

    ChannelGroup connections() {
        return connections;
    }

    boolean draining() {
        return draining.get();
    }

    void drain() {
        draining.set(true);
    }

    void unexpected(Throwable cause) {
        LOG.log(
                System.Logger.Level.ERROR,
                "A caller's connection failed in a way that is a bug in this gateway.",
                cause);
    }
}
