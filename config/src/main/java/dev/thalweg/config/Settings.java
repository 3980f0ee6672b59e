package dev.thalweg.config;

import dev.thalweg.model.LoopLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What holds for the whole gateway. Immutable; every value has a default that {@code docs/configuration.md} names.
 *
 * @param timeouts the clocks of a deployment that has none of its own
 * @param requestTimeout the default of every longer clock
 * @param numRetries further attempts after a failed one, for deployments that say nothing
 * @param routing how requests find their deployments
 * @param loopLimits how often a model may repeat itself before its stream is ended
 * @param connectTimeout from the first address tried to an open connection
 * @param poolTimeout waiting for a connection to become free
 * @param keepAliveInterval between comments on a silent stream; zero: none
 * @param firstContentWait how long the head of a stream is held back while another attempt is possible
 * @param maxEventBytes the longest event of a stream
 * @param maxHeldBytes what all streams together may hold
 * @param maxRequestBytes the longest request body
 * @param maxResponseBytes the longest answer in one piece
 * @param headerTimeout a caller's time for a request's head
 * @param bodyTimeout the longest silence of a caller within a request's body
 * @param shutdownDelay how long new requests are still served after SIGTERM
 * @param shutdownTimeout what running requests get when the port is closed
 * @param allowedOrigins origins of browsers that may call, where a key is configured
 * @param dataDirectory where records are written; null: the default place
 * @param caFile PEM certificates trusted besides the machine's; null: none
 * @param tlsCertificate PEM chain shown to callers; null: no TLS
 * @param tlsKey its key; set where the certificate is
 * @param maxConnectionsPerUpstream open connections to one host and port
 * @param maxJsonDepth the deepest nesting of a request body
 * @param transport how sockets are driven
 * @param eventLoops threads that drive sockets; 0: as many as processors
 * @param maxRequestsInFlight the most requests at a time, all models together; 0: any number
 * @param maxBufferedBytes what the bodies of all requests together may hold; 0: half of what the JVM gives to buffers
 * @param maxHeapPercent how much of the heap for long-lived objects may be in use before no more requests are let in; 0:
 *     any
 * @param maxStoredResponseBytes what stored answers of {@code /v1/responses} may take together; 0: none is stored
 * @param storedResponseTime how long each is kept
 * @param litellmHeaders whether answers carry LiteLLM's {@code x-litellm-} headers
 */
public record Settings(
        Timeouts timeouts,
        Duration requestTimeout,
        int numRetries,
        RoutingSettings routing,
        LoopLimits loopLimits,
        Duration connectTimeout,
        Duration poolTimeout,
        Duration keepAliveInterval,
        Duration firstContentWait,
        int maxEventBytes,
        long maxHeldBytes,
        int maxRequestBytes,
        int maxResponseBytes,
        Duration headerTimeout,
        Duration bodyTimeout,
        Duration shutdownDelay,
        Duration shutdownTimeout,
        List<String> allowedOrigins,
        @Nullable Path dataDirectory,
        @Nullable Path caFile,
        @Nullable Path tlsCertificate,
        @Nullable Path tlsKey,
        int maxConnectionsPerUpstream,
        int maxJsonDepth,
        Transport transport,
        int eventLoops,
        int maxRequestsInFlight,
        long maxBufferedBytes,
        int maxHeapPercent,
        long maxStoredResponseBytes,
        Duration storedResponseTime,
        boolean litellmHeaders) {

    /** Copies the list. */
    public Settings {
        allowedOrigins = List.copyOf(allowedOrigins);
    }

    /** The defaults. */
    public static Settings defaults() {
        return builder().build();
    }

    /** A builder that starts at the defaults. */
    public static SettingsBuilder builder() {
        return new SettingsBuilder();
    }
}
