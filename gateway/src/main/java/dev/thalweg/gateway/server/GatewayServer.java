package dev.thalweg.gateway.server;

import static java.util.Objects.requireNonNull;

import dev.thalweg.config.GatewayConfig;
import dev.thalweg.config.ReloadOutcome;
import dev.thalweg.config.Settings;
import dev.thalweg.core.wire.HeldBytes;
import dev.thalweg.gateway.chat.ChatService;
import dev.thalweg.gateway.chat.LoopState;
import dev.thalweg.gateway.chat.ResponseStore;
import dev.thalweg.gateway.record.Metrics;
import dev.thalweg.gateway.record.Recorder;
import dev.thalweg.gateway.tls.CallerTls;
import dev.thalweg.gateway.upstream.Address;
import dev.thalweg.gateway.upstream.Connector;
import dev.thalweg.gateway.upstream.Proxy;
import dev.thalweg.gateway.upstream.Tls;
import dev.thalweg.gateway.upstream.Transports;
import dev.thalweg.gateway.upstream.UpstreamPools;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A running gateway: the listening socket, the event loops, the record. Closing it lets running requests finish first.
 * Thread-safe.
 */
public final class GatewayServer implements AutoCloseable {
    private static final int MAX_HEAD_BYTES = 32 * 1024;
    private static final int MAX_LINE_BYTES = 8 * 1024;
    private static final int RECEIVE_BUFFER = 256 * 1024;
    private static final Duration EACH_ADDRESS = Duration.ofMillis(1500);

    private final EventLoopGroup loops;
    private final Channel listener;
    private final ServerContext context;
    private final Recorder recorder;
    private final Metrics metrics;
    private final HeldBytes heldBytes;
    private final Map<EventLoop, LoopState> loopStates;
    private final String transport;
    private final @Nullable CallerTls tls;
    private final Shutdown shutdown;

    private GatewayServer(
            EventLoopGroup loops,
            Channel listener,
            ServerContext context,
            Recorder recorder,
            Metrics metrics,
            HeldBytes heldBytes,
            Map<EventLoop, LoopState> loopStates,
            String transport,
            @Nullable CallerTls tls) {
        this.loops = loops;
        this.tls = tls;
        this.listener = listener;
        this.context = context;
        this.recorder = recorder;
        this.metrics = metrics;
        this.heldBytes = heldBytes;
        this.loopStates = loopStates;
        this.transport = transport;
        this.shutdown = new Shutdown(context, listener);
        metrics.routes(() -> snapshot().models().routed(), ChatService::now);
    }

    /**
     * Starts a gateway.
     *
     * @param address where to listen; port 0 takes any free one
     * @param environment where {@code HTTPS_PROXY} and {@code NO_PROXY} are looked up
     * @param dataDirectory where the request record is written
     * @param log where a line for each request goes
     * @throws java.io.UncheckedIOException when the record cannot be written
     * @throws IllegalArgumentException when a setting cannot be met on this machine
     */
    public static GatewayServer start(
            GatewayConfig config,
            InetSocketAddress address,
            Map<String, String> environment,
            Path dataDirectory,
            OutputStream log) {
        Settings settings = config.settings();
        Transports transports = Transports.of(settings.transport());
        Connector connector =
                new Connector(transports, Tls.client(settings.caFile()), Proxy.of(environment), EACH_ADDRESS);
        CallerTls tls = CallerTls.of(settings);
        Metrics metrics = new Metrics();
        HeldBytes heldBytes = new HeldBytes(settings.maxHeldBytes());
        metrics.gauge("thalweg_held_bytes", "Bytes held back for the rest of an event.", heldBytes::held);
        Recorder recorder = new Recorder(dataDirectory, log, metrics);
        ChatService chat = new ChatService(recorder, heldBytes, new ResponseStore(settings));
        Snapshot snapshot = Snapshot.of(config, chat.routes());
        ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
        metrics.gauge("thalweg_caller_connections", "Open connections of callers.", connections::size);
        AtomicBoolean leaving = new AtomicBoolean();
        Endpoints endpoints = new Endpoints(metrics, recorder, leaving::get);
        ServerContext context = new ServerContext(snapshot, chat, endpoints, recorder, connections, leaving);
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(settings.eventLoops(), transports.handlers());
        Map<EventLoop, LoopState> loopStates = loopStates(loops, connector, snapshot);
        try {
            Channel listener = new ServerBootstrap()
                    .group(loops)
                    .channel(transports.serverChannel())
                    .option(ChannelOption.SO_BACKLOG, 4096)
                    .option(ChannelOption.SO_REUSEADDR, true)
                    .option(ChannelOption.SO_RCVBUF, RECEIVE_BUFFER)
                    .childOption(ChannelOption.TCP_NODELAY, true)
                    .childOption(ChannelOption.SO_KEEPALIVE, true)
                    .childHandler(new ChannelInitializer<SocketChannel>() {
                        @Override
                        protected void initChannel(SocketChannel channel) {
                            LoopState loopState = requireNonNull(loopStates.get(channel.eventLoop()));
                            if (tls != null) {
                                channel.pipeline().addLast(tls.handler(channel.alloc()));
                            }
                            channel.pipeline().addLast(codec(), new CallerConnection(context, loopState));
                        }
                    })
                    .bind(address)
                    .syncUninterruptibly()
                    .channel();
            return new GatewayServer(
                    loops, listener, context, recorder, metrics, heldBytes, loopStates, transports.name(), tls);
        } catch (Throwable e) {
            // Netty throws the checked BindException without saying so.
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            recorder.close();
            throw e;
        }
    }

