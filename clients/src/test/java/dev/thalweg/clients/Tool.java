package dev.thalweg.clients;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that is run to its end during set-up. */
final class Tool {
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final int SHOWN_LINES = 12;

    private Tool() {}

    /**
     * What a program left behind.
     *
     * @param exit its exit code
     * @param output both its streams
     */
    record Run(int exit, String output) {
        boolean ok() {
            return exit == 0;
        }

        /** The end of the output, for a message. */
        String tail() {
            List<String> lines = output.strip().lines().toList();
            return String.join("\n  ", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
        }
    }

    /**
     * Runs it in this directory.
     *
     * @throws Unavailable when there is no such program, or it does not end
     */
    static Run run(Path directory, String... command) {
        try {
            Path log = directory.resolve("setup-" + Path.of(command[0]).getFileName() + ".log");
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new Unavailable(String.join(" ", command) + " did not end within " + LIMIT.toSeconds() + " s");
            }
            return new Run(process.exitValue(), Files.readString(log));
        } catch (IOException e) {
            throw new Unavailable("'" + command[0] + "' cannot be run here (" + e.getMessage() + ")");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while " + command[0] + " ran", e);
        }
    }
}
