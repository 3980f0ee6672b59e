package dev.thalweg.examples.choreoai;

import dev.thalweg.ChatStream;
import dev.thalweg.Thalweg;
import dev.thalweg.Timeouts;
import dev.thalweg.error.TimeoutException;
import dev.thalweg.model.ChatChunk;
import java.time.Duration;

/** Gives a whole stream thirty seconds, or as many as the first argument says. */
public final class TimeoutHandling {
    void main(String[] args) {
        long seconds = args.length > 0 ? Long.parseLong(args[0]) : 30;
        Timeouts timeouts =
                Timeouts.builder().streamTotal(Duration.ofSeconds(seconds)).build();
        Thalweg thalweg = Thalweg.builder().timeouts(timeouts).build();
        try (ChatStream stream = thalweg.stream("gpt-4", "Write a long story")) {
            for (ChatChunk chunk : stream) {
                IO.print(chunk.content());
            }
        } catch (TimeoutException e) {
            IO.println("\n[" + e.code().orElseThrow() + "] " + e.getMessage());
        }
    }
}
