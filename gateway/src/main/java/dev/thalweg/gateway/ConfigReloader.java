package dev.thalweg.gateway;

import dev.thalweg.config.ConfigChanges;
import dev.thalweg.config.ConfigFile;
import dev.thalweg.config.ConfigLoader;
import dev.thalweg.config.ConfigResult;
import dev.thalweg.config.GatewayConfig;
import dev.thalweg.config.LocalDeployments;
import dev.thalweg.config.Notice;
import dev.thalweg.config.Problem;
import dev.thalweg.config.ReloadOutcome;
import dev.thalweg.config.Settings;
import dev.thalweg.config.Strictness;
import dev.thalweg.gateway.server.GatewayServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Brings a running gateway to what its configuration file says now. A file with a mistake changes nothing. Thread-safe: one
 * reading at a time.
 */
final class ConfigReloader {
    private final Path path;
    private final Map<String, String> environment;
    private final LocalDeployments local;
    private final GatewayServer server;
    private final Consumer<String> log;
    private final Settings started;
    private GatewayConfig inForce;
    private String lastTried;

    /**
     * A reloader of this gateway.
     *
     * @param file what the gateway was started with
     * @param config what it was understood as
     * @param local what was found on this machine at the start, and stays
     * @param log gets each line of what there is to say; never a secret
     */
    ConfigReloader(
            ConfigFile file,
            GatewayConfig config,
            Map<String, String> environment,
            LocalDeployments local,
            GatewayServer server,
            Consumer<String> log) {
        this.path = Path.of(file.name());
        this.environment = environment;
        this.local = local;
        this.server = server;
        this.log = log;
        this.started = config.settings();
        this.inForce = config;
        this.lastTried = file.fingerprint();
    }

    /** What stands in the file now. */
    ConfigFile read() {
        return ConfigFile.read(path);
    }

    /** Whether this is something else than what was last tried, with success or without. */
    synchronized boolean isNews(ConfigFile file) {
        return !file.fingerprint().equals(lastTried);
    }

    /** Puts another certificate into force where there is one. */
    void lookAtCertificate() {
        server.lookAtCertificate().ifPresent(log);
    }

    /** Reads the file as it is now, changed or not. */
    synchronized ReloadOutcome reload() {
        return reload(read());
    }

    /** Puts this into force, or says why not. */
    synchronized ReloadOutcome reload(ConfigFile file) {
        lastTried = file.fingerprint();
        ReloadOutcome outcome;
        try {
            outcome = switch (ConfigLoader.parse(file, environment, Strictness.CHECK)) {
                case ConfigResult.Loaded loaded -> loaded(local.addTo(loaded.config()));
                case ConfigResult.Refused refused ->
                    refused(refused.problems().stream().map(Problem::text).toList());
            };
        } catch (RuntimeException | StackOverflowError bug) {
            outcome = refused(List.of(path + ": reading it failed in a way that is a bug: " + bug));
        }
        server.reloaded(outcome);
        return outcome;
    }

    private ReloadOutcome loaded(GatewayConfig config) {
        if (inForce.requiresKey() && !config.requiresKey()) {
            return refused(List.of(path + ": it has no key any more and would open this gateway while it runs; write"
                    + " general_settings.master_key or keys, or start the gateway anew if that is meant"));
        }
        List<String> parts = new ArrayList<>(ConfigChanges.between(inForce, config));
        List<String> waiting = ConfigChanges.waitingForStart(started, config.settings());
        boolean same = parts.isEmpty() && config.deployments().equals(inForce.deployments());
        if (!waiting.isEmpty()) {
            parts.add("changed at the next start only: " + String.join(", ", waiting));
        }
        if (same) {
            log.accept("Configuration read again from " + path + ": nothing to change."
                    + (parts.isEmpty() ? "" : " " + parts.get(0) + "."));
        } else {
            server.apply(config);
            log.accept("Configuration changed from " + path + ": "
                    + (parts.isEmpty() ? "order or ids of models" : String.join("; ", parts)) + ".");
        }
        Set<String> told = inForce.notices().stream().map(Notice::message).collect(Collectors.toSet());
        config.notices().stream()
                .filter(notice -> !told.contains(notice.message()))
                .forEach(notice -> log.accept(ServeCommand.line(notice)));
        inForce = config;
        return same ? ReloadOutcome.UNCHANGED : ReloadOutcome.APPLIED;
    }

    private ReloadOutcome refused(List<String> problems) {
        log.accept("WARNING Configuration not changed, " + path + " has mistakes; the one before stays in force:");
        problems.forEach(log);
        return ReloadOutcome.REFUSED;
    }
}
