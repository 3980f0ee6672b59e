package dev.thalweg.gateway.server;

import dev.thalweg.gateway.chat.ChatService;
import dev.thalweg.gateway.chat.LoopState;
import dev.thalweg.gateway.config.GatewayConfig;
import dev.thalweg.gateway.config.Settings;
import dev.thalweg.gateway.record.Recorder;
import io.netty.channel.EventLoop;
import io.netty.channel.group.ChannelGroup;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** What all callers' connections share. Thread-safe. */
final class ServerContext {
    /** How many bytes of a body have to come within one turn of its clock. */
    static final int MIN_BODY_PROGRESS = 16 * 1024;

    private static final System.Logger LOG = System.getLogger(ServerContext.class.getName());

    private final Settings settings;
    private final Keys keys;
    private final AccessRules rules;
    private final ChatService chat;
    private final Endpoints endpoints;
    private final Recorder recorder;
    private final ChannelGroup connections;
    private final AtomicBoolean draining;
    private final Function<EventLoop, LoopState> newLoopState;
    private final Map<EventLoop, LoopState> loopStates = new ConcurrentHashMap<>();

    ServerContext(
            GatewayConfig config,
            ChatService chat,
            Endpoints endpoints,
            Recorder recorder,
            ChannelGroup connections,
            AtomicBoolean draining,
            Function<EventLoop, LoopState> newLoopState) {
        this.settings = config.settings();
        this.keys = new Keys(config);
        this.rules = new AccessRules(config);
        this.chat = chat;
        this.endpoints = endpoints;
        this.recorder = recorder;
        this.connections = connections;
        this.draining = draining;
        this.newLoopState = newLoopState;
    }

    Settings settings() {
        return settings;
    }

    Keys keys() {
        return keys;
    }

    AccessRules rules() {
        return rules;
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

    /** What this event loop keeps. */
    LoopState loopState(EventLoop loop) {
        return loopStates.computeIfAbsent(loop, newLoopState);
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
