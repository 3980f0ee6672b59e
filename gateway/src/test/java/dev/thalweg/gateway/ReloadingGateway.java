package dev.thalweg.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.config.ConfigFile;
import dev.thalweg.config.ConfigLoader;
import dev.thalweg.config.GatewayConfig;
import dev.thalweg.config.LocalDeployments;
import dev.thalweg.config.ReloadOutcome;
import dev.thalweg.config.Strictness;
import dev.thalweg.testkit.RawClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A gateway that serves a file and can be told to read it again, for tests. */
final class ReloadingGateway implements AutoCloseable {
    static final Duration SOON = Duration.ofSeconds(20);

    private final Path file;
    private final TestGateway gateway;
    private final ConfigReloader reloader;
    private final List<String> said = new CopyOnWriteArrayList<>();

    private ReloadingGateway(Path file, Map<String, String> environment) {
        this.file = file;
        ConfigFile start = ConfigFile.read(file);
        GatewayConfig config =
                ConfigLoader.parse(start, environment, Strictness.SERVE).orThrow();
        this.gateway = TestGateway.of(config);
        this.reloader = new ConfigReloader(
                start, config, environment, new LocalDeployments(List.of(), environment), gateway.server(), said::add);
    }

    /** Writes this YAML to the file and serves it. */
    static ReloadingGateway of(Path file, String yaml) {
        write(file, yaml);
        return new ReloadingGateway(file, Map.of());
    }

    /** Serves what stands in the file. */
    static ReloadingGateway of(Path file) {
        return new ReloadingGateway(file, Map.of());
    }

    static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ConfigReloader reloader() {
        return reloader;
    }

    TestGateway gateway() {
        return gateway;
    }

    /** Has the file read, whose content is this from now on. */
    ReloadOutcome reload(String yaml) {
        write(file, yaml);
        return reloader.reload();
    }

    /** Every line that was said about the configuration. */
    String said() {
        return String.join("\n", said);
    }

    /** A streaming request for this model. */
    static String streamed(String model) {
        return unary(model).replace("{\"model\"", "{\"stream\":true,\"model\"");
    }

    /** A request for this model. */
    static String unary(String model) {
        return "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    }

    /** Sends this with this key (none: empty) and leaves the answer to be read. */
    RawClient send(String key, String body) {
        return send(gateway.connect().timeout(SOON), key, body);
    }

    static RawClient send(RawClient client, String key, String body) {
        return client.post(
                "/v1/chat/completions", key.isEmpty() ? Map.of() : Map.of("Authorization", "Bearer " + key), body);
    }

    /** The status of a request on a connection of its own. */
    int status(String key, String body) {
        try (RawClient client = send(key, body)) {
            int status = client.readHead().status();
            client.readBody();
            return status;
        }
    }

    /** The value of this line of the metrics. */
    double metric(String key, String line) {
        try (RawClient client = gateway.connect().timeout(SOON)) {
            client.get("/metrics", Map.of("Connection", "close", "x-api-key", key));
            assertThat(client.readHead().status()).isEqualTo(200);
            return client.readBody()
                    .text()
                    .lines()
                    .filter(text -> text.startsWith(line + " "))
                    .mapToDouble(text -> Double.parseDouble(text.substring(line.length() + 1)))
                    .findFirst()
                    .orElseThrow();
        }
    }

    static void until(String what, BooleanSupplier holds) {
        long end = System.nanoTime() + SOON.toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited " + SOON.toSeconds() + " s for " + what);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    @Override
    public void close() {
        gateway.close();
    }
}
