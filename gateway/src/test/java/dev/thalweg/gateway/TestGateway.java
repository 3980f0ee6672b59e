package dev.thalweg.gateway;

import dev.thalweg.config.ConfigLoader;
import dev.thalweg.config.GatewayConfig;
import dev.thalweg.gateway.server.GatewayServer;
import dev.thalweg.testkit.RawClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** A gateway on a free port with its record in a directory of its own, for tests. */
public final class TestGateway implements AutoCloseable {
    private final GatewayServer server;
    private final Path data;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();

    private TestGateway(GatewayConfig config, Map<String, String> environment) {
        try {
            // Where the next clean build takes it away: tests read it after the gateway is closed, too.
            this.data = Files.createTempDirectory(Files.createDirectories(Path.of("target", "records")), "test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        this.server = GatewayServer.start(config, anyPort, environment, data, log);
    }

    /** Serves this YAML. */
    public static TestGateway of(String yaml) {
        return of(yaml, Map.of());
    }

    /** Serves this YAML in this environment. */
    public static TestGateway of(String yaml, Map<String, String> environment) {
        return new TestGateway(
                ConfigLoader.parse("config.yaml", yaml, environment).orThrow(), environment);
    }

    /** Serves this configuration. */
    static TestGateway of(GatewayConfig config) {
        return new TestGateway(config, Map.of());
    }

    /** Serves one model, {@code gpt}, from this upstream, with further lines of {@code thalweg_settings}. */
    public static TestGateway before(String upstreamUrl, String... settings) {
        return of("""
                model_list:
                  - model_name: gpt
                    params: {model: openai/gpt-4o-mini, api_base: "%s", api_key: sk-upstream}
                thalweg_settings:
                  num_retries: 0
                  %s
                """.formatted(upstreamUrl, String.join("\n  ", settings)));
    }

    /** The port. */
    public int port() {
        return server.address().getPort();
    }

    /** {@code http://127.0.0.1:PORT}. */
    public String url() {
        return "http://127.0.0.1:" + port();
    }

    /** A new connection to it. */
    public RawClient connect() {
        return RawClient.connect(port());
    }

    /** Sends a chat request on a new connection; the caller closes it. */
    public RawClient post(String body) {
        RawClient client = connect();
        client.post("/v1/chat/completions", Map.of("Content-Type", "application/json"), body);
        return client;
    }

    /** The running server. */
    public GatewayServer server() {
        return server;
    }

    /** What was logged so far, a line a request. */
    public String log() {
        return log.toString(StandardCharsets.UTF_8);
    }

    /** The rows of the request record on disk. */
    public List<String> rows() {
        try (var files = Files.list(data)) {
            return files.sorted().flatMap(TestGateway::lines).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static java.util.stream.Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops the server, once; a test may stop it earlier than its end. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            server.close();
        }
    }

    /** A stream without the comment it ends in, which says how it was served. */
    public static String plain(String stream) {
        return stream.replaceFirst("(?<=^|\n\n|\r\r|\r\n\r\n): thalweg call-id=[^\n]*\n\n$", "");
    }
}
