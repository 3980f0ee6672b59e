package dev.thalweg.bench;

import dev.thalweg.bench.Measure.Against;

/**
 * A model whose only deployment fails every call, with another model behind it: what that adds to asking the other one by
 * its name, and how often the dead one is still called. A request without an answer fails the run.
 */
record FailoverRow() implements Row {
    private static final String P50 =
            "latency of a model whose deployment is dead, p50, beside its fallback asked by name";
    private static final String CALLS = "calls a second to the dead deployment at 32 connections";
    private static final double NANOS = 1e9;

    @Override
    public void measure(Bed bed, Measures out) throws Exception {
        out.define(P50, "ms", Against.STAND_IN, 1.0, null);
        out.define(CALLS, "", Against.NOTHING, 5.0, null);
        Stage stage = bed.scene().stage();
        Gateway gateway = Gateway.start(stage, "failover", new GatewayConfig(stage).failing(), Scene.MAIN_OPTIONS);
        Scene scene = bed.scene().with(Subject.BARE, gateway).with(Subject.GATEWAY, gateway);
        long failing = stage.upstreamStats()[2];
        long began = System.nanoTime();
        Requests load = Requests.kept(scene, Subject.GATEWAY, Tls.NONE);
        long requests = load.run(bed.seconds(20)).requests();
        double calls = (stage.upstreamStats()[2] - failing) * NANOS / (System.nanoTime() - began);
        out.add(CALLS, Subject.GATEWAY, calls);
        out.value("requests at 32 connections, every one answered", "", requests);
        for (int round = 0; round < bed.rounds(); round++) {
            for (Subject subject : Bed.inTurn(round, Subject.BARE, Subject.GATEWAY)) {
                Wrk seen = new Requests(scene, subject, Tls.NONE, 1, true).run(bed.seconds(2));
                out.add(P50, subject, seen.p50Micros() / 1000);
            }
        }
        Stage.stop(gateway.process());
    }
}
