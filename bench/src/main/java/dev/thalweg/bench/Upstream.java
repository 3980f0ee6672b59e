package dev.thalweg.bench;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The scripted upstream, a process of its own on one event loop. Prints its two ports: plain and TLS. */
final class Upstream {
    /** Requests answered; shown by {@code GET /stats} with the bytes of floods that left. */
    static final LongAdder REQUESTS = new LongAdder();

    static final LongAdder FLOOD_BYTES = new LongAdder();
    static final LongAdder FAILURES = new LongAdder();

    private Upstream() {}

    static void main(Path directory) throws Exception {
        Sockets sockets = Sockets.best();
        MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, sockets.handlers());
        Certificate certificate = new Certificate(directory);
        SslContext tls = SslContextBuilder.forServer(
                        certificate.chain().toFile(), certificate.key().toFile())
                .build();
        System.out.println(listen(sockets, loops, null) + " " + listen(sockets, loops, tls));
        new CountDownLatch(1).await();
    }

    private static int listen(Sockets sockets, MultiThreadIoEventLoopGroup loops, @Nullable SslContext tls) {
        Channel listener = new ServerBootstrap()
                .group(loops)
                .channel(sockets.server())
                .option(ChannelOption.SO_BACKLOG, 4096)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        if (tls != null) {
                            channel.pipeline().addLast(tls.newHandler(channel.alloc()));
                        }
                        channel.pipeline().addLast(new UpstreamConnection());
                    }
                })
                .bind("127.0.0.1", 0)
                .syncUninterruptibly()
                .channel();
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }
}
