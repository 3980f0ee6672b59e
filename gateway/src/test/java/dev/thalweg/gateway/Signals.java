package dev.thalweg.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Which signals this process ignores. What a process ignores its children ignore, and a JVM leaves it so. */
public final class Signals {
    private Signals() {}

    /** Whether the signal of this number is ignored; false where the system does not say. */
    public static boolean ignored(int number) throws IOException {
        Path status = Path.of("/proc/self/status");
        return Files.exists(status)
                && Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .mapToLong(
                                line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
                        .anyMatch(mask -> (mask >> (number - 1) & 1) != 0);
    }
}
