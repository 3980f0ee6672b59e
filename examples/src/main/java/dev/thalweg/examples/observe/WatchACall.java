package dev.thalweg.examples.observe;

import dev.thalweg.AttemptStart;
import dev.thalweg.CallListener;
import dev.thalweg.CallRecord;
import dev.thalweg.CallStart;
import dev.thalweg.ChatStream;
import dev.thalweg.Thalweg;
import dev.thalweg.model.Attempt;
import java.time.Duration;

/** Hears all that there is to hear of a call. */
public final class WatchACall {
    void main() {
        CallListener watch = new CallListener() {
            @Override
            public void started(CallStart call) {
                IO.println("started: " + call.model());
            }

            @Override
            public void attemptStarted(String callId, AttemptStart attempt) {
                IO.println("attempt " + attempt.number() + ": " + attempt.deployment());
            }

            @Override
            public void attemptFailed(String callId, Attempt attempt) {
                IO.println("failed: " + attempt.error());
            }

            @Override
            public void firstToken(String callId, Duration sinceStart) {
                IO.println("first token");
            }

            @Override
            public void ended(CallRecord call) {
                IO.println(
                        "ended: " + call.outcome() + ", " + call.cost().digits().orElse("?") + " USD");
            }
        };
        Thalweg thalweg = Thalweg.builder().listener(watch).build();
        try (ChatStream stream = thalweg.stream("openai/gpt-4o-mini", "Hello")) {
            IO.println(stream.response().content());
        }
    }
}
