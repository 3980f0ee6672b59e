package dev.thalweg.examples;

import dev.thalweg.config.ConfigLoader;
import dev.thalweg.config.GatewayConfig;
import dev.thalweg.gateway.server.GatewayServer;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptedUpstream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A gateway started with a file of {@code src/main/config}, and behind it a scripted provider. */
final class Scene implements AutoCloseable {
    static final String KEY = "your-api-key";

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final GatewayServer gateway;

    Scene(String configFile) throws IOException {
        Map<String, String> environment =
                Map.of("OPENAI_BASE_URL", upstream.url(), "OPENAI_API_KEY", "sk-example", "THALWEG_MASTER_KEY", KEY);
        Path file = Path.of("src/main/config", configFile);
        GatewayConfig config = ConfigLoader.load(file, environment).orThrow();
        Path records = Files.createDirectories(Path.of("target", "records"));
        gateway = GatewayServer.start(
                config,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                environment,
                Files.createTempDirectory(records, ""),
                OutputStream.nullOutputStream());
    }

    /** A gateway that serves {@code gpt-4}, whose provider gives these answers. */
    static Scene gpt4(Script... answers) throws IOException {
        Scene scene = new Scene("gpt-4.yaml");
        for (Script answer : answers) {
            scene.upstream.enqueue(answer);
        }
        return scene;
    }

    ScriptedUpstream upstream() {
        return upstream;
    }

    int port() {
        return gateway.address().getPort();
    }

    String url() {
        return "http://127.0.0.1:" + port();
    }

    /** What a program needs to ask this gateway. */
    Map<String, String> environment() {
        return Map.of("THALWEG_BASE_URL", url(), "THALWEG_API_KEY", KEY);
    }

    @Override
    public void close() {
        try {
            gateway.close();
        } finally {
            upstream.close();
        }
    }
}
