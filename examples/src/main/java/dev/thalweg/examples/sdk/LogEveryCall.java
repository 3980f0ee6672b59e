package dev.thalweg.examples.sdk;

import dev.thalweg.CallListener;
import dev.thalweg.CallRecord;
import dev.thalweg.Thalweg;

/** Writes a line for every call of a client, streamed or not, however it ends. */
public final class LogEveryCall {
    void main() {
        CallListener log = new CallListener() {
            @Override
            public void ended(CallRecord call) {
                String end = call.complete()
                        ? "complete"
                        : call.failure().map(e -> e.code().orElse("failed")).orElse("closed");
                long tokens = call.response()
                        .usage()
                        .map(usage -> usage.totalTokens())
                        .orElse(0L);
                IO.println(call.model() + " " + end + ", " + tokens + " tokens, "
                        + call.duration().toMillis() + " ms");
            }
        };
        Thalweg thalweg = Thalweg.builder().listener(log).build();
        IO.println(thalweg.complete("openai/gpt-4o-mini", "Hello").content());
    }
}