    /** What each event loop keeps. All of it is made before the first connection, so that no change can miss one. */
    private static Map<EventLoop, LoopState> loopStates(EventLoopGroup loops, Connector connector, Snapshot snapshot) {
        Settings settings = snapshot.settings();
        Set<Address> upstreams = snapshot.models().upstreams();
        Map<EventLoop, LoopState> states = new HashMap<>();
        for (EventExecutor executor : loops) {
            EventLoop loop = (EventLoop) executor;
            UpstreamPools pools = new UpstreamPools(loop, connector, upstreams, settings.maxConnectionsPerUpstream());
            states.put(loop, new LoopState(pools, settings.maxJsonDepth()));
        }
        return Map.copyOf(states);
    }

    private static HttpServerCodec codec() {
        return new HttpServerCodec(new HttpDecoderConfig()
                .setMaxInitialLineLength(MAX_LINE_BYTES)
                .setMaxHeaderSize(MAX_HEAD_BYTES)
                .setMaxChunkSize(RECEIVE_BUFFER));
    }

    /**
     * Puts another configuration in the place of the one in force, all of it at once: a request whose head comes after this
     * returned sees only the new one, one that was begun keeps the one it began with. Connections to providers that both
     * name are kept, the others serve what is under way and close. What is decided at the start, such as the transport, stays
     * as it is ({@link dev.thalweg.config.ConfigChanges#waitingForStart}). Called by one thread at a time.
     */
    public void apply(GatewayConfig config) {
        Snapshot next = Snapshot.of(config, context.chat().routes());
        Set<Address> upstreams = next.models().upstreams();
        int most = config.settings().maxConnectionsPerUpstream();
        heldBytes.limit(config.settings().maxHeldBytes());
        context.chat().responses().apply(config.settings());
        context.snapshot(next);
        loopStates.forEach((loop, state) -> loop.execute(() -> state.keep(upstreams, most)));
    }

    /**
     * Looks whether the certificate shown to callers is another one now, and puts it into force.
     *
     * @return what is to be said of it; empty where nothing changed
     */
    public Optional<String> lookAtCertificate() {
        return tls == null ? Optional.empty() : Optional.ofNullable(tls.look());
    }

    /** Whether callers speak TLS. */
    public boolean encrypts() {
        return tls != null;
    }

    /** Counts an attempt to change the configuration. */
    public void reloaded(ReloadOutcome outcome) {
        metrics.reloaded(outcome);
    }

    Snapshot snapshot() {
        return context.snapshot();
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    /** How its sockets are driven: {@code epoll}, {@code io_uring} or {@code nio}. */
    public String transport() {
        return transport;
    }

    /** How many chat requests are under way. */
    public int running() {
        return context.chat().running();
    }

    /**
     * Takes leave: readiness fails from now on and every answer closes its connection, so that callers go elsewhere, but the
     * port stays open and requests are served. Blocks for the shutdown delay; {@link #close} comes after it.
     *
     * @param log is told what happens and how long that takes
     */
    public void leave(Consumer<String> log) {
        shutdown.leave(log);
    }

    /** Stops without taking leave. */
    @Override
    public void close() {
        close(line -> {});
    }

    /**
     * Stops: takes nothing new, lets running requests finish within the shutdown timeout, ends the rest with an error
     * that says so, and writes the record. Blocks until then.
     *
     * @param log is told what happens and how long that may take
     */
    public void close(Consumer<String> log) {
        if (shutdown.close(log)) {
            loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
            recorder.close();
        }
    }

    /** Ends the waiting of {@link #leave} and {@link #close}: requests that are under way then end with an error. */
    public void hurry() {
        shutdown.hurry();
    }
}
