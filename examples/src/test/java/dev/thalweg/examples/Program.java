package dev.thalweg.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** An example as a user runs it: in a process of its own, set up by environment variables. */
final class Program {
    private Program() {}

    /** What a program of this module prints; it has to end without an error. */
    static String run(Class<?> program, Map<String, String> environment, String... args)
            throws IOException, InterruptedException {
        return start(program, environment, args).whole();
    }

    static Run start(Class<?> program, Map<String, String> environment, String... args) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Dstdout.encoding=UTF-8"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(List.of(args));
        return start(command, environment);
    }

    static Run start(List<String> command, Map<String, String> environment) throws IOException {
        Path logs = Files.createDirectories(Path.of("target", "programs"));
        Path errors = Files.createTempFile(logs, "", ".log");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
        builder.environment().putAll(environment);
        return new Run(builder.start(), errors);
    }

    /** A program that was started. */
    record Run(Process process, Path errorLog) {
        /** The next so many bytes it prints, waiting for them. */
        String read(int bytes) throws IOException {
            return new String(process.getInputStream().readNBytes(bytes), StandardCharsets.UTF_8);
        }

        /** What it prints from here to its end. */
        String rest() throws IOException {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }

        /** The same of one that has to end without an error. */
        String whole() throws IOException, InterruptedException {
            String output = rest();
            assertThat(exit()).as(errors()).isZero();
            return output;
        }

        int exit() throws InterruptedException {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        }

        String errors() throws IOException {
            return Files.readString(errorLog);
        }
    }
}
