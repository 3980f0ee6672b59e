package dev.thalweg.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the {@code thalweg} script runs, on a built tree and with a JDK that writes down how it was called. */
@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
    /** Calls are a line each; a rehearsal takes its time and leaves a cache, unless it is told to fail. */
    private static final String JAVA = """
            #!/bin/sh
            echo "$*" >>'%1$s/calls'
            for option in "$@"; do
                case $option in
                    -XX:AOTCacheOutput=*)
                        sleep 0.3
                        [ ! -e '%1$s/failing' ] || exit 1
                        echo cache >"${option#*=}"
                        ;;
                esac
            done
            """;

    @TempDir
    private Path home;

    private record Result(int code, String err) {}

    @BeforeEach
    void tree() throws IOException {
        Files.copy(Path.of("..", "thalweg"), home.resolve("thalweg"));
        Files.createDirectories(target("lib"));
        Files.writeString(target("thalweg-gateway.jar"), "jar");
        Files.writeString(target("lib/a library.jar"), "jar");
        Files.writeString(target("built"), "");
        Files.createDirectories(home.resolve("jdk/bin"));
        release("25.0.1");
        Files.writeString(home.resolve("calls"), "");
        for (String tool : List.of("java", "javac")) {
            Path file = Files.writeString(home.resolve("jdk/bin/" + tool), JAVA.formatted(home));
            assertThat(file.toFile().setExecutable(true)).isTrue();
        }
    }

    private Path target(String name) {
        return home.resolve("gateway/target").resolve(name);
    }

    private void release(String version) throws IOException {
        Files.writeString(home.resolve("jdk/release"), "JAVA_VERSION=\"" + version + "\"\n");
    }

    private Process start(Map<String, String> environment, String... args) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("sh", home.resolve("thalweg").toString()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.contains("JAVA") || name.startsWith("THALWEG"));
        builder.environment().put("JAVA_HOME", home.resolve("jdk").toString());
        builder.environment().putAll(environment);
        return builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    }

    private static Result end(Process process) throws IOException, InterruptedException {
        String err = String.join("\n", process.errorReader().lines().toList());
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), err);
    }

    private Result run(Map<String, String> environment, String... args) throws IOException, InterruptedException {
        return end(start(environment, args));
    }

    private Result serve() throws IOException, InterruptedException {
        return run(Map.of(), "serve");
    }

    private List<String> rehearsals() throws IOException {
        return calls().stream().filter(call -> call.contains("Rehearsal")).toList();
    }

    private List<String> calls() throws IOException {
        return Files.readAllLines(home.resolve("calls"));
    }

    private List<Path> caches() throws IOException {
        try (Stream<Path> files = Files.list(target("start"))) {
            return files.filter(file -> file.toString().endsWith(".aot")).toList();
        }
    }

    @Test
    void theFirstServeMakesTheCacheAndLaterStartsUseIt() throws Exception {
        Result first = serve();
        assertThat(first.code()).isZero();
        assertThat(first.err()).startsWith("Rehearsing a start").doesNotContain("\n");
        assertThat(serve().err()).isEmpty();
        assertThat(run(Map.of(), "check", "a file").err()).isEmpty();
        assertThat(rehearsals()).hasSize(1);
        Path cache = caches().get(0);
        assertThat(calls().subList(1, 4)).allMatch(call -> call.contains("-XX:AOTCache=" + cache + " "));
        assertThat(calls().get(3)).endsWith("dev.thalweg.gateway.Main check a file");
    }

    @Test
    void whatOnlyAsksDoesNotWaitForACache() throws Exception {
        assertThat(run(Map.of(), "--version")).isEqualTo(new Result(0, ""));
        assertThat(calls()).singleElement().asString().doesNotContain("AOT");
    }

    @Test
    void aNewerJarOrAnotherJdkMeansANewCache() throws Exception {
        serve();
        Path first = caches().get(0);
        Files.setLastModifiedTime(first, FileTime.from(Instant.EPOCH));
        serve();
        assertThat(rehearsals()).hasSize(2);
        assertThat(caches()).containsExactly(first);
        release("25.0.2");
        serve();
        assertThat(rehearsals()).hasSize(3);
        assertThat(caches()).hasSize(1).doesNotContain(first);
    }

    @Test
    void anotherSetOfJarsMeansANewCache() throws Exception {
        serve();
        Files.move(target("lib/a library.jar"), target("lib/b library.jar"));
        serve();
        assertThat(rehearsals()).hasSize(2);
        assertThat(rehearsals().get(1)).contains("/b library.jar").doesNotContain("/a library.jar");
        assertThat(caches()).hasSize(1);
    }

    @Test
    void ofSeveralStartsAtOnceOneMakesTheCacheAndAllServe() throws Exception {
        List<Process> started = new ArrayList<>();
        for (int i : IntStream.range(0, 6).toArray()) {
            started.add(start(Map.of(), "serve", "--port", Integer.toString(i)));
        }
        for (Process process : started) {
            assertThat(end(process).code()).isZero();
        }
        assertThat(rehearsals()).hasSize(1);
        assertThat(calls()).hasSize(7);
        assertThat(caches())
                .singleElement()
                .satisfies(cache -> assertThat(cache).hasContent("cache"));
        assertThat(target("start/making")).doesNotExist();
    }

    @Test
    void aKilledRehearsalDoesNotHoldUpTheNext() throws Exception {
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Files.createDirectories(target("start/making"));
        Files.writeString(target("start/making/pid"), gone.pid() + "\n");
        assertThat(serve().code()).isZero();
        assertThat(caches()).hasSize(1);
    }

    @Test
    void aTreeThatCannotBeWrittenToIsServedWithoutACache() throws Exception {
        Files.writeString(target("start"), "in the way of a directory, for root as well");
        Result result = serve();
        assertThat(result.code()).isZero();
        assertThat(result.err()).contains("cannot write its start cache").doesNotContain("\n");
        assertThat(calls()).singleElement().asString().doesNotContain("AOT").endsWith("Main serve");
    }

    @Test
    void aFailedRehearsalIsToldOnceAndNotRepeated() throws Exception {
        Files.writeString(home.resolve("failing"), "");
        Result first = serve();
        assertThat(first.code()).isZero();
        assertThat(first.err()).contains("the rehearsal failed");
        assertThat(serve()).isEqualTo(new Result(0, ""));
        assertThat(rehearsals()).hasSize(1);
        assertThat(calls().get(2)).doesNotContain("AOT").endsWith("Main serve");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-XX:+UseZGC", "-javaagent:x.jar", "-agentlib:jdwp", "-XX:-UseCompactObjectHeaders"})
    void optionsACacheCannotBeUsedWithLeaveItOut(String option) throws Exception {
        assertThat(run(Map.of("THALWEG_JAVA_OPTS", option), "serve")).isEqualTo(new Result(0, ""));
        assertThat(calls()).singleElement().asString().doesNotContain("AOT").contains(option);
    }

    @Test
    void theCacheCanBeSwitchedOff() throws Exception {
        assertThat(run(Map.of("THALWEG_START_CACHE", "off"), "serve")).isEqualTo(new Result(0, ""));
        assertThat(calls()).singleElement().asString().doesNotContain("AOT");
    }

    @Test
    void theHeapIsBoundedUnlessItIsGiven() throws Exception {
        run(Map.of(), "--version");
        run(Map.of("THALWEG_JAVA_OPTS", "-Xmx2g"), "--version");
        run(Map.of("JAVA_TOOL_OPTIONS", "-XX:MaxRAMPercentage=75"), "--version");
        run(Map.of("THALWEG_JAVA_OPTS", "-XX:+UseG1GC"), "--version");
        assertThat(calls().get(0)).containsPattern("-Xmx\\d+m -XX:\\+UseSerialGC");
        assertThat(calls().get(1)).contains(" -Xmx2g ").doesNotContain("-Xmx512m", "GC");
        assertThat(calls().get(2)).doesNotContain("-Xmx", "GC");
        assertThat(calls().get(3)).contains(" -Xmx", "-XX:+UseG1GC").doesNotContain("Serial");
    }

    @Test
    void withoutAJdkItSaysWhatIsMissing() throws Exception {
        Path script = home.resolve("thalweg");
        String text = Files.readString(script);
        int from = text.indexOf("\"$on_path\" \\");
        int to = text.indexOf("; do", from);
        Files.writeString(script, text.substring(0, from) + text.substring(to));
        release("24.0.2");
        Result result = serve();
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("needs a JDK 25").doesNotContain("\n");
        assertThat(calls()).isEmpty();
    }
}
