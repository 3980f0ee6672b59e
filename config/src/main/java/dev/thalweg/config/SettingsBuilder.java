package dev.thalweg.config;

import dev.thalweg.model.LoopLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Builds {@link Settings}, starting at the defaults, which are written down here and nowhere else. Not thread-safe. */
public final class SettingsBuilder {
    private final Map<String, Duration> timeouts = new HashMap<>();
    private int numRetries = 2;
    private LoopLimits loopLimits = LoopLimits.defaults();
    private Duration keepAliveInterval = Duration.ofSeconds(15);
    private Duration firstContentWait = Duration.ofSeconds(45);
    private int maxEventBytes = 8 << 20;
    private long maxHeldBytes = 256L << 20;
    private int maxRequestBytes = 32 << 20;
    private int maxResponseBytes = 64 << 20;
    private Duration headerTimeout = Duration.ofSeconds(10);
    private Duration bodyTimeout = Duration.ofSeconds(30);
    private Duration shutdownDelay = Duration.ofSeconds(5);
    private Duration shutdownTimeout = Duration.ofSeconds(30);
    private List<String> allowedOrigins = List.of();
    private @Nullable Path dataDirectory;
    private @Nullable Path caFile;
    private @Nullable Path tlsCertificate;
    private @Nullable Path tlsKey;
    private int maxConnectionsPerUpstream = 1024;
    private int maxJsonDepth = 128;
    private Transport transport = Transport.AUTO;
    private int eventLoops = 0;
    private int maxRequestsInFlight = 0;
    private long maxBufferedBytes = 0;
    private int maxHeapPercent = 90;
    private long maxStoredResponseBytes = 64L << 20;
    private Duration storedResponseTime = Duration.ofHours(1);
    private boolean litellmHeaders = false;
    private final RoutingBuilder routing = new RoutingBuilder();

    SettingsBuilder() {}

    /** The default of every longer clock. */
    public SettingsBuilder requestTimeout(Duration value) {
        return timeout(TimeoutOptions.REQUEST, value);
    }

    /** From the first address tried to an open connection. */
    public SettingsBuilder connectTimeout(Duration value) {
        return timeout(TimeoutOptions.CONNECT, value);
    }

    /** Waiting for a connection to become free. */
    public SettingsBuilder poolTimeout(Duration value) {
        return timeout(TimeoutOptions.POOL, value);
    }

    /** A timeout by the key it has in the file. */
    SettingsBuilder timeout(String key, Duration value) {
        timeouts.put(key, value);
        return this;
    }

    /** Further attempts after a failed one; 0: none. */
    public SettingsBuilder numRetries(int value) {
        numRetries = value;
        return this;
    }

    /** How requests find their deployments. */
    RoutingBuilder routing() {
        return routing;
    }

    /** The most requests at a time; 0: any number. */
    public SettingsBuilder maxRequestsInFlight(int value) {
        maxRequestsInFlight = value;
        return this;
    }

    /** What the bodies of all requests together may hold; 0: half of what the JVM gives to buffers. */
    public SettingsBuilder maxBufferedBytes(long value) {
        maxBufferedBytes = value;
        return this;
    }

    /** How much of the heap for long-lived objects may be in use before no more requests are let in; 0: any. */
    public SettingsBuilder maxHeapPercent(int value) {
        maxHeapPercent = value;
        return this;
    }

    /** What stored answers may take together; 0: none is stored. */
    public SettingsBuilder maxStoredResponseBytes(long value) {
        maxStoredResponseBytes = value;
        return this;
    }

    /** How long each stored answer is kept. */
    public SettingsBuilder storedResponseTime(Duration value) {
        storedResponseTime = value;
        return this;
    }

    /** Whether answers carry LiteLLM's headers. */
    public SettingsBuilder litellmHeaders(boolean value) {
        litellmHeaders = value;
        return this;
    }

    /** How often a model may repeat itself before its stream is ended. */
    public SettingsBuilder loopLimits(LoopLimits value) {
        loopLimits = value;
        return this;
    }

    /** The same, changed from what has been said so far. */
    SettingsBuilder loopLimits(UnaryOperator<LoopLimits> change) {
        return loopLimits(change.apply(loopLimits));
    }

    /** Between comments on a silent stream; zero: none. */
    public SettingsBuilder keepAliveInterval(Duration value) {
        keepAliveInterval = value;
        return this;
    }

