package dev.thalweg.gateway.server;

import dev.thalweg.core.wire.HeldBytes;
import dev.thalweg.gateway.chat.ChatService;
import dev.thalweg.gateway.chat.LoopState;
import dev.thalweg.gateway.chat.ModelTable;
import dev.thalweg.gateway.config.GatewayConfig;
import dev.thalweg.gateway.config.Settings;
import dev.thalweg.gateway.record.Metrics;
import dev.thalweg.gateway.record.Recorder;
import dev.thalweg.gateway.upstream.Connector;
import dev.thalweg.gateway.upstream.Proxy;
import dev.thalweg.gateway.upstream.Tls;
import dev.thalweg.gateway.upstream.Transports;
import dev.thalweg.gateway.upstream.UpstreamPools;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

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
    private final ChatService chat;
    private final Recorder recorder;
    private final ChannelGroup connections;
    private final Settings settings;
    private final String transport;
    private final AtomicBoolean closed = new AtomicBoolean();

    private GatewayServer(
            EventLoopGroup loops,
            Channel listener,
            ServerContext context,
            ChatService chat,
            Recorder recorder,
            ChannelGroup connections,
            Settings settings,
            String transport) {
        this.loops = loops;
        this.listener = listener;
        this.context = context;
        this.chat = chat;
        this.recorder = recorder;
        this.connections = connections;
        this.settings = settings;
        this.transport = transport;
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
        Metrics metrics = new Metrics();
        HeldBytes heldBytes = new HeldBytes(settings.maxHeldBytes());
        metrics.gauge("thalweg_held_bytes", "Bytes held back for the rest of an event.", heldBytes::held);
        Recorder recorder = new Recorder(dataDirectory, log, metrics);
        ChatService chat = new ChatService(settings, new ModelTable(config.deployments()), recorder, heldBytes);
        ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
        metrics.gauge("thalweg_caller_connections", "Open connections of callers.", connections::size);
        ServerContext context = context(config, connector, metrics, recorder, chat, connections);
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(settings.eventLoops(), transports.handlers());
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
                            channel.pipeline().addLast(codec(), new CallerConnection(context));
                        }
                    })
                    .bind(address)
                    .syncUninterruptibly()
                    .channel();
            return new GatewayServer(
                    loops, listener, context, chat, recorder, connections, settings, transports.name());
        } catch (Throwable e) {
            // Netty throws the checked BindException without saying so.
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            recorder.close();
            throw e;
        }
    }

    private static ServerContext context(
            GatewayConfig config,
            Connector connector,
            Metrics metrics,
            Recorder recorder,
            ChatService chat,
            ChannelGroup connections) {
        Settings settings = config.settings();
        AtomicBoolean draining = new AtomicBoolean();
        Endpoints endpoints = new Endpoints(chat, metrics, recorder, draining::get);
        return new ServerContext(
                config,
                chat,
                endpoints,
                recorder,
                connections,
                draining,
                loop -> new LoopState(
                        new UpstreamPools(loop, connector, settings.maxConnectionsPerUpstream()),
                        settings.maxJsonDepth()));
    }

    private static HttpServerCodec codec() {
        return new HttpServerCodec(new HttpDecoderConfig()
                .setMaxInitialLineLength(MAX_LINE_BYTES)
                .setMaxHeaderSize(MAX_HEAD_BYTES)
                .setMaxChunkSize(RECEIVE_BUFFER));
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
        return chat.running();
    }

    /**
     * Stops: takes nothing new, lets running requests finish within the shutdown timeout, ends the rest with an error
     * that says so, and writes the record. Blocks until then.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        context.drain();
        listener.close().syncUninterruptibly();
        connections.forEach(channel -> channel.pipeline().fireUserEventTriggered(CallerConnection.DRAIN));
        await(settings.shutdownTimeout());
        chat.shutDown();
        await(Duration.ofSeconds(2));
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
        recorder.close();
    }

    /** Waits for the last answer to be out, and with it the last connection closed. */
    private void await(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (!connections.isEmpty() && System.nanoTime() < end) {
            try {
                TimeUnit.MILLISECONDS.sleep(10);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
