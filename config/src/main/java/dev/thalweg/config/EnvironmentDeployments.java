package dev.thalweg.config;

import dev.thalweg.core.catalog.AccountUrl;
import dev.thalweg.core.catalog.Provider;
import dev.thalweg.core.catalog.Provider.Quirk;
import dev.thalweg.core.catalog.Providers;
import dev.thalweg.core.upstream.ApiBase;
import dev.thalweg.core.upstream.AzureApi;
import dev.thalweg.core.upstream.Environment;
import dev.thalweg.core.upstream.Secret;
import dev.thalweg.core.upstream.Secrets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be served without a list of models: every provider the environment says enough about, and the demo. */
final class EnvironmentDeployments {
    private final Findings findings;
    private final Environment environment;
    private final DeploymentDefaults defaults;
    private final int firstPosition;

    /**
     * A reader of this environment.
     *
     * @param firstPosition what positions are counted from
     */
    EnvironmentDeployments(Findings findings, Environment environment, DeploymentDefaults defaults, int firstPosition) {
        this.findings = findings;
        this.environment = environment;
        this.defaults = defaults;
        this.firstPosition = firstPosition;
    }

    List<Deployment> all() {
        List<Deployment> deployments = providers();
        DeploymentBuilder demo = builder(DeploymentBuilder.DEMO_MODEL, deployments.size());
        deployments.add(demo.demo());
        return deployments;
    }

    /** The same without the demo. */
    List<Deployment> providers() {
        List<Deployment> deployments = new ArrayList<>();
        for (Provider provider : Providers.all()) {
            String key = environment.findFirst(provider.keyVariables());
            String base = environment.findFirst(provider.baseUrlVariables());
            boolean local = provider.has(Quirk.NO_KEY_NEEDED) && base != null;
            // Converse serves the same models; Google's place for Anthropic's is found by their names.
            boolean other = provider.has(Quirk.BEDROCK_INVOKE) || provider.has(Quirk.VERTEX_RAW_PREDICT);
            if ((key != null || local) && !other) {
                add(provider, key, base, deployments);
            }
        }
        return deployments;
    }

    private void add(Provider provider, @Nullable String key, @Nullable String base, List<Deployment> deployments) {
        String url = base != null ? base : usual(provider);
        if (url == null) {
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

    /** Where it is for everybody, or for the account that the environment names; null: that is said to be missing. */
    private @Nullable String usual(Provider provider) {
        String url = provider.baseUrl();
        if (url == null) {
            skip(provider, "set " + String.join(" or ", provider.baseUrlVariables()) + " as well");
            return null;
        }
        try {
            return AccountUrl.of(provider, url, parameter -> environment.findFirst(parameter.variables()));
        } catch (AccountUrl.Incomplete incomplete) {
            String variables = String.join(" or ", incomplete.parameter().variables());
            skip(
                    provider,
                    incomplete.missing()
                            ? "set " + variables + " as well"
                            : variables + " may have letters, digits, '-', '_' and '.' only");
            return null;
        }
    }

    private void skip(Provider provider, String reason) {
        findings.notice(
                Notice.Kind.DISABLED,
                provider.name() + " has something in the environment and is not served: " + reason);
    }

    private DeploymentBuilder builder(String name, int position) {
        DeploymentBuilder deployment = new DeploymentBuilder(name, firstPosition + position);
        deployment.timeouts = defaults.timeouts();
        deployment.candidate.maxParallel = defaults.maxParallel();
        deployment.filePrices = defaults.prices();
        return deployment;
    }
}
