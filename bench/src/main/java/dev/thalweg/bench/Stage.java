package dev.thalweg.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Where a run takes place: a directory, the upstream, and what was started, which ends with it. */
final class Stage implements AutoCloseable {
    /** The repository. */
    static final Path HOME = Path.of(System.getenv("THALWEG_BENCH_HOME"));

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    final Processors processors = Processors.available();
    final Path directory;
    final String transport;
    final int upstreamPort;
    final int upstreamTlsPort;
    private final boolean keep;
    private final List<Process> started = new ArrayList<>();

    /**
     * A stage.
     *
     * @param transport how the gateways on it drive their sockets
     * @param keep whether what they wrote is left there
     */
    Stage(String transport, boolean keep) throws Exception {
        this.transport = transport;
        this.keep = keep;
        directory = Files.createDirectories(
                HOME.resolve("bench/target/work-" + ProcessHandle.current().pid()));
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
        processors.leave();
        new Certificate(directory).make();
        Process upstream = start(
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-Xmx1g",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Bench.class.getName(),
                                "upstream",
                                directory.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT),
                processors.others());
        String ports = new BufferedReader(new InputStreamReader(upstream.getInputStream())).readLine();
        if (ports == null) {
            throw new IllegalStateException("the scripted upstream did not start");
        }
        upstreamPort = Integer.parseInt(ports.split(" ")[0]);
        upstreamTlsPort = Integer.parseInt(ports.split(" ")[1]);
    }

    /** Starts a process on these processors; it ends with this stage. */
    Process start(ProcessBuilder process, String on) throws IOException {
        process.command().addAll(0, List.of("taskset", "-c", on));
        Process made = process.start();
        started.add(made);
        return made;
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** How many requests the upstream has answered, how many bytes of floods have left it, how many calls failed. */
    long[] upstreamStats() throws IOException, InterruptedException {
        String[] numbers = get(upstreamPort, "/stats").split(" ");
        return new long[] {Long.parseLong(numbers[0]), Long.parseLong(numbers[1]), Long.parseLong(numbers[2])};
    }

    static String get(int port, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    static void stop(Process process) {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void close() {
        started.forEach(Process::destroy);
        started.forEach(Stage::stop);
        if (keep) {
            System.err.println("bench: logs and records are in " + directory);
        } else if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            } catch (IOException e) {
                System.err.println("bench: " + directory + " could not be removed: " + e);
            }
        }
    }
}
