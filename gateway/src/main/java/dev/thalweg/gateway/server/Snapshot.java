package dev.thalweg.gateway.server;

import dev.thalweg.config.GatewayConfig;
import dev.thalweg.config.Settings;
import dev.thalweg.core.route.RouteStates;
import dev.thalweg.gateway.chat.ModelTable;

/**
 * One configuration, made ready for requests: who may call, what is served, within which limits. A request reads the one in
 * force once and follows it to its end. Immutable.
 */
record Snapshot(Settings settings, Keys keys, AccessRules rules, ModelTable models) {
    /** What this configuration means for requests. */
    static Snapshot of(GatewayConfig config, RouteStates states) {
        return new Snapshot(
                config.settings(),
                new Keys(config),
                new AccessRules(config),
                new ModelTable(config.deployments(), config.settings(), states));
    }
}
