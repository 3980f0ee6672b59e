package dev.thalweg.bench;

import dev.thalweg.bench.Measure.Against;
import org.jspecify.annotations.Nullable;

/** Long prompts, one request at a time. */
record PromptsRow() implements Row {
    private record Size(
            String name, int bytes, int requests, @Nullable Double limit) {}

    private static final Size[] SIZES = {new Size("400 KB", 400_000, 2_000, 1.0), new Size("4 MB", 4_000_000, 200, null)
    };
    private static final String SENTENCE = "The thalweg is the line of fastest flow; \\\"it wanders\\\", he said.\\n";

    @Override
    public void measure(Bed bed, Measures out) throws Exception {
        for (Size size : SIZES) {
            out.define(size.name + " prompt, latency, median", "ms", Against.DIRECT, size.limit, null);
            out.define(size.name + " prompt, CPU per request", "µs", Against.NGINX, null, null);
            send(bed, Subject.GATEWAY, size, bed.count(size.requests));
        }
        for (int round = 0; round < bed.rounds(); round++) {
            for (Size size : SIZES) {
                for (Subject subject : Bed.inTurn(round, Subject.DIRECT, Subject.NGINX, Subject.GATEWAY)) {
                    Cost cost = send(bed, subject, size, bed.count(size.requests));
                    out.add(
                            size.name + " prompt, latency, median",
                            subject,
                            cost.samples().totalMillis(50));
                    if (subject != Subject.DIRECT) {
                        out.add(size.name + " prompt, CPU per request", subject, cost.cpuMicros());
                    }
                }
            }
        }
    }

    private static Cost send(Bed bed, Subject subject, Size size, int requests) throws Exception {
        byte[] request = Scene.request(subject, "json", Tls.NONE, prompt(size.bytes));
        Load load = new Load(bed.scene().port(subject, "json", Tls.NONE), request, 1, requests, 0, 0);
        return Cost.of(bed, subject, size.name + " prompts", load);
    }

    /** A prompt of about so many bytes, with escapes as any text has them. */
    static String prompt(int bytes) {
        return SENTENCE.repeat(bytes / SENTENCE.length());
    }
}
