package dev.thalweg.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/**
 * Who called: the topmost frames together, which the views of the {@code jfr} command do not show. The first sample of
 * each thread is left out: an allocation's weighs as much as all that the thread allocated before the recording.
 */
record Stacks(String title, String event, String weight) {
    private static final int FRAMES = 7;
    private static final int SHOWN = 15;

    /** What was allocated, by call path. */
    static Stacks allocation() {
        return new Stacks("Allocation by call path", "jdk.ObjectAllocationSample", "weight");
    }

    /** Where time went, by call path. */
    static Stacks cpu() {
        return new Stacks("CPU time by call path", "jdk.CPUTimeSample", "");
    }

    String of(Path recording) throws IOException {
        Map<String, Double> weights = new HashMap<>();
        Set<Long> threads = new HashSet<>();
        try (RecordingFile file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                RecordedEvent one = file.readEvent();
                boolean counts = one.getEventType().getName().equals(event)
                        && one.getStackTrace() != null
                        && !threads.add(thread(one));
                if (counts) {
                    double weighs = weight.isEmpty() ? 1 : one.getLong(weight);
                    weights.merge(path(one), weighs, Double::sum);
                }
            }
        }
        double all = weights.values().stream().mapToDouble(Double::doubleValue).sum();
        return title + "\n"
                + weights.entrySet().stream()
                        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                        .limit(SHOWN)
                        .map(entry -> String.format(
                                Locale.ROOT, "%5.1f %%  %s", 100 * entry.getValue() / all, entry.getKey()))
                        .collect(Collectors.joining("\n"))
                + "\n";
    }

    private static long thread(RecordedEvent one) {
        RecordedThread thread = one.getThread(one.hasField("sampledThread") ? "sampledThread" : "eventThread");
        return thread == null ? -1 : thread.getId();
    }

    private static String path(RecordedEvent one) {
        String what = one.hasField("objectClass")
                ? one.getClass("objectClass").getName().replaceAll(".*\\.", "") + " by "
                : "";
        return what
                + one.getStackTrace().getFrames().stream()
                        .limit(FRAMES)
                        .map(Stacks::name)
                        .collect(Collectors.joining(" < "));
    }

    private static String name(RecordedFrame frame) {
        String type = frame.getMethod().getType().getName();
        return type.substring(type.lastIndexOf('.') + 1) + "."
                + frame.getMethod().getName();
    }
}
