package dev.thalweg.gateway.upstream;

import dev.thalweg.config.Transport;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;

/**
 * How sockets are driven: epoll where it loads, NIO elsewhere; io_uring when asked for.
 *
 * @param name what the start line calls it
 */
public record Transports(
        String name,
        IoHandlerFactory handlers,
        Class<? extends ServerChannel> serverChannel,
        Class<? extends SocketChannel> channel) {

    /**
     * The transport that was asked for.
     *
     * @throws IllegalArgumentException when this machine does not have it
     */
    public static Transports of(Transport wanted) {
        return switch (wanted) {
            case AUTO -> Epoll.isAvailable() ? epoll() : nio();
            case EPOLL -> available("epoll", Epoll.isAvailable(), epoll());
            case IO_URING -> available("io_uring", IoUring.isAvailable(), ioUring());
            case NIO -> nio();
        };
    }

    private static Transports available(String name, boolean is, Transports transports) {
        if (!is) {
            throw new IllegalArgumentException(
                    "transport: " + name + " does not load on this machine; use 'auto' or 'nio'");
        }
        return transports;
    }

    private static Transports epoll() {
        return new Transports(
                "epoll", EpollIoHandler.newFactory(), EpollServerSocketChannel.class, EpollSocketChannel.class);
    }

    private static Transports ioUring() {
        return new Transports(
                "io_uring",
                IoUringIoHandler.newFactory(),
                IoUringServerSocketChannel.class,
                IoUringSocketChannel.class);
    }

    private static Transports nio() {
        return new Transports("nio", NioIoHandler.newFactory(), NioServerSocketChannel.class, NioSocketChannel.class);
    }
}
