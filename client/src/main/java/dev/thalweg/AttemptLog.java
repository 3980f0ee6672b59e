package dev.thalweg;

import dev.thalweg.error.CancelledException;
import dev.thalweg.error.ThalwegException;
import dev.thalweg.model.Attempt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The attempts of one call, one after the other. Used by one thread at a time, the one that makes them. */
final class AttemptLog {
    private final CallLog log;
    private final List<Attempt> ended = new ArrayList<>(1);
    private Endpoint endpoint = Endpoint.of("");
    private long began;

    AttemptLog(CallLog log) {
        this.log = log;
    }

    /** An attempt begins. */
    void begin(Endpoint asked) {
        endpoint = asked;
        began = System.nanoTime();
    }

    /** Those that have ended. */
    List<Attempt> ended() {
        return List.copyOf(ended);
    }

    void succeeded() {
        Attempt unused = end("", "");
    }

    /** The attempt ended with this; gives the same failure with the list of all attempts. */
    ThalwegException failed(ThalwegException failure) {
        Attempt attempt = end(failure.getClass().getSimpleName(), failure.code().orElse(""));
        if (!(failure instanceof CancelledException)) {
            log.attemptFailed(attempt);
        }
        return listed(failure);
    }

    /** The same failure with the list of all attempts. */
    ThalwegException listed(ThalwegException failure) {
        return Failures.with(failure, ended());
    }

    private Attempt end(String error, String code) {
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        Attempt attempt = new Attempt(endpoint.id(), endpoint.model(), error, code, took);
        ended.add(attempt);
        return attempt;
    }
}
