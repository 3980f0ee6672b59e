package dev.thalweg.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Many streams at once in a JVM of their own with little heap; the upstream is another process. The large runs take a
 * minute and want {@code -Dthalweg.load=true}.
 */
class LoadTest {
    @Test
    void fiveHundredStreamsAtOnceFitInto64MegabytesOfHeap() throws Exception {
        Map<String, String> result = run(500, 2_000, "-Xmx64m");

        assertThat(result).containsEntry("whole", "500").doesNotContainKey("failed");
        assertThat(Integer.parseInt(result.get("kb_per_stream"))).isLessThan(64);
    }

    @Test
    @EnabledIfSystemProperty(named = "thalweg.load", matches = "true")
    void tenThousandStreamsAtOnceFitInto512MegabytesOfHeap() throws Exception {
        List<Map<String, String>> results = new ArrayList<>();
        results.add(run(1_000, 20_000, "-Xmx512m"));
        results.add(run(10_000, 20_000, "-Xmx512m"));
        results.add(run(10_000, 20_000, "-Xmx512m", "-Djdk.httpclient.bufsize=4096"));

        StringBuilder table =
                new StringBuilder("| " + String.join(" | ", results.getFirst().keySet()) + " |\n");
        table.append("|").append(" --- |".repeat(results.getFirst().size())).append('\n');
        results.forEach(result ->
                table.append("| ").append(String.join(" | ", result.values())).append(" |\n"));
        Files.writeString(Path.of("target/load.md"), table);
        System.out.println(table);

        assertThat(results)
                .allSatisfy(result -> assertThat(result)
                        .containsEntry("whole", result.get("streams"))
                        .doesNotContainKey("failed"));
    }

    /** What {@link LoadClient} prints. */
    private static Map<String, String> run(int streams, long millis, String... jvm) throws Exception {
        Process upstream = java(List.of("-Xmx1g"), LoadUpstream.class);
        try (BufferedReader out = upstream.inputReader()) {
            String url = "http://127.0.0.1:" + out.readLine();
            Process client = java(
                    List.of(jvm),
                    LoadClient.class,
                    url,
                    Integer.toString(streams),
                    "20",
                    Long.toString(millis),
                    Path.of("target/histogram-" + streams + ".txt").toString());
            String printed = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(client.waitFor(1, TimeUnit.MINUTES))
                    .as("the client ended")
                    .isTrue();
            System.out.println(List.of(jvm) + "\n" + printed);
            return printed.lines()
                    .map(line -> line.split(" ", 2))
                    .filter(pair -> pair.length == 2)
                    .collect(Collectors.toMap(
                            pair -> pair[0], pair -> pair[1], (a, b) -> a + "; " + b, LinkedHashMap::new));
        } finally {
            upstream.destroy();
        }
    }

    /** Each process has a file open for every stream: the shell raises the limit as far as it may. */
    private static Process java(List<String> jvm, Class<?> main, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "sh",
                "-c",
                "ulimit -n 65536 2>/dev/null || ulimit -n $(ulimit -Hn); exec \"$@\"",
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(jvm);
        command.addAll(List.of(
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                main.getName()));
        command.addAll(List.of(args));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
