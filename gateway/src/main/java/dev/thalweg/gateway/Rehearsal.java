package dev.thalweg.gateway;

import dev.thalweg.gateway.server.WarmUp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Walks once through a start and the first requests, and leaves: what a JVM started with {@code -XX:AOTCacheOutput} then
 * writes down makes later starts faster. The gateway here is its own provider, over a real connection; nobody else is
 * called. Leaves with 1 when something did not work.
 */
final class Rehearsal {
    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final int READ_LIMIT_MILLIS = 20_000;
    private static final int PRACTICE_SECONDS = 5;
    private static final String KEY = "sk-rehearsal";

    /** A hundred pieces of a stream, none like the other. */
    private static final String TEXT =
            IntStream.range(100, 175).mapToObj(Integer::toString).collect(Collectors.joining(" "));

    private final int port;

    private Rehearsal(int port) {
        this.port = port;
    }

    /** Rehearses, with its files in the directory that is the only argument. */
    public static void main(String[] args) {
        try {
            new Rehearsal(freePort()).run(Path.of(args[0]));
        } catch (IOException | InterruptedException | IllegalStateException e) {
            System.err.println("The rehearsal failed: " + e);
            System.exit(1);
        }
        System.exit(0);
    }

    private static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        }
    }

    private void run(Path directory) throws IOException, InterruptedException {
        String config = Files.writeString(
                        directory.resolve("config.yaml"), """
                        model_list:
                          - model_name: demo
                            litellm_params: {model: thalweg/demo}
                          - model_name: relayed
                            litellm_params: {model: openai/demo, api_base: "http://127.0.0.1:%d/v1", api_key: %s}
                          - model_name: spoken
                            litellm_params: {model: openai/spoken, mock_response: "%s"}
                          - model_name: practised
                            litellm_params: {model: openai/spoken, api_base: "http://127.0.0.1:%d/v1", api_key: %s}
                          - model_name: encrypted
                            litellm_params: {model: openai/demo, api_base: "https://127.0.0.1:%d/v1", api_key: %s}
                        thalweg_settings: {num_retries: 0}
                        general_settings: {master_key: %s}
                        """.formatted(port, KEY, TEXT, port, KEY, port, KEY, KEY))
                .toString();
        Main.run("--version");
        Main.run("--help");
        expect(0, Main.run("check", config));
        String[] serve = {
            "serve",
            "--port",
            Integer.toString(port),
            "--config",
            config,
            "--data",
            directory.resolve("data").toString()
        };
        WarmUp.begin();
        Thread.ofPlatform().daemon().start(() -> Main.run(serve));
        awaitListening();
        expect(200, status(request("GET", "/health/ready", "")));
        for (String model : new String[] {"demo", "relayed"}) {
            expect(200, chat(model, false));
            expect(200, chat(model, true));
        }
        // Nothing here speaks TLS: what this loads is the half that comes before the first answer.
        chat("encrypted", true);
        Practice.run(this::connect, List.of(request("practised", true), request("practised", false)), PRACTICE_SECONDS);
        expect(200, status(request("GET", "/v1/models", "")));
        expect(200, status(request("GET", "/metrics", "")));
    }

    private void awaitListening() throws InterruptedException {
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (System.nanoTime() < end) {
            try (Socket socket = connect()) {
                return;
            } catch (IOException e) {
                Thread.sleep(20);
            }
        }
        throw new IllegalStateException("nothing listened on port " + port);
    }

    private int chat(String model, boolean stream) throws IOException {
        return status(request(model, stream));
    }

    private static String request(String model, boolean stream) {
        return request("POST", "/v1/chat/completions", """
                {"model": "%s", "stream": %s, "max_tokens": 4, "messages": [{"role": "user", "content": "hello"}]}
                """.formatted(model, stream));
    }

    private static String request(String method, String path, String body) {
        return method + " " + path + " HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer " + KEY
                + "\r\ncontent-type: application/json\r\ncontent-length: " + body.length() + "\r\n\r\n" + body;
    }

    private int status(String request) throws IOException {
        try (Socket socket = connect()) {
            String once = request.replaceFirst("\r\n", "\r\nconnection: close\r\n");
            socket.getOutputStream().write(once.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!answer.startsWith("HTTP/1.1 ")) {
                throw new IllegalStateException("an answer is no HTTP");
            }
            return Integer.parseInt(answer.substring(9, 12));
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout(READ_LIMIT_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
        return socket;
    }

    private static void expect(int wanted, int came) {
        if (came != wanted) {
            throw new IllegalStateException(came + " came where " + wanted + " was expected");
        }
    }
}
