package dev.thalweg.gateway.record;

import dev.thalweg.core.route.FailureClass;
import dev.thalweg.core.route.FailureClass.Blame;
import dev.thalweg.core.stream.StreamEnd;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * What has happened at one deployment of a group, a counter for each thing that can, all there from the beginning: the maps
 * do not change, so that nobody waits for anybody. Thread-safe.
 */
final class RouteCounts {
    private final Map<String, LongAdder> attempts = new LinkedHashMap<>();
    private final Map<FailureClass, LongAdder> cooldowns = new EnumMap<>(FailureClass.class);
    private final LongAdder hedges = new LongAdder();

    RouteCounts() {
        for (StreamEnd end : StreamEnd.values()) {
            attempts.put(end.label(), new LongAdder());
        }
        attempts.put(RequestRecord.HEDGED_OUT, new LongAdder());
        for (FailureClass cause : FailureClass.values()) {
            if (cause.blame() != Blame.NONE) {
                cooldowns.put(cause, new LongAdder());
            }
        }
    }

    void ended(String outcome) {
        LongAdder count = attempts.get(outcome);
        if (count != null) {
            count.increment();
        }
    }

    void cooled(FailureClass cause) {
        LongAdder count = cooldowns.get(cause);
        if (count != null) {
            count.increment();
        }
    }

    /** By how they ended. */
    Map<String, LongAdder> attempts() {
        return Collections.unmodifiableMap(attempts);
    }

    /** By the failure that began them. */
    Map<FailureClass, LongAdder> cooldowns() {
        return Collections.unmodifiableMap(cooldowns);
    }

    /** Second attempts beside a first one. */
    LongAdder hedges() {
        return hedges;
    }
}
