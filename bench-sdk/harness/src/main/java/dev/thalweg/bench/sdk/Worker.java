package dev.thalweg.bench.sdk;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A {@link Child} as its parent sees it. Closing it ends it. */
final class Worker implements AutoCloseable {
    private final Library library;
    private final Process process;
    private final BufferedReader out;
    private final BufferedWriter in;
    private final long spawned;
    private final long mainBegan;

    /** Starts it; it has read its first stream then. */
    Worker(Library library, String url, Script first, List<String> jvm) throws IOException {
        this.library = library;
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        command.addAll(
                List.of("-cp", library.classpath(), Child.class.getName(), library.subject(), url, first.model()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        if (Boolean.getBoolean("bench.sdk.verbose")) {
            builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        }
        spawned = System.nanoTime();
        process = builder.start();
        out = process.inputReader();
        in = process.outputWriter();
        mainBegan = Long.parseLong(answer());
    }

    /** When it was started, a {@link System#nanoTime}: Linux has one such clock for all processes. */
    long spawned() {
        return spawned;
    }

    /** When its {@code main} began. */
    long mainBegan() {
        return mainBegan;
    }

    /** What it has used of processors until now, in nanoseconds. */
    long processorNanos() {
        return ProcessorTime.nanos(process.pid());
    }

    /** Has it do this, and gives what it answers. */
    String ask(String command) throws IOException {
        in.write(command + "\n");
        in.flush();
        return answer();
    }

    /** The next line it prints. */
    private String answer() throws IOException {
        String line = out.readLine();
        if (line == null) {
            throw new IOException(
                    library + " ended" + (process.onExit().join().exitValue() == 3 ? ", out of memory" : ""));
        }
        return line;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
