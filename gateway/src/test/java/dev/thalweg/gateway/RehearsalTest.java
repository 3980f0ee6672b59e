package dev.thalweg.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A start cache of this JDK's own, made and used by the {@code thalweg} script. */
@Timeout(120)
@DisabledOnOs(OS.WINDOWS)
class RehearsalTest {
    @TempDir
    private Path home;

    private void builtTree() throws Exception {
        Files.copy(Path.of("..", "thalweg"), home.resolve("thalweg"));
        Path lib = Files.createDirectories(home.resolve("gateway/target/lib"));
        ToolProvider jar = ToolProvider.findFirst("jar").orElseThrow();
        int count = 0;
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry);
            if (Files.isDirectory(path)) {
                Path packed = lib.resolve("classes-" + count++ + ".jar");
                assertThat(jar.run(new PrintStream(System.err), System.err, "cf", packed.toString(), "-C", entry, "."))
                        .isZero();
            } else if (Files.exists(path)) {
                Files.copy(path, lib.resolve(path.getFileName()));
            }
        }
        // All classes are in lib here; the jar of the gateway's own name only has to be one.
        assertThat(jar.run(
                        System.err,
                        System.err,
                        "cf",
                        home.resolve("gateway/target/thalweg-gateway.jar").toString(),
                        "-C",
                        home.resolve("gateway/target/lib").toString(),
                        "classes-0.jar"))
                .isZero();
        Files.createFile(home.resolve("gateway/target/built"));
    }

    private List<String> run(String options, String... args) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("sh", home.resolve("thalweg").toString()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.contains("JAVA") || name.startsWith("THALWEG"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("THALWEG_JAVA_OPTS", options);
        Process process = builder.start();
        List<String> lines = process.inputReader().lines().toList();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return lines;
    }

    @Test
    void aRehearsedStartTakesItsClassesFromTheCacheWithoutAWord() throws Exception {
        builtTree();
        assertThat(run("", "serve", "--port", "70000").get(0)).startsWith("Rehearsing a start");
        assertThat(run("", "--version")).singleElement().asString().startsWith("thalweg ");
        List<String> loaded = run("-Xlog:class+load", "--version");
        for (String name : List.of("dev.thalweg.gateway.Main", "io.netty.bootstrap.ServerBootstrap")) {
            assertThat(loaded)
                    .filteredOn(line -> line.contains(" " + name + " source:"))
                    .singleElement()
                    .asString()
                    .endsWith("shared objects file");
        }
    }
}
