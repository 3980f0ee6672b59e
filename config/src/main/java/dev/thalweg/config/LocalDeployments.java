package dev.thalweg.config;

import dev.thalweg.core.catalog.Provider;
import dev.thalweg.core.upstream.ApiBase;
import dev.thalweg.core.upstream.Environment;
import dev.thalweg.core.upstream.Secret;
import dev.thalweg.core.upstream.Secrets;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Serves what was found on this machine beside what is configured, whose names win. */
public final class LocalDeployments {
    /** Behind all that a file or the environment can say: an id is made of the position, too. */
    private static final int FIRST_POSITION = 100_000;

    private final List<LocalServer> servers;
    private final Environment environment;

    /**
     * Adds these servers.
     *
     * @param environment has their keys, where they want one
     */
    public LocalDeployments(List<LocalServer> servers, Map<String, String> environment) {
        this.servers = List.copyOf(servers);
        this.environment = new Environment(environment);
    }

    /** The configuration with {@code provider/MODEL} for each model found, and {@code provider/*} for those to come. */
    public GatewayConfig addTo(GatewayConfig config) {
        List<Deployment> all = new ArrayList<>(config.deployments());
        Set<String> names = new HashSet<>();
        all.forEach(deployment -> names.add(deployment.modelName()));
        int position = FIRST_POSITION;
        for (LocalServer server : servers) {
            List<String> models = new ArrayList<>(server.models());
            models.add("*");
            for (String model : models) {
                String name = server.provider().name() + "/" + model;
                Deployment found = names.add(name) ? deployment(server, name, model, position++, config) : null;
                if (found != null) {
                    all.add(found);
                }
            }
        }
        return new GatewayConfig(all, config.settings(), config.masterKey(), config.keys(), config.notices());
    }

    private @Nullable Deployment deployment(
            LocalServer server, String name, String model, int position, GatewayConfig config) {
        Provider provider = server.provider();
        DeploymentBuilder deployment = new DeploymentBuilder(name, position);
        deployment.candidate.maxParallel = config.settings().routing().maxParallel();
        String key = environment.findFirst(provider.keyVariables());
        deployment.apiKey = key == null || !Secrets.isSendable(key) ? null : new Secret(key);
        try {
            URI base = ApiBase.of(provider, server.baseUrl());
            return deployment.provider(provider, model, base);
        } catch (ApiBase.Unusable unusable) {
            return null; // it has just answered there
        }
    }
}
