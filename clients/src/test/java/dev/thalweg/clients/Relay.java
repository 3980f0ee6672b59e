package dev.thalweg.clients;

import dev.thalweg.config.ConfigLoader;
import dev.thalweg.config.GatewayConfig;
import dev.thalweg.gateway.server.GatewayServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A gateway that passes every model on to one provider, under its own name. */
record Relay(GatewayServer gateway) implements AutoCloseable {
    static Relay start(String models, String upstream) {
        String yaml = """
                model_list:
                  - model_name: "*"
                    params: {model: "%s", api_base: "%s", api_key: sk-upstream}
                thalweg_settings: {num_retries: 0}
                """.formatted(models, upstream);
        GatewayConfig config = ConfigLoader.parse("config.yaml", yaml, Map.of()).orThrow();
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try {
            Path records = Files.createDirectories(Path.of("target", "records"));
            return new Relay(GatewayServer.start(
                    config,
                    anyPort,
                    Map.of(),
                    Files.createTempDirectory(records, ""),
                    OutputStream.nullOutputStream()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + gateway.address().getPort();
    }

    @Override
    public void close() {
        gateway.close();
    }
}
