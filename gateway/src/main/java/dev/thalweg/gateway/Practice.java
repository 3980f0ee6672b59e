package dev.thalweg.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Some seconds of ordinary traffic in a rehearsal: the same request again and again over kept connections, whole and
 * streamed in turns. What the JVM learns of it, which ways are taken how often, is what its compiler starts from later.
 */
final class Practice {
    private static final int CONNECTIONS = 8;
    private static final String END_OF_CHUNKS = "\r\n0\r\n\r\n";

    private final Connect connect;
    private final List<byte[]> requests;
    private final long endsAt;

    /** Gives a new connection. */
    interface Connect {
        Socket open() throws IOException;
    }

    private Practice(Connect connect, List<byte[]> requests, long endsAt) {
        this.connect = connect;
        this.requests = requests;
        this.endsAt = endsAt;
    }

    /** Sends these requests in turns, each answered with 200, for so many seconds. */
    static void run(Connect connect, List<String> requests, int seconds) throws IOException {
        List<byte[]> bytes = requests.stream()
                .map(request -> request.getBytes(StandardCharsets.UTF_8))
                .toList();
        Practice practice = new Practice(connect, bytes, System.nanoTime() + seconds * 1_000_000_000L);
        List<CompletableFuture<Void>> running = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            running.add(CompletableFuture.runAsync(
                    practice::connection, task -> Thread.ofPlatform().daemon().start(task)));
        }
        try {
            CompletableFuture.allOf(running.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            throw new IOException("the practice failed", e);
        }
    }

    private void connection() {
        try (Socket socket = connect.open()) {
            OutputStream out = socket.getOutputStream();
            InputStream in = socket.getInputStream();
            for (int turn = 0; System.nanoTime() < endsAt; turn++) {
                out.write(requests.get(turn % requests.size()));
                readAnswer(in);
            }
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private static void readAnswer(InputStream in) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        int length = 0;
        do {
            int read = in.read(buffer, length, buffer.length - length);
            if (read <= 0) {
                throw new IOException("an answer ended early");
            }
            length += read;
        } while (!whole(new String(buffer, 0, length, StandardCharsets.ISO_8859_1)));
    }

    private static boolean whole(String answer) throws IOException {
        int head = answer.indexOf("\r\n\r\n");
        if (head < 0) {
            return false;
        }
        if (!answer.startsWith("HTTP/1.1 200 ")) {
            throw new IOException("no 200: " + answer.lines().findFirst().orElse(""));
        }
        String lower = answer.substring(0, head).toLowerCase(Locale.ROOT);
        int field = lower.indexOf("content-length:");
        if (field < 0) {
            return answer.endsWith(END_OF_CHUNKS);
        }
        int length = Integer.parseInt(
                lower.substring(field + 15).lines().findFirst().orElse("").trim());
        return answer.length() == head + 4 + length;
    }
}
