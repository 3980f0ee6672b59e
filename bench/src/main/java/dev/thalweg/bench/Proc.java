package dev.thalweg.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What Linux knows of processes and of the machine. */
final class Proc {
    private static final double TICKS_PER_SECOND = 100;

    private Proc() {}

    /** CPU seconds that a process and its children have used, those who have ended included. */
    static double cpuSeconds(ProcessHandle process) {
        return tree(process).mapToDouble(one -> cpu(one.pid())).sum();
    }

    /** Resident memory of a process and its children, in MB. */
    static double rssMegabytes(ProcessHandle process) {
        return tree(process)
                .mapToDouble(one -> read("/proc/" + one.pid() + "/status")
                        .lines()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
                        .sum())
                .sum();
    }

    /** CPU seconds that everything on this machine has used. */
    static double machineCpuSeconds() {
        String[] fields =
                read("/proc/stat").lines().findFirst().orElse("").trim().split(" +");
        double ticks = 0;
        for (int i = 1; i <= 8; i++) {
            boolean idle = i == 4 || i == 5;
            ticks += idle ? 0 : Double.parseDouble(fields[i]);
        }
        return ticks / TICKS_PER_SECOND;
    }

    /** How many files a process like this one may have open. */
    static int maxFiles() {
        return read("/proc/self/limits")
                .lines()
                .filter(line -> line.startsWith("Max open files"))
                .mapToInt(line -> Integer.parseInt(line.split(" +")[3]))
                .findFirst()
                .orElseThrow();
    }

    /** The machine's load average of the last minute. */
    static double load() {
        return Double.parseDouble(read("/proc/loadavg").split(" ")[0]);
    }

    static String read(String path) {
        try {
            return Files.readString(Path.of(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<ProcessHandle> tree(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants());
    }

    private static double cpu(long pid) {
        String stat;
        try {
            stat = read("/proc/" + pid + "/stat");
        } catch (UncheckedIOException e) {
            return 0; // it has just ended
        }
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        double ticks = 0;
        for (int i = 11; i <= 14; i++) { // utime, stime, cutime, cstime
            ticks += Double.parseDouble(fields[i]);
        }
        return ticks / TICKS_PER_SECOND;
    }
}
