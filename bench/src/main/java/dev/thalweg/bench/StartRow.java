package dev.thalweg.bench;

import dev.thalweg.bench.Measure.Against;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.TimeUnit;

/** From {@code ./thalweg serve}, on all processors, to the end of the first answer it gives from the upstream. */
record StartRow() implements Row {
    private static final String WHAT = "from ./thalweg serve to the first request served";
    private static final long LIMIT = TimeUnit.SECONDS.toNanos(60);

    @Override
    public void measure(Bed bed, Measures out) throws Exception {
        out.define(WHAT, "s", Against.NOTHING, 1.0, null);
        Stage stage = bed.scene().stage();
        byte[] request = Scene.request(Subject.GATEWAY, "json", Tls.NONE, null);
        String config = new GatewayConfig(stage).everything();
        for (int round = 0; round < bed.rounds(); round++) {
            long start = System.nanoTime();
            Gateway gateway = Gateway.launch(stage, "start-" + round, config, "", stage.processors.every());
            while (!served(gateway, request)) {
                if (!gateway.process().isAlive() || System.nanoTime() - start > LIMIT) {
                    throw new IllegalStateException("the gateway did not start; run again with --keep and see its log");
                }
                Thread.sleep(1);
            }
            out.add(WHAT, Subject.GATEWAY, (System.nanoTime() - start) / 1e9);
            Stage.stop(gateway.process());
        }
    }

    private static boolean served(Gateway gateway, byte[] request) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            socket.getOutputStream().write(request);
            InputStream in = socket.getInputStream();
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            byte[] read = new byte[4096];
            while (!answer.toString().contains("\"service_tier\":\"default\"}")) {
                int length = in.read(read);
                if (length < 0) {
                    return false;
                }
                answer.write(read, 0, length);
            }
            return answer.toString().startsWith("HTTP/1.1 200");
        } catch (IOException e) {
            return false; // not yet
        }
    }
}
