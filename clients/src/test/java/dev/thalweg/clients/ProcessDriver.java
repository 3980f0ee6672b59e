package dev.thalweg.clients;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client in a process of its own: a call is a line to it, what came of it a line back. It ends with this JVM. */
final class ProcessDriver implements Driver {
    private static final long LIMIT_SECONDS = 30;

    private final Path directory;
    private final String[] command;
    private final String version;
    private Process process;
    private BufferedReader from;
    private BufferedWriter to;

    ProcessDriver(Path directory, String... command) {
        this.directory = directory;
        this.command = command;
        JsonNode hello = start();
        this.version = hello.path("library").asString() + " on "
                + hello.path("runtime").asString();
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public synchronized JsonNode call(Call call) {
        if (!process.isAlive()) {
            start();
        }
        try {
            to.write(call.line());
            to.newLine();
            to.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(directory + " takes no calls any more", e);
        }
        return read();
    }

    private JsonNode start() {
        try {
            process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectError(ProcessBuilder.Redirect.appendTo(
                            directory.resolve("driver.log").toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + String.join(" ", command), e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        from = process.inputReader(StandardCharsets.UTF_8);
        to = process.outputWriter(StandardCharsets.UTF_8);
        return read();
    }

    private JsonNode read() {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            String line = CompletableFuture.supplyAsync(this::line, executor)
                    .orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS)
                    .whenComplete((read, problem) -> {
                        if (problem instanceof TimeoutException) {
                            process.destroyForcibly();
                        }
                    })
                    .get();
            if (line == null) {
                throw new AssertionError(directory + ": the process ended; see " + directory.resolve("driver.log"));
            }
            return JsonMapper.shared().readTree(line);
        } catch (ExecutionException e) {
            throw new AssertionError(directory + ": the client did not end within " + LIMIT_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + directory, e);
        }
    }

    private String line() {
        try {
            return from.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read from " + directory, e);
        }
    }
}
