package dev.thalweg.gateway;

import dev.thalweg.gateway.server.GatewayServer;
import java.io.PrintWriter;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ends a serving process on a signal. SIGTERM comes from something that manages processes, and others go on sending
 * requests until they have heard of it: the gateway first takes its leave of them. SIGINT comes from someone at a terminal
 * who waits: it stops taking requests at once. A second signal of either kind ends all waiting.
 */
final class StopOnSignal {
    private final GatewayServer server;
    private final PrintWriter err;
    private final AtomicBoolean asked = new AtomicBoolean();

    private StopOnSignal(GatewayServer server, PrintWriter err) {
        this.server = server;
        this.err = err;
    }

    /** Stops this server when the process is asked to end, and says each step. */
    static void install(GatewayServer server, PrintWriter err) {
        StopOnSignal stop = new StopOnSignal(server, err);
        Runtime.getRuntime().addShutdownHook(new Thread(stop::close));
        ProcessSignal.handle("TERM", () -> stop.asked(true));
        ProcessSignal.handle("INT", () -> stop.asked(false));
    }

    private void asked(boolean takesLeave) {
        if (!asked.compareAndSet(false, true)) {
            err.println("A second signal: nothing is waited for any more.");
            server.hurry();
            return;
        }
        if (takesLeave) {
            server.leave(err::println);
        }
        System.exit(0);
    }

    /** A JVM that is asked to stop leaves with 143; one that has stopped in good order leaves with 0. */
    private void close() {
        server.close(err::println);
        err.println("Stopped.");
        Runtime.getRuntime().halt(0);
    }
}
