package dev.thalweg.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ByteProcessor;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;

/** One connection of a {@link Load}. Looks at every byte once: blank lines, the first text and the last eight bytes. */
final class LoadConnection extends SimpleChannelInboundHandler<HttpObject> implements ByteProcessor {
    private static final long FIRST = eight(Script.FIRST_TEXT);
    private static final long DONE = eight("[DONE]\n\n");

    /** The end of Anthropic's last event. */
    private static final long STOP = eight("stop\"}\n\n");

    private static final int BLANK_LINE = '\n' << 8 | '\n';

    private final ByteBuf request;
    private final int wantedEvents;
    private final Samples samples;
    private final CountDownLatch ended;
    private final CountDownLatch open;
    private int left;
    private long sent;
    private long firstToken;
    private int status;
    private int events;
    private boolean done;
    private long tail;
    private boolean over;

    LoadConnection(ByteBuf request, int each, int events, Samples samples, CountDownLatch ended, CountDownLatch open) {
        this.request = request;
        this.left = each;
        this.wantedEvents = events;
        this.samples = samples;
        this.ended = ended;
        this.open = open;
    }

    private static long eight(String ascii) {
        return ByteBuffer.wrap(ascii.getBytes(US_ASCII)).getLong();
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        send(ctx);
    }

    private void send(ChannelHandlerContext ctx) {
        firstToken = 0;
        status = 0;
        events = 0;
        done = false;
        tail = 0;
        sent = System.nanoTime();
        ctx.writeAndFlush(request.duplicate());
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HttpObject part) {
        if (part instanceof HttpResponse head) {
            status = head.status().code();
        }
        if (part instanceof HttpContent content) {
            content.content().forEachByte(this);
        }
        if (part instanceof LastHttpContent) {
            answered(ctx);
        }
    }

    @Override
    public boolean process(byte b) {
        tail = tail << 8 | (b & 0xFF);
        if ((tail & 0xFFFF) == BLANK_LINE) {
            events++;
            done |= tail == DONE || tail == STOP;
        } else if (tail == FIRST && firstToken == 0) {
            firstToken = System.nanoTime();
            open.countDown();
        }
        return true;
    }

    private void answered(ChannelHandlerContext ctx) {
        long now = System.nanoTime();
        if (status != 200 || firstToken == 0) {
            samples.failed("an answer with status " + status + (firstToken == 0 ? " and without its text" : ""));
        } else if (wantedEvents != 0 && !done) {
            samples.failed("a stream without its end");
        } else if (wantedEvents > 0 && events != wantedEvents) {
            samples.failed("a stream with " + events + " events instead of " + wantedEvents);
        } else {
            samples.add(now - sent, firstToken - sent);
        }
        left--;
        if (left > 0) {
            send(ctx);
        } else {
            over(ctx);
        }
    }

    private void over(ChannelHandlerContext ctx) {
        if (!over) {
            over = true;
            ctx.close();
            ended.countDown();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (!over) {
            samples.failed("a connection was closed before its last answer was complete");
        }
        over(ctx);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        samples.failed(cause.toString());
        over(ctx);
    }
}
