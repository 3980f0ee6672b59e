package dev.thalweg.bench;

import dev.thalweg.bench.Measure.Against;

/**
 * TLS between callers and proxy, by a gateway of its own, whose only port it is: requests and streams on kept connections,
 * and requests on new ones, which are handshakes in the main. TLS 1.3 everywhere, and no session is resumed.
 */
record CallersTlsRow() implements Row {
    private static final String HANDSHAKE = "CPU per TLS handshake with a small request on it";

    @Override
    public void measure(Bed bed, Measures out) throws Exception {
        Stage stage = bed.scene().stage();
        String config = new GatewayConfig(stage).callersTls();
        Gateway gateway = Gateway.start(stage, "callers-tls", config, Scene.MAIN_OPTIONS);
        Bed own = new Bed(bed.scene().with(Subject.GATEWAY, gateway), bed.rounds(), bed.quick());
        new Check(own.scene()).all(Tls.CALLERS);
        new JsonRow(Tls.CALLERS).measure(own, out);
        new StreamRow(Tls.CALLERS).measure(own, out);
        handshakes(own, out);
        Stage.stop(gateway.process());
    }

    private static void handshakes(Bed bed, Measures out) throws Exception {
        out.define(HANDSHAKE, "µs", Against.NGINX, null, null);
        onNewConnections(bed, Subject.GATEWAY).run(bed.seconds(10));
        for (int round = 0; round < bed.rounds(); round++) {
            for (Subject subject : Bed.inTurn(round, Subject.NGINX, Subject.GATEWAY)) {
                out.add(HANDSHAKE, subject, onNewConnections(bed, subject).cpuMicros(bed.seconds(4)));
            }
        }
    }

    private static Requests onNewConnections(Bed bed, Subject subject) {
        return Requests.onNewConnections(bed.scene(), subject, Tls.CALLERS);
    }
}
