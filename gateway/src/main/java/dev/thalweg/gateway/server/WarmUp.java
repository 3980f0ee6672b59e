package dev.thalweg.gateway.server;

import dev.thalweg.config.Transport;
import dev.thalweg.gateway.upstream.Tls;
import dev.thalweg.gateway.upstream.Transports;

/**
 * Loads what every start of the gateway needs, beside the reading of the command line: native libraries and the JDK's
 * certificates. Changes nothing but the time a start takes. Thread-safe.
 */
public final class WarmUp {
    private WarmUp() {}

    /** Begins, on a daemon thread of its own; trouble there is left for the start itself to meet and tell. */
    public static void begin() {
        Thread.ofPlatform().name("thalweg-warm-up").daemon().start(WarmUp::load);
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
