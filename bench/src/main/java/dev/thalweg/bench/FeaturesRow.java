package dev.thalweg.bench;

import dev.thalweg.bench.Measure.Against;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What is not configured costs nothing: a gateway with everything on beside one with as little as it can do with, and
 * beside one with a thousand deployments and keys of which nobody asks for more than one. All three begin anew.
 */
record FeaturesRow() implements Row {
    private static final String JSON_CPU = "CPU per small JSON request";
    private static final String JSON_BYTES = "allocated per JSON request";
    private static final String STREAM_CPU = "CPU per stream of 100 chunks";
    private static final String CHUNK_BYTES = "allocated per chunk";
    private static final String IDLE_BYTES = "allocated per second without a request";
    private static final int IDLE_SECONDS = 5;
    private static final String ON = ", all on beside bare";
    private static final String MANY = ", 1,000 deployments and keys beside one";

    @Override
    public void measure(Bed bed, Measures out) throws Exception {
        define(out, JSON_CPU, "µs", 1.1);
        define(out, STREAM_CPU, "µs", 1.1);
        define(out, JSON_BYTES, "B", 1.05);
        // Without a limit: the configuration's file is looked at all the time, so a longer one is a cost per second.
        define(out, CHUNK_BYTES, "B", null);
        define(out, IDLE_BYTES, "B", null);
        Bed own = new Bed(scene(bed.scene()), bed.rounds(), bed.quick());
        new Check(own.scene()).all(Tls.NONE);
        for (Subject subject : inTurn(0)) {
            requests(own, subject).run(bed.seconds(15));
            streams(own, subject).run(bed.count(10));
        }
        for (int round = 0; round < bed.rounds(); round++) {
            for (Subject subject : inTurn(round)) {
                add(out, JSON_CPU, subject, requests(own, subject).cpuMicros(bed.seconds(4)));
                add(
                        out,
                        STREAM_CPU,
                        subject,
                        streams(own, subject).run(bed.count(3)).cpuMicros());
            }
        }
        for (Subject subject : inTurn(0)) {
            add(out, JSON_BYTES, subject, requests(own, subject).allocatedBytes(bed.seconds(4)));
            add(out, CHUNK_BYTES, subject, streams(own, subject).allocatedBytes(bed.count(3)));
            add(out, IDLE_BYTES, subject, idleBytes(own, subject));
        }
        for (Subject subject : inTurn(0)) {
            Stage.stop(own.scene().gateway(subject).process());
        }
    }

    private static double idleBytes(Bed bed, Subject subject) throws Exception {
        try (Jvm jvm = Jvm.of(bed.scene().process(subject))) {
            long before = jvm.allocatedBytes();
            TimeUnit.SECONDS.sleep(IDLE_SECONDS);
            return (double) (jvm.allocatedBytes() - before) / IDLE_SECONDS;
        }
    }

    private static Scene scene(Scene scene) throws Exception {
        Stage stage = scene.stage();
        GatewayConfig config = new GatewayConfig(stage);
        return scene.with(Subject.BARE, start(stage, Subject.BARE, config.bare()))
                .with(Subject.GATEWAY, start(stage, Subject.GATEWAY, config.everything()))
                .with(Subject.MANY, start(stage, Subject.MANY, config.many()));
    }

    private static Gateway start(Stage stage, Subject subject, String config) throws Exception {
        return Gateway.start(stage, "features-" + subject.label(), config, Scene.MAIN_OPTIONS);
    }

    private static List<Subject> inTurn(int round) {
        return Bed.inTurn(round, Subject.BARE, Subject.GATEWAY, Subject.MANY);
    }

    private static Requests requests(Bed bed, Subject subject) {
        return Requests.kept(bed.scene(), subject, Tls.NONE);
    }

    private static Streams streams(Bed bed, Subject subject) {
        return new Streams(bed, subject, Tls.NONE);
    }

    private static void define(Measures out, String what, String unit, @Nullable Double limitOfMany) {
        out.define(what + ON, unit, Against.BARE, null, null);
        out.define(what + MANY, unit, Against.ONE, limitOfMany, null);
    }

    private static void add(Measures out, String what, Subject subject, double value) {
        if (subject != Subject.MANY) {
            out.add(what + ON, subject, value);
        }
        if (subject != Subject.BARE) {
            out.add(what + MANY, subject, value);
        }
    }
}
