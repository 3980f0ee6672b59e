package dev.thalweg.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.thalweg.testkit.OpenAiScripts;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers thousands of streams at once, each with texts of its own, slowly. A program: it prints its port and ends with
 * its standard input. Not the scripted upstream, because that records all it is asked and runs two threads a connection.
 */
public final class LoadUpstream {
    private static final Pattern ASKED = Pattern.compile("stream (\\d+) of (\\d+): (\\d+) chunks in (\\d+) ms");
    private static final Map<Integer, CountDownLatch> ALL_OPEN = new ConcurrentHashMap<>();
    private static final String HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n" + "Transfer-Encoding: chunked\r\n\r\n";

    private LoadUpstream() {}

    /** What a stream is asked for. It goes on after its first chunk when all the streams are open. */
    public static String prompt(int stream, int streams, int chunks, long millis) {
        return "stream " + stream + " of " + streams + ": " + chunks + " chunks in " + millis + " ms";
    }

    /** The text of one chunk. */
    public static String text(int stream, int chunk) {
        return "stream " + stream + " says its piece number " + chunk + ". ";
    }

    /** Listens. */
    public static void main(String[] args) throws IOException {
        ServerSocket server = new ServerSocket(0, 16_384, InetAddress.getLoopbackAddress());
        System.out.println(server.getLocalPort());
        Thread.ofPlatform().daemon().start(() -> {
            while (true) {
                try {
                    Socket socket = server.accept();
                    Thread.ofVirtual().start(() -> serve(socket));
                } catch (IOException e) {
                    throw new IllegalStateException("cannot accept: is ulimit -n high enough?", e);
                }
            }
        });
        while (System.in.read() >= 0) {
            // Until whoever started it is gone.
        }
    }

    private static void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream(), 1024);
            String request;
            while (!(request = request(in)).isEmpty()) {
                answer(request, socket.getOutputStream());
            }
        } catch (IOException | InterruptedException e) {
            // The other side tells what it misses.
        }
    }

    private static String request(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int b = in.read();
            if (b < 0) {
                return "";
            }
            head.append((char) b);
        }
        Matcher length = Pattern.compile("(?i)content-length: (\\d+)").matcher(head);
        return length.find() ? new String(in.readNBytes(Integer.parseInt(length.group(1))), ISO_8859_1) : "";
    }

    private static void answer(String request, OutputStream out) throws IOException, InterruptedException {
        Matcher asked = ASKED.matcher(request);
        if (!asked.find()) {
            throw new IOException("not asked for a stream");
        }
        int stream = Integer.parseInt(asked.group(1));
        CountDownLatch allOpen = ALL_OPEN.computeIfAbsent(Integer.parseInt(asked.group(2)), CountDownLatch::new);
        int chunks = Integer.parseInt(asked.group(3));
        long between = Long.parseLong(asked.group(4)) / chunks;
        out.write(HEAD.getBytes(ISO_8859_1));
        for (int chunk = 0; chunk < chunks; chunk++) {
            event(out, OpenAiScripts.contentChunk(text(stream, chunk)));
            if (chunk == 0) {
                allOpen.countDown();
                allOpen.await(2, TimeUnit.MINUTES);
            }
            Thread.sleep(Duration.ofMillis(ThreadLocalRandom.current().nextLong(between / 2, between * 3 / 2 + 1)));
        }
        event(out, OpenAiScripts.finishChunk("stop"));
        event(out, "[DONE]");
        out.write("0\r\n\r\n".getBytes(ISO_8859_1));
    }

    private static void event(OutputStream out, String data) throws IOException {
        String event = "data: " + data + "\n\n";
        out.write((Integer.toHexString(event.length()) + "\r\n" + event + "\r\n").getBytes(ISO_8859_1));
    }
}
