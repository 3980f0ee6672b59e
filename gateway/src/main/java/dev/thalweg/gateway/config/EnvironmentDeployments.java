package dev.thalweg.gateway.config;

import dev.thalweg.core.catalog.Provider;
import dev.thalweg.core.catalog.Provider.Quirk;
import dev.thalweg.core.catalog.Providers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be served without a list of models: every provider the environment says enough about, and the demo. */
final class EnvironmentDeployments {
    private final Findings findings;
    private final Environment environment;
    private final DeploymentDefaults defaults;

    EnvironmentDeployments(Findings findings, Environment environment, DeploymentDefaults defaults) {
        this.findings = findings;
        this.environment = environment;
        this.defaults = defaults;
    }

    List<Deployment> all() {
        List<Deployment> deployments = new ArrayList<>();
        for (Provider provider : Providers.all()) {
            String key = environment.findFirst(provider.keyVariables());
            String base = environment.findFirst(provider.baseUrlVariables());
            boolean local = provider.has(Quirk.NO_KEY_NEEDED) && base != null;
            boolean other = provider.has(Quirk.BEDROCK_INVOKE); // Converse serves the same models
            if ((key != null || local) && !other) {
                add(provider, key, base, deployments);
            }
        }
        DeploymentBuilder demo = builder(DeploymentBuilder.DEMO_MODEL, deployments.size());
        deployments.add(demo.demo());
        return deployments;
    }

    private void add(Provider provider, @Nullable String key, @Nullable String base, List<Deployment> deployments) {
        String url = base != null ? base : filled(provider);
        if (url == null) {
            List<String> wanted = new ArrayList<>(provider.baseUrlVariables());
            provider.parameters().stream()
                    .filter(parameter -> inUrl(provider, parameter))
                    .forEach(parameter -> wanted.addAll(parameter.variables()));
            skip(provider, "set " + String.join(" or ", wanted) + " as well");
            return;
        } else if (key != null && !Secrets.isSendable(key)) {
            skip(provider, "its key " + Secrets.FAULT);
            return;
        }
        DeploymentBuilder deployment = builder(provider.name() + "/*", deployments.size());
        deployment.apiKey = key == null ? null : new Secret(key);
        deployment.apiVersion = provider.has(Quirk.AZURE_PATHS) ? AzureApi.VERSION : null;
        try {
            deployments.add(deployment.provider(provider, "*", ApiBase.of(provider, url)));
        } catch (ApiBase.Unusable unusable) {
            skip(provider, "its base URL: " + unusable.getMessage());
        }
    }

    /** The provider's URL with what the environment says of the account; null where it does not say all. */
    private @Nullable String filled(Provider provider) {
        String url = provider.baseUrl();
        for (Provider.Parameter parameter : provider.parameters()) {
            String value = environment.findFirst(parameter.variables());
            if (url != null && inUrl(provider, parameter)) {
                url = value == null ? null : url.replace("{" + parameter.key() + "}", value);
            }
        }
        return url;
    }

    private static boolean inUrl(Provider provider, Provider.Parameter parameter) {
        String url = provider.baseUrl();
        return url != null && url.contains("{" + parameter.key() + "}");
    }

    private void skip(Provider provider, String reason) {
        findings.notice(
                Notice.Kind.DISABLED,
                provider.name() + " has something in the environment and is not served: " + reason);
    }

    private DeploymentBuilder builder(String name, int position) {
        DeploymentBuilder deployment = new DeploymentBuilder(name, position);
        deployment.timeouts = defaults.timeouts();
        deployment.candidate.maxParallel = defaults.maxParallel();
        deployment.filePrices = defaults.prices();
        return deployment;
    }
}
