package dev.thalweg.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Takes requests with a {@code Content-Length}, one after the other, and answers each as its model's script says. */
final class UpstreamConnection extends ByteToMessageDecoder {
    private static final ByteBuf END_OF_HEAD = Unpooled.unreleasableBuffer(Unpooled.copiedBuffer("\r\n\r\n", US_ASCII));
    private static final int MODEL_WITHIN = 256;

    private Script script = Script.of("json");
    private long bodyLeft;
    private boolean inBody;
    private long flooded;
    private int floodWrite;

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (!inBody && !head(ctx, in)) {
            return;
        }
        if (inBody) {
            int read = (int) Math.min(bodyLeft, in.readableBytes());
            in.skipBytes(read);
            bodyLeft -= read;
            if (bodyLeft == 0) {
                inBody = false;
                answer(ctx);
            }
        }
    }

    private boolean head(ChannelHandlerContext ctx, ByteBuf in) {
        int length = ByteBufUtil.indexOf(END_OF_HEAD, in) - in.readerIndex();
        if (length < 0) {
            return false;
        }
        String head = in.toString(in.readerIndex(), length, US_ASCII);
        if (head.startsWith("GET /stats")) {
            in.skipBytes(length + 4);
            stats(ctx);
            return false;
        }
        long body = contentLength(head);
        int start = in.readerIndex() + length + 4;
        if (in.writerIndex() - start < Math.min(body, MODEL_WITHIN)) {
            return false;
        }
        String model = model(in.toString(start, (int) Math.min(body, MODEL_WITHIN), US_ASCII));
        script = Script.of(model);
        if (model.equals("dead")) {
            Upstream.FAILURES.increment();
        }
        in.readerIndex(start);
        bodyLeft = body;
        inBody = true;
        return true;
    }

    private static long contentLength(String head) {
        String lower = head.toLowerCase(Locale.ROOT);
        int at = lower.indexOf("\r\ncontent-length:");
        if (at < 0) {
            throw new IllegalArgumentException(
                    "a request without Content-Length: " + lower.lines().findFirst());
        }
        int end = lower.indexOf('\r', at + 2);
        return Long.parseLong(
                lower.substring(at + 17, end < 0 ? lower.length() : end).trim());
    }

    private static String model(String body) {
        int start = body.indexOf("\"model\":\"") + 9;
        return body.substring(start, body.indexOf('"', start));
    }

    private void answer(ChannelHandlerContext ctx) {
        Upstream.REQUESTS.increment();
        ctx.writeAndFlush(script.writes().get(0).duplicate());
        if (script.floodBytes() > 0) {
            flooded = 0;
            flood(ctx);
        } else if (script.writes().size() > 1) {
            next(ctx, script, 1);
        }
    }

    private static void next(ChannelHandlerContext ctx, Script script, int index) {
        ctx.executor()
                .schedule(
                        () -> {
                            if (ctx.channel().isActive()) {
                                ctx.writeAndFlush(script.writes().get(index).duplicate());
                                if (index + 1 < script.writes().size()) {
                                    next(ctx, script, index + 1);
                                }
                            }
                        },
                        script.gapMillis(),
                        TimeUnit.MILLISECONDS);
    }

    /** Offers as much as is taken. */
    private void flood(ChannelHandlerContext ctx) {
        while (ctx.channel().isWritable() && flooded < script.floodBytes()) {
            floodWrite = floodWrite % (script.writes().size() - 1) + 1;
            ByteBuf write = script.writes().get(floodWrite).duplicate();
            int length = write.readableBytes();
            flooded += length;
            ctx.writeAndFlush(write).addListener(sent -> Upstream.FLOOD_BYTES.add(sent.isSuccess() ? length : 0));
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        flood(ctx);
    }

    private static void stats(ChannelHandlerContext ctx) {
        String body = Upstream.REQUESTS.sum() + " " + Upstream.FLOOD_BYTES.sum() + " " + Upstream.FAILURES.sum();
        ctx.writeAndFlush(Unpooled.copiedBuffer(
                "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body, US_ASCII));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof IOException)) {
            System.err.println("upstream: " + cause);
        }
        ctx.close();
    }
}
