package dev.thalweg.examples.observe;

import dev.thalweg.Thalweg;
import dev.thalweg.opentelemetry.OpenTelemetryListener;
import io.opentelemetry.api.GlobalOpenTelemetry;

/** Makes a span of every call, wherever the agent or the SDK of OpenTelemetry that runs here sends it. */
public final class TraceCalls {
    void main() {
        OpenTelemetryListener traces = OpenTelemetryListener.builder(GlobalOpenTelemetry.get())
                .captureContent(false)
                .build();
        Thalweg thalweg = Thalweg.builder().listener(traces).build();
        IO.println(thalweg.complete("openai/gpt-4o-mini", "Hello").content());
    }
}
