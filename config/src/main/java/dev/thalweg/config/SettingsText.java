package dev.thalweg.config;

import dev.thalweg.model.LoopLimits;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Settings and timeouts as lines, by the keys of the file. */
final class SettingsText {
    /** The settings a running gateway keeps until its next start. */
    static final Set<String> AT_START =
            Set.of("transport", "event_loops", "ca_file", "tls_certificate", "tls_key", "data_dir");

    private SettingsText() {}

    /** {@code key: value} for each setting that is not at its default. */
    static List<String> differences(Settings settings) {
        return differences(lines(settings), lines(Settings.defaults()), ": ");
    }

    /** {@code clock value} for each clock that is not at its default. */
    static List<String> differences(Timeouts timeouts) {
        return differences(lines(timeouts), lines(Settings.defaults().timeouts()), " ");
    }

    private static List<String> differences(Map<String, String> values, Map<String, String> defaults, String between) {
        return values.entrySet().stream()
                .filter(line -> !line.getValue().equals(defaults.get(line.getKey())))
                .map(line -> line.getKey() + between + line.getValue())
                .toList();
    }

    /** The first byte is bounded by what follows it, too; it is a line only where it has a bound of its own. */
    private static Map<String, String> lines(Timeouts timeouts) {
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("connect", text(timeouts.connect()));
        lines.put("pool", text(timeouts.pool()));
        if (!timeouts.unary().firstByte().equals(timeouts.unary().total())) {
            lines.put("unary first byte", text(timeouts.unary().firstByte()));
        }
        lines.put("unary total", text(timeouts.unary().total()));
        if (!timeouts.stream().firstByte().equals(timeouts.stream().firstToken())) {
            lines.put("stream first byte", text(timeouts.stream().firstByte()));
        }
        lines.put("stream first token", text(timeouts.stream().firstToken()));
        lines.put("stream first token failover", text(timeouts.stream().firstTokenFailover()));
        lines.put("stream idle", text(timeouts.stream().idle()));
        lines.put("stream total", text(timeouts.stream().total()));
        return lines;
    }

    /** The value of each setting by its key, with the clocks that follow from them. */
    static Map<String, String> all(Settings settings) {
        Map<String, String> all = lines(settings);
        Map<String, String> clocks = lines(settings.timeouts());
        clocks.keySet().removeAll(Set.of("connect", "pool"));
        all.putAll(clocks);
        return all;
    }

    private static Map<String, String> lines(Settings settings) {
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("request_timeout", text(settings.requestTimeout()));
        lines.put("connect_timeout", text(settings.connectTimeout()));
        lines.put("pool_timeout", text(settings.poolTimeout()));
        lines.put("num_retries", Integer.toString(settings.numRetries()));
        lines.putAll(RoutingText.lines(settings.routing()));
        lines.putAll(lines(settings.loopLimits()));
        lines.put("stream_keep_alive", text(settings.keepAliveInterval()));
        lines.put("first_content_wait", text(settings.firstContentWait()));
        lines.put("max_event_bytes", ByteSizes.text(settings.maxEventBytes()));
        lines.put("max_held_bytes", ByteSizes.text(settings.maxHeldBytes()));
        lines.put("max_connections", Integer.toString(settings.maxConnectionsPerUpstream()));
        lines.put("transport", settings.transport().name().toLowerCase(Locale.ROOT));
        lines.put("event_loops", Integer.toString(settings.eventLoops()));
        lines.put("ca_file", String.valueOf(settings.caFile()));
        lines.put("tls_certificate", String.valueOf(settings.tlsCertificate()));
        lines.put("tls_key", String.valueOf(settings.tlsKey()));
        lines.put("max_request_bytes", ByteSizes.text(settings.maxRequestBytes()));
        lines.put("max_response_bytes", ByteSizes.text(settings.maxResponseBytes()));
        lines.put("max_requests_in_flight", RoutingText.count(settings.maxRequestsInFlight()));
        lines.put(
                "max_buffered_bytes",
                settings.maxBufferedBytes() == 0
                        ? "half of the JVM's memory for buffers"
                        : ByteSizes.text(settings.maxBufferedBytes()));
        lines.put("max_heap_percent", RoutingText.count(settings.maxHeapPercent()));
        lines.put("max_stored_response_bytes", ByteSizes.text(settings.maxStoredResponseBytes()));
        lines.put("stored_response_time", text(settings.storedResponseTime()));
        lines.put("litellm_headers", Boolean.toString(settings.litellmHeaders()));
        lines.put("max_json_depth", Integer.toString(settings.maxJsonDepth()));
        lines.put("header_timeout", text(settings.headerTimeout()));
        lines.put("body_timeout", text(settings.bodyTimeout()));
        lines.put("shutdown_delay", text(settings.shutdownDelay()));
        lines.put("shutdown_timeout", text(settings.shutdownTimeout()));
        lines.put("allowed_origins", String.join(", ", settings.allowedOrigins()));
        lines.put("data_dir", String.valueOf(settings.dataDirectory()));
        return lines;
    }

    private static Map<String, String> lines(LoopLimits limits) {
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("REPEATED_STREAMING_CHUNK_LIMIT", Integer.toString(limits.text()));
        lines.put("repeated_streaming_reasoning_limit", Integer.toString(limits.reasoning()));
        lines.put("repeated_streaming_short_chunk_limit", Integer.toString(limits.shortDeltas()));
        lines.put("repeated_streaming_cycle_limit", Integer.toString(limits.cycle()));
        lines.put("repeated_streaming_argument_limit", Integer.toString(limits.arguments()));
        return lines;
    }

    private static String text(@Nullable Duration duration) {
        return duration == null ? "none" : Durations.text(duration);
    }
}
