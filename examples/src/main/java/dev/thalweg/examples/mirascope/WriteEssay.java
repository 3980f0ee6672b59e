package dev.thalweg.examples.mirascope;

import dev.thalweg.CallOptions;
import dev.thalweg.ChatStream;
import dev.thalweg.Thalweg;
import dev.thalweg.Timeouts;
import dev.thalweg.error.TimeoutException;
import dev.thalweg.model.ChatChunk;
import java.time.Duration;

/** Gives an essay thirty seconds, or as many as the first argument says. */
public final class WriteEssay {
    private static final Thalweg THALWEG = Thalweg.create();

    static ChatStream writeEssay(String topic, Duration timeout) {
        Timeouts timeouts = Timeouts.builder().streamTotal(timeout).build();
        CallOptions options = CallOptions.builder().timeouts(timeouts).build();
        return THALWEG.with(options).stream("openai/gpt-4o-mini", "Write a detailed essay about " + topic);
    }

    void main(String[] args) {
        long seconds = args.length > 0 ? Long.parseLong(args[0]) : 30;
        try (ChatStream essay = writeEssay("artificial intelligence", Duration.ofSeconds(seconds))) {
            for (ChatChunk chunk : essay) {
                IO.print(chunk.content());
            }
        } catch (TimeoutException e) {
            IO.println("\nGeneration timed out");
        }
    }
}
