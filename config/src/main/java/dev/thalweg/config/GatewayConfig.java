package dev.thalweg.config;

import dev.thalweg.core.upstream.Environment;
import dev.thalweg.core.upstream.Secret;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway serves and how. Immutable: a new file makes a new value.
 *
 * @param deployments every entry of {@code model_list}, in the file's order, disabled ones among them
 * @param settings what holds for the whole gateway
 * @param masterKey the key that may do everything; null: none is configured
 * @param keys further keys of callers
 * @param notices what to tell at the start
 */
public record GatewayConfig(
        List<Deployment> deployments,
        Settings settings,
        @Nullable Secret masterKey,
        List<StaticKey> keys,
        List<Notice> notices) {

    /** Copies the lists. */
    public GatewayConfig {
        deployments = List.copyOf(deployments);
        keys = List.copyOf(keys);
        notices = List.copyOf(notices);
    }

    /**
     * The configuration without a file: {@code provider/*} for every provider the environment has a key for, and
     * {@code thalweg/demo}. The master key is taken from {@code THALWEG_MASTER_KEY}.
     *
     * @throws ConfigException where that variable is set to something that cannot be a key
     */
    public static GatewayConfig empty(Map<String, String> environment) {
        Findings findings = new Findings("environment");
        Environment variables = new Environment(environment);
        Settings settings = Settings.defaults();
        MasterKey master = new MasterKey(findings, variables);
        Secret key = master.fromEnvironment();
        List<Deployment> deployments =
                new EnvironmentDeployments(findings, variables, DeploymentDefaults.NONE, 0).all();
        if (!findings.problems().isEmpty()) {
            throw new ConfigException(findings.problems());
        }
        return new GatewayConfig(deployments, settings, key, List.of(), findings.notices());
    }

    /** Whether callers have to show a key. */
    public boolean requiresKey() {
        return masterKey != null || !keys.isEmpty();
    }
}
