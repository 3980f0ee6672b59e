package dev.thalweg.examples.sdk;

import dev.thalweg.ChatStream;
import dev.thalweg.Thalweg;
import dev.thalweg.Timeouts;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Streams as many answers as the first argument says, each on a virtual thread of its own, twenty at a time. */
public final class ManyStreams {
    void main(String[] args) {
        Thalweg thalweg = Thalweg.builder()
                .maxConnections(20)
                .timeouts(Timeouts.builder().pool(Duration.ofMinutes(5)).build())
                .build();
        AtomicInteger characters = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < Integer.parseInt(args[0]); i++) {
                String prompt = "Describe the number " + i;
                threads.execute(() -> {
                    try (ChatStream stream = thalweg.stream("openai/gpt-4o-mini", prompt)) {
                        stream.text().forEach(text -> characters.addAndGet(text.length()));
                    }
                });
            }
        }
        IO.println(characters + " characters");
    }
}
