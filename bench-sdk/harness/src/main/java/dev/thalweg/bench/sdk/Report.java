package dev.thalweg.bench.sdk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Markdown, printed as it comes and kept. */
final class Report {
    private final StringBuilder text = new StringBuilder();

    /** Says what the numbers were measured on. */
    void machine(List<Library> libraries, int rounds) throws IOException {
        line("- "
                + String.join(
                        ", ",
                        libraries.stream()
                                .filter(Library::own)
                                .map(Library::versioned)
                                .toList()));
        line("- " + Instant.now().truncatedTo(ChronoUnit.SECONDS) + ", " + processor() + ", "
                + Runtime.getRuntime().availableProcessors() + " processors, " + System.getProperty("os.name") + " "
                + System.getProperty("os.version") + ", " + System.getProperty("java.vm.vendor") + " "
                + Runtime.version());
        line("- rounds: " + rounds + "; load of the machine before: " + load());
    }

    /** Says how busy the machine is now. */
    void machineAfter() throws IOException {
        line("");
        line("- load of the machine after: " + load());
    }

    private static String load() throws IOException {
        return Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
    }

    private static String processor() throws IOException {
        return Files.readString(Path.of("/proc/cpuinfo"))
                .lines()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.replaceAll(".*: ", ""))
                .findFirst()
                .orElse(System.getProperty("os.arch"));
    }

    void title(String title) {
        line("");
        line("**" + title + "**");
        line("");
    }

    void head(String... cells) {
        row(cells);
        line("|---|" + "--:|".repeat(cells.length - 1));
    }

    void row(String... cells) {
        line("| " + String.join(" | ", cells) + " |");
    }

    void line(String line) {
        System.out.println(line);
        text.append(line).append('\n');
    }

    void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, text);
    }
}
