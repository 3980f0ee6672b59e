package dev.thalweg.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The gateway as {@code ./thalweg serve} starts it: one event loop, a key, the record, the guard, an alias. */
record Gateway(Process process, int port, Path data) {
    static final String KEY = "sk-bench-0123456789abcdef0123456789abcdef";

    /** Every model there is a script for, under another name; the same over TLS. */
    private static final String[] MODELS = {"json", "stream-100-10", "stream-5-1", "stream-1-30000", "flood-200"};

    private static final String MODEL = """
              - model_name: fast-%s%s
                params: {model: openai/%s, api_base: "%s", api_key: sk-upstream}
            """;

    private static final String SETTINGS = """
            thalweg_settings: {transport: %s, event_loops: 1, max_connections: 20000, ca_file: "%s"}
            general_settings: {master_key: sk-master-of-the-bench-0123456789}
            keys:
              - {name: bench, key: %s}
            """;

    /** Starts one and waits until it listens. */
    static Gateway start(Stage stage, String name, String javaOptions) throws IOException, InterruptedException {
        Gateway gateway = launch(stage, name, javaOptions, stage.processors.proxy());
        Ready.await(gateway.process, gateway.port, "the gateway (" + name + ")");
        return gateway;
    }

    /** Starts one on these processors and does not wait. */
    static Gateway launch(Stage stage, String name, String javaOptions, String on) throws IOException {
        int port = Stage.freePort();
        Path data = Files.createDirectories(stage.directory.resolve(name));
        Path config = Files.writeString(stage.directory.resolve(name + ".yaml"), config(stage));
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
        thalweg.environment().put("THALWEG_JAVA_OPTS", javaOptions);
        return new Gateway(stage.start(thalweg, on), port, data);
    }

    private static String config(Stage stage) {
        StringBuilder yaml = new StringBuilder("model_list:\n");
        for (String model : MODELS) {
            yaml.append(MODEL.formatted("", model, model, "http://127.0.0.1:" + stage.upstreamPort + "/v1"));
            yaml.append(MODEL.formatted("tls-", model, model, "https://127.0.0.1:" + stage.upstreamTlsPort + "/v1"));
        }
        return yaml + SETTINGS.formatted(stage.transport, new Certificate(stage.directory).chain(), KEY);
    }
}
