package dev.thalweg.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Requests over kept connections, each connection one after the other; every answer is read to its end and looked at.
 *
 * @param tls what connections are encrypted with; null for none
 * @param request one request, head and body
 * @param connections how many at a time
 * @param each how many requests each connection makes
 * @param rampMillis over how long the connections begin, evenly
 * @param events how many events an answer must have; -1: any number; 0: it is no stream
 */
record Load(int port, @Nullable SslContext tls, byte[] request, int connections, int each, int rampMillis, int events) {
    private static final EventLoopGroup LOOPS = new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("load", true), Sockets.best().handlers());
    private static final int MAX_SECONDS = 180;
    private static final String HOST = "127.0.0.1";

    /** A load without TLS. */
    Load(int port, byte[] request, int connections, int each, int rampMillis, int events) {
        this(port, null, request, connections, each, rampMillis, events);
    }

    /** Runs it to the end. */
    Samples run() throws InterruptedException {
        return run(null);
    }

    /** Runs it to the end; {@code whenAllOpen} is run when every connection has seen the first token of an answer. */
    Samples run(@Nullable Runnable whenAllOpen) throws InterruptedException {
        Samples samples = new Samples(connections * each);
        CountDownLatch ended = new CountDownLatch(connections);
        CountDownLatch open = new CountDownLatch(connections);
        ByteBuf bytes = Unpooled.unreleasableBuffer(
                Unpooled.directBuffer(request.length).writeBytes(request));
        Bootstrap bootstrap = new Bootstrap()
                .group(LOOPS)
                .channel(Sockets.best().client())
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        if (tls != null) {
                            channel.pipeline().addLast(tls.newHandler(channel.alloc(), HOST, port));
                        }
                        channel.pipeline()
                                .addLast(
                                        new HttpResponseDecoder(4096, 65_536, 65_536),
                                        new LoadConnection(bytes, each, events, samples, ended, open));
                    }
                });
        for (int i = 0; i < connections; i++) {
            LOOPS.schedule(
                    () -> connect(bootstrap, samples, ended),
                    (long) rampMillis * i / connections,
                    TimeUnit.MILLISECONDS);
        }
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(MAX_SECONDS);
        if (whenAllOpen != null && open.await(MAX_SECONDS, TimeUnit.SECONDS)) {
            whenAllOpen.run();
        }
        if (!ended.await(limit - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            samples.failed(ended.getCount() + " connections were not done after " + MAX_SECONDS + " s");
        }
        return samples;
    }

    private void connect(Bootstrap bootstrap, Samples samples, CountDownLatch ended) {
        bootstrap.connect(HOST, port).addListener((ChannelFutureListener) done -> {
            if (!done.isSuccess()) {
                samples.failed("cannot connect: " + done.cause());
                ended.countDown();
            }
        });
    }

    /** Connections that take what they are sent only a little at a time; close to end them. */
    static SlowReaders slow(int port, byte[] request, int connections) {
        SlowReaders readers = new SlowReaders();
        Bootstrap bootstrap = new Bootstrap()
                .group(LOOPS)
                .channel(Sockets.best().client())
                .option(ChannelOption.AUTO_READ, false)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(readers.connection(request));
                    }
                });
        for (int i = 0; i < connections; i++) {
            LOOPS.schedule(
                    () -> {
                        bootstrap.connect(HOST, port);
                    },
                    2L * i,
                    TimeUnit.MILLISECONDS);
        }
        return readers;
    }
}
