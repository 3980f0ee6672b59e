package dev.thalweg.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Callers that ask for much and read one buffer a second. */
final class SlowReaders implements AutoCloseable {
    private final Queue<Channel> channels = new ConcurrentLinkedQueue<>();
    private final LongAdder bytes = new LongAdder();

    /** How much all of them have read. */
    long bytesRead() {
        return bytes.sum();
    }

    /** How many are still connected. */
    long open() {
        return channels.stream().filter(Channel::isActive).count();
    }

    ChannelInboundHandlerAdapter connection(byte[] request) {
        return new ChannelInboundHandlerAdapter() {
            @Override
            public void channelActive(ChannelHandlerContext ctx) {
                channels.add(ctx.channel());
                ctx.writeAndFlush(Unpooled.wrappedBuffer(request));
                ctx.executor().scheduleAtFixedRate(ctx::read, 1, 1, TimeUnit.SECONDS);
            }

            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                ByteBuf read = (ByteBuf) message;
                bytes.add(read.readableBytes());
                read.release();
            }
        };
    }

    @Override
    public void close() {
        channels.forEach(Channel::close);
    }
}
