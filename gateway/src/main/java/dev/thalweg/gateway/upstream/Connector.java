package dev.thalweg.gateway.upstream;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.proxy.HttpProxyHandler;
import io.netty.handler.proxy.ProxyHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Opens connections to providers: all of a name's addresses in turn, through the proxy, with TLS. Thread-safe. */
public final class Connector {
    private static final int MAX_HEAD_BYTES = 64 * 1024;
    private static final int RECEIVE_BUFFER = 256 * 1024;

    private final Transports transports;
    private final SslContext tls;
    private final Proxy proxy;
    private final Duration eachAddress;

    /**
     * A connector.
     *
     * @param eachAddress how long one of several addresses is tried before the next; the caller's clock bounds them all
     */
    public Connector(Transports transports, SslContext tls, Proxy proxy, Duration eachAddress) {
        this.transports = transports;
        this.tls = tls;
        this.proxy = proxy;
        this.eachAddress = eachAddress;
    }

    /** Who is told how connecting ended, on the loop. */
    interface Result {
        /** The connection stands, TLS included. */
        void connected(Channel channel);

        /** It does not, for this reason, which names no address. */
        void failed(String reason);
    }

    /** Connects on the loop; the result is never told before this returns. It is over when the result was told, or after {@link Pending#cancel()}. */
    Pending connect(Address address, EventLoop loop, Result result) {
        Pending pending = new Pending(address, loop, result);
        Optional<URI> through = proxy.forAddress(address);
        Address first = through.map(Address::of).orElse(address);
        loop.execute(() -> Resolver.resolve(
                first.host(), loop, addresses -> pending.begin(addresses, first.port(), through.isPresent())));
        return pending;
    }

    /** A connection on its way. */
    final class Pending {
        private final Address address;
        private final EventLoop loop;
        private final Result result;
        private boolean cancelled;
        private @Nullable Channel onItsWay;
        private boolean viaProxy;
        private int port;
        private List<InetAddress> addresses = List.of();
        private int next;

        private Pending(Address address, EventLoop loop, Result result) {
            this.address = address;
            this.loop = loop;
            this.result = result;
        }

        /** Nobody waits for it any more: what stands of it is closed. */
        void cancel() {
            cancelled = true;
            if (onItsWay != null) {
                onItsWay.close();
            }
        }

        private void begin(List<InetAddress> found, int toPort, boolean proxied) {
            addresses = found;
            port = toPort;
            viaProxy = proxied;
            if (found.isEmpty()) {
                fail("its host name is unknown");
            } else {
                tryNext();
            }
        }

        private void tryNext() {
            if (cancelled) {
                return;
            }
            InetSocketAddress target = new InetSocketAddress(addresses.get(next++), port);
            Bootstrap bootstrap = new Bootstrap()
                    .group(loop)
                    .channel(transports.channel())
                    .option(ChannelOption.TCP_NODELAY, true)
                    .option(ChannelOption.SO_KEEPALIVE, true)
                    .option(ChannelOption.SO_RCVBUF, RECEIVE_BUFFER)
                    .handler(new ChannelInitializer<SocketChannel>() {
                        @Override
                        protected void initChannel(SocketChannel channel) {
                            prepare(channel);
                        }
                    });
            if (addresses.size() > next) {
                bootstrap.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) eachAddress.toMillis());
            }
            InetSocketAddress remote =
                    viaProxy ? InetSocketAddress.createUnresolved(address.host(), address.port()) : target;
            ChannelFuture connecting = viaProxy ? proxied(bootstrap, target, remote) : bootstrap.connect(remote);
            onItsWay = connecting.channel();
            connecting.addListener(done -> {
                if (!done.isSuccess()) {
                    failed(done.cause());
                } else {
                    opened(connecting.channel());
                }
            });
        }

        /** The proxy handler dials the proxy itself; the channel is asked for the provider's name, unresolved. */
        private ChannelFuture proxied(Bootstrap bootstrap, InetSocketAddress proxyAddress, InetSocketAddress remote) {
            return bootstrap
                    .disableResolver()
                    .handler(new ChannelInitializer<SocketChannel>() {
                        @Override
                        protected void initChannel(SocketChannel channel) {
                            ProxyHandler handler = new HttpProxyHandler(proxyAddress);
                            // The exchange's own clock bounds the last address, as it does without a proxy.
                            handler.setConnectTimeoutMillis(addresses.size() > next ? eachAddress.toMillis() : 0);
                            channel.pipeline().addFirst(handler);
                            prepare(channel);
                        }
                    })
                    .connect(remote);
        }

        private void prepare(SocketChannel channel) {
            if (address.tls()) {
                SslHandler handler = tls.newHandler(channel.alloc(), address.host(), address.port());
                handler.setHandshakeTimeoutMillis(0);
                channel.pipeline().addLast("tls", handler);
            }
            channel.pipeline()
                    .addLast(
                            "http",
                            new HttpClientCodec(
                                    new HttpDecoderConfig()
                                            .setMaxHeaderSize(MAX_HEAD_BYTES)
                                            .setMaxInitialLineLength(8192),
                                    false,
                                    false))
                    .addLast("connecting", new ConnectingHandler());
        }

        private void opened(Channel channel) {
            SslHandler handler = channel.pipeline().get(SslHandler.class);
            if (handler == null) {
                connected(channel);
                return;
            }
            handler.handshakeFuture().addListener(done -> {
                if (done.isSuccess()) {
                    connected(channel);
                } else {
                    channel.close();
                    fail(ConnectFailures.inTls(done.cause()));
                }
            });
        }

        private void connected(Channel channel) {
            if (cancelled) {
                channel.close();
            } else {
                channel.pipeline().remove(ConnectingHandler.class);
                result.connected(channel);
            }
        }

        private void failed(Throwable cause) {
            if (next < addresses.size()) {
                tryNext();
            } else {
                fail("the connection was " + (cause instanceof java.net.ConnectException ? "refused" : "not made"));
            }
        }

        private void fail(String reason) {
            if (!cancelled) {
                result.failed(reason);
            }
        }
    }

    /** Stands at the end while a connection is made: what goes wrong is told by the futures, so it ends here unlogged. */
    private static final class ConnectingHandler extends ChannelInboundHandlerAdapter {
        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }
}
