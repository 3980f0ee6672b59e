package dev.thalweg.config;

import dev.thalweg.config.SettingKey.Group;
import dev.thalweg.model.LoopLimits;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The table of settings. A later row wins over an earlier one that sets the same value: {@code router_settings} over
 * {@code thalweg_settings}, and our own spelling over LiteLLM's.
 */
final class SettingKeys {
    /** What one array can hold, with room to spare. */
    private static final int LARGEST_ARRAY = 1 << 30;

    private static final Duration INSTANT = Duration.ofMillis(1);

    static final List<SettingKey> ALL = Stream.of(
                    timeouts(), calls(), RoutingKeys.in(Group.CALLS), router(), RoutingKeys.in(Group.ROUTER), server())
            .flatMap(List::stream)
            .toList();

    private SettingKeys() {}

    /** The names of one section. */
    static Set<String> names(Group group) {
        return ALL.stream()
                .filter(key -> key.group() == group)
                .map(SettingKey::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static List<SettingKey> timeouts() {
        return TimeoutOptions.KEYS.stream()
                .map(name -> SettingKey.timeout(Group.CALLS, name))
                .toList();
    }

    private static List<SettingKey> calls() {
        return List.of(
                SettingKey.integer(Group.CALLS, "num_retries", 0, 100, SettingsBuilder::numRetries),
                // The limits of the loop guard: the first ones decide the others, so the others come after them.
                repeated("REPEATED_STREAMING_CHUNK_LIMIT", (limits, value) -> LoopLimits.of(value)),
                repeated("repeated_streaming_chunk_limit", (limits, value) -> LoopLimits.of(value)),
                repeated("repeated_streaming_reasoning_limit", LoopLimits::withReasoning),
                repeated("repeated_streaming_short_chunk_limit", LoopLimits::withShortDeltas),
                repeated("repeated_streaming_cycle_limit", LoopLimits::withCycle),
                repeated("repeated_streaming_argument_limit", LoopLimits::withArguments),
                SettingKey.duration(
                        Group.CALLS, "stream_keep_alive", Duration.ZERO, SettingsBuilder::keepAliveInterval),
                SettingKey.duration(
                        Group.CALLS, "first_content_wait", Duration.ZERO, SettingsBuilder::firstContentWait),
                bytes(Group.CALLS, "max_event_bytes", SettingsBuilder::maxEventBytes),
                SettingKey.bytes(Group.CALLS, "max_held_bytes", 1L << 50, SettingsBuilder::maxHeldBytes),
                SettingKey.integer(
                        Group.CALLS, "max_connections", 1, 1_000_000, SettingsBuilder::maxConnectionsPerUpstream),
                new SettingKey(Group.CALLS, "transport", SettingKeys::transport),
                SettingKey.integer(Group.CALLS, "event_loops", 0, 4_096, SettingsBuilder::eventLoops),
                new SettingKey(Group.CALLS, "ca_file", SettingKeys::caFile));
    }

    private static List<SettingKey> router() {
        return List.of(
                SettingKey.timeout(Group.ROUTER, "timeout"),
                SettingKey.timeout(Group.ROUTER, "stream_timeout"),
                SettingKey.integer(Group.ROUTER, "num_retries", 0, 100, SettingsBuilder::numRetries));
    }

    private static List<SettingKey> server() {
        return List.of(
                megabytes("max_request_size_mb", SettingsBuilder::maxRequestBytes),
                megabytes("max_response_size_mb", SettingsBuilder::maxResponseBytes),
                bytes(Group.SERVER, "max_request_bytes", SettingsBuilder::maxRequestBytes),
                bytes(Group.SERVER, "max_response_bytes", SettingsBuilder::maxResponseBytes),
                inFlight("max_in_flight_requests_per_worker"),
                inFlight("global_max_parallel_requests"),
                inFlight("max_requests_in_flight"),
                SettingKey.bytes(Group.SERVER, "max_buffered_bytes", 1L << 50, SettingsBuilder::maxBufferedBytes),
                SettingKey.integer(Group.SERVER, "max_heap_percent", 0, 100, SettingsBuilder::maxHeapPercent),
                SettingKey.bytes(
                        Group.SERVER, "max_stored_response_bytes", 1L << 50, SettingsBuilder::maxStoredResponseBytes),
                SettingKey.duration(Group.SERVER, "stored_response_time", INSTANT, SettingsBuilder::storedResponseTime),
                SettingKey.flag(Group.SERVER, "litellm_headers", SettingsBuilder::litellmHeaders),
                SettingKey.integer(Group.SERVER, "max_json_depth", 1, 10_000, SettingsBuilder::maxJsonDepth),
                SettingKey.duration(Group.SERVER, "header_timeout", INSTANT, SettingsBuilder::headerTimeout),
                SettingKey.duration(Group.SERVER, "body_timeout", INSTANT, SettingsBuilder::bodyTimeout),
                SettingKey.duration(Group.SERVER, "shutdown_delay", Duration.ZERO, SettingsBuilder::shutdownDelay),
                SettingKey.duration(Group.SERVER, "shutdown_timeout", Duration.ZERO, SettingsBuilder::shutdownTimeout),
                file("tls_certificate", SettingsBuilder::tlsCertificate),
                file("tls_key", SettingsBuilder::tlsKey),
                new SettingKey(Group.SERVER, "allowed_origins", SettingKeys::allowedOrigins),
                new SettingKey(Group.SERVER, "data_dir", (entry, values, settings) -> {
                    Path path = path(entry, values);
                    if (path != null) {
                        settings.dataDirectory(path);
                    }
                }));
    }

    private static SettingKey bytes(Group group, String name, BiConsumer<SettingsBuilder, Integer> setter) {
        return SettingKey.bytes(
                group, name, LARGEST_ARRAY, (settings, value) -> setter.accept(settings, Math.toIntExact(value)));
    }

    private static SettingKey inFlight(String name) {
        return SettingKey.integer(Group.SERVER, name, 0, 10_000_000, SettingsBuilder::maxRequestsInFlight);
    }

    /** LiteLLM's sizes, counted in MiB. */
    private static SettingKey megabytes(String name, BiConsumer<SettingsBuilder, Integer> setter) {
        return SettingKey.integer(
                Group.SERVER, name, 1, LARGEST_ARRAY >> 20, (settings, value) -> setter.accept(settings, value << 20));
    }

    private static SettingKey repeated(String name, BiFunction<LoopLimits, Integer, LoopLimits> setter) {
        return new SettingKey(Group.CALLS, name, (entry, values, settings) -> {
            Integer limit = values.integer(entry, 0, 1_000_000);
            if (limit != null && limit == 1) {
                values.expected(entry, "0 (never) or a number from 2: one chunk alone repeats nothing");
            } else if (limit != null) {
                settings.loopLimits(limits -> setter.apply(limits, limit));
            }
        });
    }

    private static void transport(Entry entry, Values values, SettingsBuilder settings) {
        String text = values.text(entry);
        for (Transport transport : Transport.values()) {
            if (text != null && transport.name().toLowerCase(Locale.ROOT).equals(text)) {
                settings.transport(transport);
                return;
            }
        }
        if (text != null) {
            values.expected(entry, "auto, epoll, io_uring or nio");
        }
    }

    private static void caFile(Entry entry, Values values, SettingsBuilder settings) {
        pemFile(entry, values, settings::caFile);
    }

    private static SettingKey file(String name, BiConsumer<SettingsBuilder, Path> setter) {
        return new SettingKey(
                Group.SERVER,
                name,
                (entry, values, settings) -> pemFile(entry, values, path -> setter.accept(settings, path)));
    }

    private static void pemFile(Entry entry, Values values, Consumer<Path> setter) {
        Path path = path(entry, values);
        if (path != null && Files.isReadable(path)) {
            setter.accept(path);
        } else if (path != null) {
            values.expected(entry, "a PEM file that can be read, its path taken from the working directory");
        }
    }

    private static @Nullable Path path(Entry entry, Values values) {
        String text = values.text(entry);
        try {
            if (text == null || !text.isBlank()) {
                return text == null ? null : Path.of(text);
            }
        } catch (InvalidPathException invalid) {
            // falls through to the message
        }
        values.expected(entry, "a path");
        return null;
    }

    private static void allowedOrigins(Entry entry, Values values, SettingsBuilder settings) {
        List<String> origins = new ArrayList<>();
        for (String origin : values.texts(entry)) {
            if (isOrigin(origin)) {
                origins.add(origin);
            } else {
                values.expected(entry, "origins like https://chat.example.com, without a path and a final slash");
                return;
            }
        }
        settings.allowedOrigins(origins);
    }

    private static boolean isOrigin(String text) {
        if (text.equals("*")) {
            return true;
        }
        try {
            URI uri = URI.create(text);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            return web && uri.getHost() != null && text.equals(uri.getScheme() + "://" + uri.getAuthority());
        } catch (IllegalArgumentException invalid) {
            return false;
        }
    }
}
