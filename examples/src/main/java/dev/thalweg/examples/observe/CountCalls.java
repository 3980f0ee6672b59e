package dev.thalweg.examples.observe;

import dev.thalweg.Thalweg;
import dev.thalweg.micrometer.MicrometerListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/** Counts calls in a registry of Micrometer, here one in memory. */
public final class CountCalls {
    static Thalweg thalweg(MeterRegistry registry) {
        return Thalweg.builder().listener(MicrometerListener.of(registry)).build();
    }

    void main() {
        MeterRegistry registry = new SimpleMeterRegistry();
        IO.println(thalweg(registry).complete("openai/gpt-4o-mini", "Hello").content());
        registry.getMeters().stream()
                .map(meter -> meter.getId().getName())
                .distinct()
                .sorted()
                .forEach(IO::println);
    }
}
