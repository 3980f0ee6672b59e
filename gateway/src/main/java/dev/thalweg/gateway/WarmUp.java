package dev.thalweg.gateway;

import dev.thalweg.gateway.config.Transport;
import dev.thalweg.gateway.upstream.Tls;
import dev.thalweg.gateway.upstream.Transports;

/**
 * Loads what every start of the gateway needs, beside the reading of the command line: native libraries and the JDK's
 * certificates. Changes nothing but the time a start takes.
 */
final class WarmUp {
    private WarmUp() {}

    /** Begins, on a thread of its own, where these arguments start a gateway. */
    static void begin(String[] args) {
        if (args.length > 0 && args[0].equals("serve")) {
            Thread.ofPlatform().name("thalweg-warm-up").daemon().start(WarmUp::load);
        }
    }

    private static void load() {
        try {
            Transports.of(Transport.AUTO);
            Tls.client(null);
        } catch (RuntimeException | LinkageError e) {
            // The start meets the same trouble and knows whether it matters.
        }
    }
}
