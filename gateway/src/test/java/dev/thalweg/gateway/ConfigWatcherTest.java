package dev.thalweg.gateway;

import static dev.thalweg.gateway.ReloadingGateway.unary;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.RawClient;
import dev.thalweg.testkit.ScriptedUpstream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A configuration file that changes in all the ways files change, noticed without being told. */
class ConfigWatcherTest {
    @TempDir
    private Path directory;

    private ScriptedUpstream upstream;

    @BeforeEach
    void start() {
        upstream = ScriptedUpstream.start().always(OpenAiScripts.completion("hello"));
    }

    @AfterEach
    void stop() {
        upstream.close();
    }

    private String yaml(String model) {
        return "model_list:\n  - {model_name: %s, params: {model: openai/x, api_base: \"%s\", api_key: sk}}\n"
                .formatted(model, upstream.url());
    }

    private static void serves(ReloadingGateway gateway, String model) {
        ReloadingGateway.until(model + " to be served", () -> gateway.status("", unary(model)) == 200);
    }

    private static long changes(ReloadingGateway gateway) {
        return gateway.said()
                .lines()
                .filter(line -> line.contains("Configuration "))
                .count();
    }

    @Test
    void aFileThatIsWrittenInPlaceWithTheSameLengthAndTimeIsNoticed() throws IOException {
        Path file = directory.resolve("config.yaml");
        try (var gateway = ReloadingGateway.of(file, yaml("gpt1"));
                var watcher = ConfigWatcher.start(gateway.reloader())) {
            FileTime time = Files.getLastModifiedTime(file);
            ReloadingGateway.write(file, yaml("gpt2"));
            Files.setLastModifiedTime(file, time);
            serves(gateway, "gpt2");
            assertThat(gateway.status("", unary("gpt1"))).isEqualTo(404);
            assertThat(watcher).isNotNull();
        }
    }

    @Test
    void aFileThatAnEditorReplacesIsNoticed() throws IOException {
        Path file = directory.resolve("config.yaml");
        try (var gateway = ReloadingGateway.of(file, yaml("gpt1"));
                var watcher = ConfigWatcher.start(gateway.reloader())) {
            for (String model : new String[] {"gpt2", "gpt3"}) {
                Files.move(file, directory.resolve("config.yaml~"), StandardCopyOption.REPLACE_EXISTING);
                Path swap = directory.resolve(".config.yaml.swp");
                ReloadingGateway.write(swap, yaml(model));
                Files.move(swap, file, StandardCopyOption.ATOMIC_MOVE);
                serves(gateway, model);
            }
            assertThat(watcher).isNotNull();
        }
    }

    /** As Kubernetes mounts a ConfigMap: config.yaml -> ..data/config.yaml, ..data -> ..TIME, and ..data is swapped. */
    @Test
    void aDirectoryThatIsSwappedBeneathALinkIsNoticed() throws IOException {
        Path data = directory.resolve("..data");
        Path file = directory.resolve("config.yaml");
        Files.createSymbolicLink(data, version("gpt1").getFileName());
        Files.createSymbolicLink(file, Path.of("..data", "config.yaml"));
        try (var gateway = ReloadingGateway.of(file);
                var watcher = ConfigWatcher.start(gateway.reloader())) {
            for (String model : new String[] {"gpt2", "gpt3"}) {
                Path old = directory.resolve(Files.readSymbolicLink(data));
                Path next = directory.resolve("..data_tmp");
                Files.createSymbolicLink(next, version(model).getFileName());
                Files.move(next, data, StandardCopyOption.ATOMIC_MOVE);
                Files.delete(old.resolve("config.yaml"));
                Files.delete(old);
                serves(gateway, model);
            }
            assertThat(gateway.said()).doesNotContain("mistakes");
            assertThat(watcher).isNotNull();
        }
    }

    private Path version(String model) throws IOException {
        Path version = Files.createDirectory(directory.resolve("..2026_" + model));
        ReloadingGateway.write(version.resolve("config.yaml"), yaml(model));
        return version;
    }

