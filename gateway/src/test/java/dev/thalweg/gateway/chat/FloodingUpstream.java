package dev.thalweg.gateway.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.thalweg.testkit.OpenAiScripts;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** An upstream that writes as fast as it is let, and counts what it was let. */
final class FloodingUpstream implements AutoCloseable {
    private static final int EVENTS_IN_ONE_WRITE = 64;

    private final ServerSocket server;
    private final byte[] piece;
    private final long pieces;
    private final AtomicLong written = new AtomicLong();
    private final AtomicInteger connections = new AtomicInteger();
    private final Queue<Long> closed = new ConcurrentLinkedQueue<>();

    private FloodingUpstream(long bytes) throws IOException {
        server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        String events = ("data: "
                        + OpenAiScripts.contentChunk("word ".repeat(20)).replace("gpt-4o-mini", "gpt") + "\n\n")
                .repeat(EVENTS_IN_ONE_WRITE);
        piece = (Integer.toHexString(events.length()) + "\r\n" + events + "\r\n").getBytes(UTF_8);
        pieces = bytes / piece.length;
    }

    /** Offers about this many bytes to everyone who asks. */
    static FloodingUpstream start(long bytes) throws IOException {
        var upstream = new FloodingUpstream(bytes);
        Thread.startVirtualThread(upstream::accept);
        return upstream;
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    long written() {
        return written.get();
    }

    /** How many content events a whole answer has. */
    long events() {
        return pieces * EVENTS_IN_ONE_WRITE;
    }

    int connections() {
        return connections.get();
    }

    /** Waits until so many connections were closed by the peer; gives the time of the last one. */
    long awaitClosed(int count, Duration timeout) {
        Chats.until(count + " connections to be closed within " + timeout, () -> closed.size() >= count);
        return closed.stream().mapToLong(Long::longValue).max().orElseThrow();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                connections.incrementAndGet();
                Thread.startVirtualThread(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setSendBufferSize(64 * 1024);
            OutputStream out = socket.getOutputStream();
            byte[] request = new byte[4096];
            if (socket.getInputStream().read(request) < 0) {
                return;
            }
            out.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
                    .getBytes(UTF_8));
            for (long i = 0; i < pieces; i++) {
                out.write(piece);
                written.addAndGet(piece.length);
            }
            String end = "data: " + OpenAiScripts.finishChunk("stop") + "\n\ndata: [DONE]\n\n";
            out.write((Integer.toHexString(end.length()) + "\r\n" + end + "\r\n0\r\n\r\n").getBytes(UTF_8));
        } catch (IOException e) {
            closed.add(System.nanoTime());
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
