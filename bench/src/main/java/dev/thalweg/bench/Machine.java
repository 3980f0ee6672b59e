package dev.thalweg.bench;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the numbers were measured on. */
final class Machine {
    private Machine() {}

    static Map<String, String> describe(Processors processors) throws IOException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        facts.put(
                "cpu",
                Proc.read("/proc/cpuinfo")
                        .lines()
                        .filter(line -> line.startsWith("model name"))
                        .map(line -> line.replaceAll(".*: ", ""))
                        .findFirst()
                        .orElse(System.getProperty("os.arch")));
        facts.put("cores", Integer.toString(processors.all().size()));
        facts.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        facts.put("jdk", System.getProperty("java.vm.vendor") + " " + System.getProperty("java.runtime.version"));
        facts.put("nginx", said("PATH=$PATH:/usr/sbin:/sbin nginx -v 2>&1"));
        facts.put("commit", said("git -C '" + Stage.HOME + "' describe --always --dirty 2>/dev/null"));
        facts.put(
                "cores used",
                processors.shared()
                        ? "one for everything: the proxies had none to themselves"
                        : "processor " + processors.proxy() + " for the proxy alone (one worker, one event loop), "
                                + processors.others() + " for upstream and load");
        facts.put("gateway's options", Scene.MAIN_OPTIONS);
        facts.put("load average before", Double.toString(Proc.load()));
        return facts;
    }

    private static String said(String command) throws IOException {
        Process process = new ProcessBuilder("sh", "-c", command).start();
        return new String(process.getInputStream().readAllBytes()).strip();
    }
}