    /** How long the head of a stream is held back. */
    public SettingsBuilder firstContentWait(Duration value) {
        firstContentWait = value;
        return this;
    }

    /** The longest event of a stream. */
    public SettingsBuilder maxEventBytes(int value) {
        maxEventBytes = value;
        return this;
    }

    /** What all streams together may hold. */
    public SettingsBuilder maxHeldBytes(long value) {
        maxHeldBytes = value;
        return this;
    }

    /** The longest request body. */
    public SettingsBuilder maxRequestBytes(int value) {
        maxRequestBytes = value;
        return this;
    }

    /** The longest answer in one piece. */
    public SettingsBuilder maxResponseBytes(int value) {
        maxResponseBytes = value;
        return this;
    }

    /** A caller's time for a request's head. */
    public SettingsBuilder headerTimeout(Duration value) {
        headerTimeout = value;
        return this;
    }

    /** The longest silence within a request's body. */
    public SettingsBuilder bodyTimeout(Duration value) {
        bodyTimeout = value;
        return this;
    }

    /** How long new requests are still served after SIGTERM; zero: not at all. */
    public SettingsBuilder shutdownDelay(Duration value) {
        shutdownDelay = value;
        return this;
    }

    /** What running requests get when the port is closed. */
    public SettingsBuilder shutdownTimeout(Duration value) {
        shutdownTimeout = value;
        return this;
    }

    /** Origins of browsers that may call. */
    public SettingsBuilder allowedOrigins(List<String> value) {
        allowedOrigins = value;
        return this;
    }

    /** Where records are written. */
    public SettingsBuilder dataDirectory(Path value) {
        dataDirectory = value;
        return this;
    }

    /** PEM certificates trusted besides the machine's. */
    public SettingsBuilder caFile(Path value) {
        caFile = value;
        return this;
    }

    /** The PEM chain shown to callers. */
    public SettingsBuilder tlsCertificate(Path value) {
        tlsCertificate = value;
        return this;
    }

    /** Its key. */
    public SettingsBuilder tlsKey(Path value) {
        tlsKey = value;
        return this;
    }

    /** Open connections to one host and port. */
    public SettingsBuilder maxConnectionsPerUpstream(int value) {
        maxConnectionsPerUpstream = value;
        return this;
    }

    /** The deepest nesting of a request body. */
    public SettingsBuilder maxJsonDepth(int value) {
        maxJsonDepth = value;
        return this;
    }

    /** How sockets are driven. */
    public SettingsBuilder transport(Transport value) {
        transport = value;
        return this;
    }

    /** Threads that drive sockets; 0: as many as processors. */
    public SettingsBuilder eventLoops(int value) {
        eventLoops = value;
        return this;
    }

    /** The timeouts said so far, with the defaults for the others. */
    TimeoutOptions timeoutOptions() {
        return new TimeoutOptions(timeouts).or(TimeoutOptions.DEFAULTS);
    }

    /** What holds for deployments that say nothing, as far as it has been said. */
    DeploymentDefaults deploymentDefaults(Map<String, PriceEntry> prices) {
        return new DeploymentDefaults(timeoutOptions(), routing.maxParallel, prices);
    }

    /** The settings said so far, with the defaults for the others. */
    public Settings build() {
        TimeoutOptions options = timeoutOptions();
        return new Settings(
                options.resolve(),
                options.required(TimeoutOptions.REQUEST),
                numRetries,
                routing.build(numRetries),
                loopLimits,
                options.required(TimeoutOptions.CONNECT),
                options.required(TimeoutOptions.POOL),
                keepAliveInterval,
                firstContentWait,
                maxEventBytes,
                maxHeldBytes,
                maxRequestBytes,
                maxResponseBytes,
                headerTimeout,
                bodyTimeout,
                shutdownDelay,
                shutdownTimeout,
                allowedOrigins,
                dataDirectory,
                caFile,
                tlsCertificate,
                tlsKey,
                maxConnectionsPerUpstream,
                maxJsonDepth,
                transport,
                eventLoops,
                maxRequestsInFlight,
                maxBufferedBytes,
                maxHeapPercent,
                maxStoredResponseBytes,
                storedResponseTime,
                litellmHeaders);
    }
}
