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
    private final Admission admission;
    private final Recorder recorder;
    private final ChannelGroup connections;
    private final AtomicBoolean leaving;
    private volatile boolean draining;
    private volatile Snapshot snapshot;

    ServerContext(
            Snapshot snapshot,
            ChatService chat,
            Endpoints endpoints,
            Recorder recorder,
            ChannelGroup connections,
            AtomicBoolean leaving) {
        this.snapshot = snapshot;
        this.admission = new Admission(chat, snapshot.settings());
        this.chat = chat;
        this.endpoints = endpoints;
        this.recorder = recorder;
        this.connections = connections;
        this.leaving = leaving;
    }

    /** The configuration in force now. Who reads it twice may see two. */
    Snapshot snapshot() {
        return snapshot;
    }

    /** Another configuration for whoever asks from now on. */
    void snapshot(Snapshot next) {
        snapshot = next;
        admission.apply(next.settings());
    }

    Admission admission() {
        return admission;
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

    /** Whether callers are sent elsewhere: each answer closes its connection. */
    boolean leaving() {
        return leaving.get();
    }

    void leave() {
        leaving.set(true);
    }

    /** Whether the port is closed, and only what is under way goes on. */
    boolean draining() {
        return draining;
    }

    void drain() {
        leave();
        draining = true;
    }

    void unexpected(Throwable cause) {
        LOG.log(
                System.Logger.Level.ERROR,
                "A caller's connection failed in a way that is a bug in this gateway.",
                cause);
    }
}
