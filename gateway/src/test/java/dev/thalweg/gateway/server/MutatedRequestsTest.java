package dev.thalweg.gateway.server;

import static dev.thalweg.gateway.server.Answers.HELLO;
import static dev.thalweg.gateway.server.Answers.HELLO_STREAM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.gateway.TestGateway;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.ScriptedUpstream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Two thousand requests with something wrong in each, always the same ones: none hangs, none is the gateway's fault. */
class MutatedRequestsTest {
    private static final int REQUESTS = 2_000;
    private static final int AT_ONCE = 100;
    private static final int QUIET_MILLIS = 4_000;
    private static final Pattern FAULT = Pattern.compile("HTTP/1\\.1 5\\d\\d ");
    private static final Pattern ANSWER = Pattern.compile("HTTP/1\\.1 \\d{3} ");

    private static final List<String> VALID = List.of(
            Answers.post(HELLO),
            Answers.post(HELLO_STREAM),
            Answers.chunked(HELLO, 11),
            Answers.chunked(HELLO_STREAM, 30),
            Answers.get("/v1/models"),
            Answers.post(HELLO).replace("Host: localhost", "Host: localhost\r\nExpect: 100-continue"),
            Answers.get("/health/ready") + Answers.post(HELLO) + Answers.get("/metrics"));

    private static final String LAST = "GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    private final Queue<String> found = new ConcurrentLinkedQueue<>();

    @Test
    void noneHangsAndNoneIsTheGatewaysFault() throws InterruptedException {
        Handler watch = watchLog();
        try (ScriptedUpstream upstream = ScriptedUpstream.start()
                        .answer(request -> request.bodyText().contains("\"stream\":true")
                                ? OpenAiScripts.stream("hello")
                                : OpenAiScripts.completion("hello"));
                TestGateway gateway = TestGateway.before(
                        upstream.url(),
                        "event_loops: 2",
                        "\ngeneral_settings: {header_timeout: 1s, body_timeout: 1s}")) {
            sendAll(gateway);
            assertThat(found).isEmpty();
            long end = System.nanoTime() + 5_000_000_000L;
            while (Answers.metric(gateway, "thalweg_requests_in_flight") > 0 && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            assertThat(Answers.metric(gateway, "thalweg_requests_in_flight")).isZero();
            assertThat(Answers.metric(gateway, "thalweg_held_bytes")).isZero();
            assertThat(Answers.chat(gateway, HELLO).status()).isEqualTo(200);
            assertThat(Answers.get(gateway, "/health/ready", Map.of()).status()).isEqualTo(200);
        } finally {
            Logger.getLogger(ServerContext.class.getName()).removeHandler(watch);
        }
        assertThat(found).isEmpty();
    }

    private void sendAll(TestGateway gateway) throws InterruptedException {
        Semaphore places = new Semaphore(AT_ONCE);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int seed = 0; seed < REQUESTS; seed++) {
                int number = seed;
                places.acquire();
                threads.execute(() -> {
                    try {
                        check(gateway, number);
                    } finally {
                        places.release();
                    }
                });
            }
        }
    }

    private void check(TestGateway gateway, int seed) {
        Random random = new Random(seed);
        byte[] request = mutated(random);
        ByteArrayOutputStream answers = new ByteArrayOutputStream();
        boolean hangs = false;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(QUIET_MILLIS);
            int cut = random.nextInt(request.length + 1);
            socket.getOutputStream().write(request, 0, cut);
            socket.getOutputStream().flush();
            socket.getOutputStream().write(request, cut, request.length - cut);
            socket.getInputStream().transferTo(answers);
        } catch (SocketTimeoutException quiet) {
            hangs = !ANSWER.matcher(answers.toString(StandardCharsets.UTF_8)).find();
        } catch (IOException closed) {
            // The gateway has given up on this caller, and may.
        }
        String text = answers.toString(StandardCharsets.UTF_8);
        if (hangs || FAULT.matcher(text).find()) {
            found.add("seed " + seed + (hangs ? " hangs: " : " is called a fault of the gateway: ")
                    + new String(request, StandardCharsets.ISO_8859_1) + "\n-> " + text);
        }
    }

    /** A valid request or some, with up to four mistakes in it, and a last request behind. */
    private static byte[] mutated(Random random) {
        byte[] bytes = VALID.get(random.nextInt(VALID.size())).getBytes(StandardCharsets.UTF_8);
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            bytes = mutate(bytes, random);
        }
        byte[] last = LAST.getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(bytes, bytes.length + last.length);
        System.arraycopy(last, 0, all, bytes.length, last.length);
        return all;
    }

    private static byte[] mutate(byte[] bytes, Random random) {
        int at = random.nextInt(bytes.length);
        byte[] changed = bytes.clone();
        switch (random.nextInt(6)) {
            case 0 -> changed[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> changed[at] = (byte) random.nextInt(256);
            case 2 -> changed[at] = (byte) "\r\n :;,\0\"{}09".charAt(random.nextInt(12));
            case 3 -> changed = Arrays.copyOf(bytes, Math.max(1, at));
            case 4 -> changed = joined(bytes, at, Math.min(bytes.length, at + 1 + random.nextInt(8)));
            default -> changed = joined(bytes, at, Math.max(0, at - random.nextInt(20)));
        }
        return changed;
    }

    /** The bytes up to one place, and then from another on: some are left out, or come twice. */
    private static byte[] joined(byte[] bytes, int end, int start) {
        byte[] joined = Arrays.copyOf(bytes, Math.max(1, end + bytes.length - start));
        System.arraycopy(bytes, start, joined, end, bytes.length - start);
        return joined;
    }

    private Handler watchLog() {
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord logged) {
                found.add("logged: " + logged.getMessage() + " " + logged.getThrown());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger.getLogger(ServerContext.class.getName()).addHandler(handler);
        return handler;
    }
}
