package dev.thalweg.bench;

import java.util.ArrayList;
import java.util.List;

/** Which processor the measured proxy has to itself: the last one; everything else runs on the others. */
record Processors(List<Integer> all) {
    static Processors available() {
        String list = Proc.read("/proc/self/status")
                .lines()
                .filter(line -> line.startsWith("Cpus_allowed_list:"))
                .findFirst()
                .orElse("Cpus_allowed_list: 0")
                .replaceAll(".*:\\s*", "");
        List<Integer> all = new ArrayList<>();
        for (String range : list.split(",")) {
            String[] ends = range.split("-");
            for (int i = Integer.parseInt(ends[0]); i <= Integer.parseInt(ends[ends.length - 1]); i++) {
                all.add(i);
            }
        }
        return new Processors(List.copyOf(all));
    }

    boolean shared() {
        return all.size() < 2;
    }

    String proxy() {
        return all.get(all.size() - 1).toString();
    }

    String others() {
        return shared() ? proxy() : join(all.subList(0, all.size() - 1));
    }

    String every() {
        return join(all);
    }

    /** Moves this process, with all its threads, off the proxy's processor. */
    void leave() throws Exception {
        new ProcessBuilder(
                        "taskset",
                        "-a",
                        "-p",
                        "-c",
                        others(),
                        Long.toString(ProcessHandle.current().pid()))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private static String join(List<Integer> processors) {
        return String.join(",", processors.stream().map(String::valueOf).toList());
    }
}
