package dev.thalweg.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A gateway as {@code ./thalweg serve} starts it. */
record Gateway(Process process, int port, Path data) {
    static final String KEY = "sk-bench-0123456789abcdef0123456789abcdef";

    /** Where it is asked without TLS. */
    String address() {
        return "http://127.0.0.1:" + port;
    }

    /** Starts one with everything on and waits until it listens. */
    static Gateway start(Stage stage, String name, String javaOptions) throws IOException, InterruptedException {
        return start(stage, name, new GatewayConfig(stage).everything(), javaOptions);
    }

    /** Starts one with this configuration and waits until it listens. */
    static Gateway start(Stage stage, String name, String config, String javaOptions)
            throws IOException, InterruptedException {
        Gateway gateway = launch(stage, name, config, javaOptions, stage.processors.proxy());
        Ready.await(gateway.process, gateway.port, "the gateway (" + name + ")");
        return gateway;
    }

    /** Starts one on these processors and does not wait. */
    static Gateway launch(Stage stage, String name, String yaml, String javaOptions, String on) throws IOException {
        int port = Stage.freePort();
        Path data = Files.createDirectories(stage.directory.resolve(name));
        Path config = Files.writeString(stage.directory.resolve(name + ".yaml"), yaml);
        ProcessBuilder thalweg = new ProcessBuilder(
                        Stage.HOME.resolve("thalweg").toString(),
                        "serve",
                        "--config",
                        config.toString(),
                        "--port",
                        Integer.toString(port),
                        "--data",
                        data.toString())
                .redirectOutput(data.resolve("stdout").toFile())
                .redirectError(data.resolve("stderr").toFile());
        thalweg.environment().keySet().removeAll(List.of("THALWEG_MASTER_KEY", "LITELLM_MASTER_KEY"));
        thalweg.environment().put("THALWEG_JAVA_OPTS", javaOptions);
        return new Gateway(stage.start(thalweg, on), port, data);
    }
}
