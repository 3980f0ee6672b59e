package dev.thalweg.gateway.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.thalweg.gateway.Main;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** {@code thalweg chat} as a process of its own, with pipes or on a terminal of its own; whoever starts it closes it. */
final class ChatProcess implements AutoCloseable {
    private final Process process;
    private final StringBuilder out = new StringBuilder();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private final Thread reader = Thread.ofVirtual().unstarted(this::read);
    private boolean ended;
    private int seen;

    private ChatProcess(Process process) {
        this.process = process;
        reader.start();
    }

    static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "chat"));
        command.addAll(List.of(arguments));
        return command;
    }

    static ProcessBuilder builder(List<String> command, Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("THALWEG_") || name.endsWith("_API_KEY"));
        builder.environment().remove("NO_COLOR");
        builder.environment().putAll(environment);
        return builder;
    }

    static ChatProcess piped(Map<String, String> environment, String... arguments) throws IOException {
        return new ChatProcess(builder(command(arguments), environment).start());
    }

    /** On a terminal; the test is skipped where Python, which makes one, is missing. */
    static ChatProcess onTerminal(Map<String, String> environment, String... arguments) throws Exception {
        assumeTrue(
                hasPython(), "python3 with its module pty makes the terminal for this test; it is not installed here");
        List<String> command = new ArrayList<>(List.of("python3", "src/test/terminal/terminal.py"));
        command.addAll(command(arguments));
        ProcessBuilder builder = builder(command, environment);
        builder.environment().putIfAbsent("TERM", "xterm-256color");
        builder.environment().put("LC_ALL", "C.UTF-8");
        return new ChatProcess(builder.redirectErrorStream(true).start());
    }

    private static boolean hasPython() throws InterruptedException {
        try {
            return new ProcessBuilder("python3", "-c", "import pty").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private void read() {
        byte[] buffer = new byte[4096];
        try (var input = process.getInputStream()) {
            for (int n = input.read(buffer); n >= 0; n = input.read(buffer)) {
                add(new String(buffer, 0, n, StandardCharsets.ISO_8859_1), false);
            }
        } catch (IOException e) {
            // The process was ended: there is nothing more to read.
        } finally {
            add("", true);
        }
    }

    private void add(String piece, boolean last) {
        lock.lock();
        try {
            out.append(piece);
            ended |= last;
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until this text has come after what was waited for before, and returns what came from there to its end. */
    String await(String text) throws InterruptedException {
        String wanted = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        long left = Duration.ofSeconds(30).toNanos();
        lock.lock();
        try {
            int at = out.indexOf(wanted, seen);
            while (at < 0) {
                if (ended || left <= 0) {
                    throw new AssertionError("'" + text + "' did not come after: " + text(seen, out.length()));
                }
                left = more.awaitNanos(left);
                at = out.indexOf(wanted, seen);
            }
            String came = text(seen, at + wanted.length());
            seen = at + wanted.length();
            return came;
        } finally {
            lock.unlock();
        }
    }

    private String text(int from, int to) {
        return new String(out.substring(from, to).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    void type(String keys) throws IOException {
        OutputStream in = process.getOutputStream();
        in.write(keys.getBytes(StandardCharsets.UTF_8));
        in.flush();
    }

    /** Ends standard input. */
    void endInput() throws IOException {
        process.getOutputStream().close();
    }

    /** Everything on standard output, when it has ended. */
    String out() throws InterruptedException {
        assertThat(reader.join(Duration.ofSeconds(30))).isTrue();
        return text(0, out.length());
    }

    String err() throws IOException {
        return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    void interrupt() throws Exception {
        assertThat(new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    int exitCode() throws InterruptedException {
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
