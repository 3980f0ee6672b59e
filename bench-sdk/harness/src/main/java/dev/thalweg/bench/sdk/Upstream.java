package dev.thalweg.bench.sdk;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers every request with the {@link Script} its model names. A virtual thread for each connection. */
final class Upstream {
    private static final Pattern MODEL = Pattern.compile("\"model\"\\s*:\\s*\"([^\"]*)\"");
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)");
    private static final Pattern USAGE = Pattern.compile("\"include_usage\"\\s*:\\s*true");
    private static final int KNOWN = 64;

    private final ServerSocket server;
    private final ConcurrentMap<Script, List<byte[]>> known = new ConcurrentHashMap<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong firstByte = new AtomicLong();
    private volatile CountDownLatch gate = new CountDownLatch(1);

    Upstream() throws IOException {
        server = new ServerSocket(0, 16_384, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().name("accept").start(this::accept);
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort() + "/v1";
    }

    /** How many streams wait at the gate. */
    int waiting() {
        return waiting.get();
    }

    /** From now on streams that want to wait do so. */
    void closeGate() {
        waiting.set(0);
        gate = new CountDownLatch(1);
    }

    /** Lets all that wait go on, and all that come. */
    void openGate() {
        gate.countDown();
    }

    /** When the first byte came since the last call, a {@link System#nanoTime}. */
    long takeFirstByte() {
        return firstByte.getAndSet(0);
    }

    private void accept() {
        while (true) {
            try {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                throw new IllegalStateException("cannot accept: is ulimit -n high enough?", e);
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream(), 2048);
            for (String model = model(in); !model.isEmpty(); model = model(in)) {
                answer(Script.of(model), socket.getOutputStream());
            }
        } catch (IOException | InterruptedException e) {
            // The other side tells what it misses.
        }
    }

    /** The model of the next request; empty where none comes. */
    private String model(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder(512);
        while (head.length() < 4 || head.indexOf("\r\n\r\n", head.length() - 4) < 0) {
            int b = in.read();
            if (b < 0) {
                return "";
            }
            if (head.isEmpty()) {
                firstByte.compareAndSet(0, System.nanoTime());
            }
            head.append((char) b);
        }
        Matcher length = LENGTH.matcher(head);
        String body = length.find() ? new String(in.readNBytes(Integer.parseInt(length.group(1))), ISO_8859_1) : "";
        Matcher model = MODEL.matcher(body);
        if (!model.find() || !USAGE.matcher(body).find()) {
            System.err.println("a request unlike the others': " + head + body);
            throw new IOException("not answered");
        }
        return model.group(1);
    }

    private void answer(Script script, OutputStream out) throws IOException, InterruptedException {
        List<byte[]> writes = script.seed() < KNOWN ? known.computeIfAbsent(script, Script::writes) : script.writes();
        for (int i = 0; i < writes.size(); i++) {
            if (i == 1 && script.gap() < 0) {
                waiting.incrementAndGet();
                gate.await();
            }
            if (i > 0) {
                Thread.sleep(Duration.ofMillis(Math.abs(script.gap())));
            }
            out.write(writes.get(i));
        }
    }
}