    @Test
    void aFileThatIsBeingWrittenIsReadWhenItIsDone() throws IOException {
        Path file = directory.resolve("config.yaml");
        String whole = yaml("gpt2") + "  - {model_name: gpt3, params: {model: thalweg/demo}}\n".repeat(20);
        try (var gateway = ReloadingGateway.of(file, yaml("gpt1"))) {
            // Told when to look, so that it looks in the middle of everything.
            ConfigWatcher watcher = new ConfigWatcher(gateway.reloader());
            try (var out = Files.newOutputStream(file, StandardOpenOption.TRUNCATE_EXISTING)) {
                watcher.look();
                for (byte[] line : whole.lines()
                        .map(line -> (line + "\n").getBytes(StandardCharsets.UTF_8))
                        .toList()) {
                    out.write(line, 0, line.length / 2);
                    watcher.look();
                    out.write(line, line.length / 2, line.length - line.length / 2);
                    watcher.look();
                }
            }
            assertThat(gateway.said()).isEmpty();
            watcher.look();
            assertThat(gateway.said()).contains("models added: gpt2, gpt3").doesNotContain("mistakes");
            assertThat(gateway.status("", unary("gpt3"))).isEqualTo(200);
            watcher.look();
            assertThat(changes(gateway)).isEqualTo(1);
        }
    }

    @Test
    void aBadFileIsSaidOnceAndAFileThatIsGoneMayComeBack() throws IOException {
        Path file = directory.resolve("config.yaml");
        try (var gateway = ReloadingGateway.of(file, yaml("gpt1"));
                var watcher = ConfigWatcher.start(gateway.reloader())) {
            ReloadingGateway.write(file, "model_list: 1\n");
            ReloadingGateway.until(
                    "the mistake to be said", () -> gateway.said().contains("config.yaml:1:13:"));
            Files.delete(file);
            ReloadingGateway.until(
                    "its absence to be said", () -> gateway.said().contains("there is no such file"));
            assertThat(gateway.status("", unary("gpt1"))).isEqualTo(200);
            ReloadingGateway.write(file, yaml("gpt2"));
            serves(gateway, "gpt2");
            ReloadingGateway.until("all three to be said", () -> changes(gateway) == 3);
            assertThat(watcher).isNotNull();
        }
    }

    @Test
    void aKeyThatIsTakenOutOfTheFileIsRefusedWithinASecondOnAnOpenConnection() {
        Path file = directory.resolve("config.yaml");
        String keys = "keys: [{name: a, key: sk-a}, {name: b, key: sk-b}]\n";
        CountDownLatch goOn = new CountDownLatch(1);
        upstream.enqueue(ReloadTest.waiting(goOn));
        try (var gateway = ReloadingGateway.of(file, yaml("gpt") + keys);
                var watcher = ConfigWatcher.start(gateway.reloader());
                RawClient stream = gateway.send("sk-b", ReloadingGateway.streamed("gpt"));
                RawClient client = gateway.gateway().connect().timeout(ReloadingGateway.SOON)) {
            stream.readHead();
            stream.readUntil("one");
            ReloadingGateway.write(file, yaml("gpt") + "keys: [{name: a, key: sk-a}]\n");
            long begun = System.nanoTime();
            ReloadingGateway.until("the key to be refused", () -> {
                client.get("/v1/models", Map.of("x-api-key", "sk-b"));
                int status = client.readHead().status();
                client.readBody();
                return status == 401;
            });
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
            System.out.println("a key taken out of the file was refused after " + millis + " ms");
            // A busy machine may be late; that it takes two looks and no more is what is meant.
            assertThat(millis).isLessThan(5_000);
            goOn.countDown();
            assertThat(TestGateway.plain(stream.readBody().text())).endsWith("data: [DONE]\n\n");
            assertThat(watcher).isNotNull();
        }
    }
}
