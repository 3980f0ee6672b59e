package dev.thalweg.config;

import dev.thalweg.core.catalog.AccountUrl;
import dev.thalweg.core.catalog.Provider;
import dev.thalweg.core.catalog.Provider.Parameter;
import dev.thalweg.core.catalog.Provider.Quirk;
import dev.thalweg.core.upstream.ApiBase;
import dev.thalweg.core.upstream.AwsAccount;
import dev.thalweg.core.upstream.AzureApi;
import dev.thalweg.core.upstream.Environment;
import dev.thalweg.core.upstream.GoogleAccount;
import dev.thalweg.core.upstream.KeyText;
import dev.thalweg.core.upstream.ModelRoute;
import dev.thalweg.core.upstream.Secret;
import dev.thalweg.core.upstream.Secrets;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/** Reads the {@code litellm_params} of one entry of {@code model_list}. */
final class DeploymentReader {
    private final Findings findings;
    private final Environment environment;
    private final Strictness strictness;
    private final DeploymentBuilder deployment;
    private final Values values;

    DeploymentReader(Findings findings, Environment environment, Strictness strictness, DeploymentBuilder deployment) {
        this.findings = findings;
        this.environment = environment;
        this.strictness = strictness;
        this.deployment = deployment;
        this.values = new Values(findings, environment, this::missing);
    }

    /** The deployment, or null where it cannot be told what is meant. */
    @Nullable
    Deployment read(Section params, TimeoutOptions global) {
        RequestDefaults defaults = new RequestDefaults(findings, values, deployment);
        boolean modelMeant = new KeyCheck(findings, KnownKeys.PARAMS, defaults::readUnlessNull)
                .check(params)
                .contains(DeploymentKeys.MODEL);
        readOptions(params, defaults);
        new CandidateReader(values, deployment.candidate).params(params);
        deployment.prices = new PricesReader(findings, values).read(params, deployment.prices);
        deployment.timeouts = timeouts(params).or(global);
        Entry model = params.find(DeploymentKeys.MODEL);
        if (model == null) {
            if (!modelMeant) {
                findings.problem(params.node(), params.path() + " has no model; add it, as model: openai/gpt-4o-mini");
            }
            return null;
        }
        String name = values.text(model);
        return name == null ? null : read(params, model, name);
    }

    private @Nullable Deployment read(Section params, Entry model, String name) {
        if (name.equals(DeploymentBuilder.DEMO_MODEL)) {
            return deployment.demo();
        } else if (name.startsWith("thalweg/")) {
            findings.problem(model.value(), model.path() + ": Thalweg itself has one model, thalweg/demo");
            return null;
        }
        Entry provider = params.find(DeploymentKeys.PROVIDER);
        ModelRoute route;
        try {
            route = ModelRoute.of(name, provider == null ? null : values.text(provider), apiBaseEntry(params) != null);
        } catch (ModelRoute.Unreadable unreadable) {
            findings.problem(model.value(), model.path() + ": " + unreadable.getMessage());
            return null;
        }
        if (Wildcard.stars(route.model()) > Wildcard.stars(deployment.modelName)) {
            findings.problem(
                    model.value(),
                    model.path()
                            + " has a * that model_name has not; write both with *, as model_name: groq/* with model:"
                            + " groq/*");
        }
        if (route.dialect() != null && deployment.dialects.isEmpty()) {
            deployment.dialects = List.of(route.dialect());
        }
        if (route.notYet() != null) {
            unservable(model.value(), model.path(), route.notYet());
            return deployment.provider(route.provider(), route.model(), null);
        }
        AwsAccount account =
                AwsAccount.of(route.provider(), key -> params.find(key) != null, environment, SmallFiles::read);
        String own = account == null ? route.model() : account.model(route.model(), deployment.options);
        return deployment.provider(route.provider(), own, connect(params, model, route.provider(), account));
    }

    /** Where to connect and with which key. */
    private @Nullable URI connect(Section params, Entry model, Provider provider, @Nullable AwsAccount account) {
        Entry entry = apiBaseEntry(params);
        Entry key = params.find(DeploymentKeys.API_KEY);
        String refusal = account == null ? null : account.settle(deployment.options);
        parameters(provider, account);
        googleAccount(model, key == null);
        URI base = entry != null ? configuredBase(entry, model, provider) : defaultBase(model, provider);
        if (key != null) {
            deployment.apiKey = values.secret(key);
        } else {
            deployment.apiKey = environmentKey(model, provider);
        }
        if (account != null && key == null && deployment.apiKey == null && deployment.mockResponse == null) {
            String missing = refusal != null ? refusal : AwsAccount.missing(deployment.options);
            if (missing != null) {
                unservable(model.value(), model.path(), missing);
            }
            return base;
        }
        boolean keyless = provider.has(Quirk.NO_KEY_NEEDED)
                || deployment.options.containsKey(Provider.GOOGLE_CREDENTIALS)
                || (entry != null && !provider.has(Quirk.AZURE_PATHS));
        if (key == null && deployment.apiKey == null && !keyless && deployment.mockResponse == null) {
            unservable(
                    model.value(),
                    model.path(),
                    "there is no key for " + provider.name() + "; set " + String.join(" or ", provider.keyVariables())
                            + ", or add an api_key" + (takesGoogleAccount(provider) ? " or vertex_credentials" : ""));
        }
        if (provider.has(Quirk.AZURE_PATHS) && deployment.apiVersion == null) {
            deployment.apiVersion = AzureApi.version(deployment.dialects);
        }
        return base;
    }

    /** What the file does not say of the account, the environment may. */
    private void parameters(Provider provider, @Nullable AwsAccount account) {
        for (Parameter parameter : provider.parameters()) {
            if (account != null && !account.mayComeFromEnvironment(parameter.key())) {
                continue;
            }
            String value = environment.findFirst(parameter.variables());
            String otherwise = value != null ? value : parameter.otherwise();
            if (otherwise != null) {
                deployment.options.putIfAbsent(parameter.key(), new Secret(otherwise));
            }
        }
    }

    private static boolean takesGoogleAccount(Provider provider) {
        return provider.parameters().stream()
                .anyMatch(parameter -> parameter.key().equals(Provider.GOOGLE_CREDENTIALS));
    }

    /** What tokens are got with is read here, and says which project is meant where nothing else does. A key wins over it. */
    private void googleAccount(Entry model, boolean wanted) {
        Secret said = deployment.options.remove(Provider.GOOGLE_CREDENTIALS);
        if (said == null || !wanted) {
            return;
        }
        try {
            String json = GoogleAccount.json(said.reveal(), SmallFiles::read);
            GoogleAccount account = GoogleAccount.checked(json);
            deployment.options.put(Provider.GOOGLE_CREDENTIALS, new Secret(json));
            if (account.project() != null) {
                deployment.options.putIfAbsent("vertex_project", new Secret(account.project()));
            }
        } catch (GoogleAccount.Unusable unusable) {
            unservable(model.value(), model.path(), String.valueOf(unusable.getMessage()));
        }
    }

    /** The base URL with the account's parameters; null where one is missing. */
    private @Nullable String filled(Entry model, Provider provider, String template) {
        try {
            String url = AccountUrl.of(provider, template, parameter -> {
                Secret value = deployment.options.get(parameter.key());
                return value == null ? null : value.reveal();
            });
            return url.replace("//global-aiplatform.", "//aiplatform."); // the one location without a host of its own
        } catch (AccountUrl.Incomplete incomplete) {
            Parameter parameter = incomplete.parameter();
            unservable(
                    model.value(),
                    model.path(),
                    provider.name() + " needs " + parameter.key()
                            + (incomplete.missing()
                                    ? "; add it, or set " + String.join(" or ", parameter.variables())
                                    : " to have letters, digits, '-', '_' and '.' only"));
            return null;
        }
    }

    private @Nullable Secret environmentKey(Entry model, Provider provider) {
        String value = environment.findFirst(provider.keyVariables());
        if (value == null) {
            return null;
        } else if (!Secrets.isSendable(value)) {
            unservable(
                    model.value(),
                    model.path(),
                    "the key for " + provider.name() + " in the environment " + Secrets.FAULT);
            return null;
        }
        return new Secret(value);
    }

    private @Nullable URI configuredBase(Entry entry, Entry model, Provider provider) {
        String text = values.text(entry);
        String usual = provider.baseUrl();
        try {
            if (text != null && usual != null && usual.contains("{")) {
                boolean wanted = ApiBase.pathIsAccounts(usual) && !ApiBase.hasPath(text);
                usual = wanted ? filled(model, provider, usual) : null;
            }
            return text == null ? null : ApiBase.of(provider, text, usual);
        } catch (ApiBase.Unusable unusable) {
            findings.problem(entry.value(), entry.path() + ": " + unusable.getMessage());
            return null;
        }
    }

    private @Nullable URI defaultBase(Entry model, Provider provider) {
        String text = environment.findFirst(provider.baseUrlVariables());
        if (text == null) {
            text = provider.baseUrl();
        }
        if (text != null && text.contains("{")) {
            text = filled(model, provider, text);
            if (text == null) {
                return null;
            }
        }
        if (text == null) {
            if (deployment.mockResponse == null) {
                findings.problem(
                        model.value(),
                        model.path() + ": " + provider.name() + " needs an api_base; add it, or set "
                                + String.join(" or ", provider.baseUrlVariables()));
            }
            return null;
        }
        try {
            return ApiBase.of(provider, text);
        } catch (ApiBase.Unusable unusable) {
            unservable(model.value(), model.path(), "the base URL in the environment: " + unusable.getMessage());
            return null;
        }
    }

    private void readOptions(Section params, RequestDefaults defaults) {
        for (Entry entry : params.entries()) {
            if (params.find(entry.key()) != null) {
                readOption(entry, defaults);
            }
        }
    }

    private void readOption(Entry entry, RequestDefaults defaults) {
        switch (entry.key()) {
            case DeploymentKeys.API_VERSION -> deployment.apiVersion = headerText(entry);
            case DeploymentKeys.DIALECTS -> deployment.dialects = DialectsReader.read(entry, values);
            case DeploymentKeys.ORGANIZATION -> deployment.organization = headerText(entry);
            case DeploymentKeys.EXTRA_HEADERS -> HeadersReader.read(entry, values, findings, deployment.extraHeaders);
            case DeploymentKeys.EXTRA_BODY -> defaults.readExtraBody(entry);
            case DeploymentKeys.MOCK_RESPONSE -> deployment.mockResponse = defaults.json(entry.value(), entry.path());
            case DeploymentKeys.MOCK_DELAY -> {
                Duration delay = values.duration(entry, Duration.ZERO);
                deployment.mockDelay = delay == null ? Duration.ZERO : delay;
            }
            case Provider.GOOGLE_CREDENTIALS -> {
                String account = values.text(entry); // of several lines, and never sent
                if (account != null) {
                    deployment.options.put(entry.key(), new Secret(account));
                }
            }
            default -> {
                if (DeploymentKeys.OPTIONS.contains(entry.key())) {
                    Secret value = values.secret(entry);
                    if (value != null) {
                        deployment.options.put(entry.key(), value);
                    }
                }
                // Others are read where it is needed, by the candidate's reader, or a default of requests
            }
        }
    }

    private @Nullable String headerText(Entry entry) {
        Secret text = values.secret(entry);
        return text == null ? null : text.reveal();
    }

    private TimeoutOptions timeouts(Section params) {
        Map<String, Duration> timeouts = new HashMap<>();
        for (String key : TimeoutOptions.KEYS) {
            Entry entry = params.find(key);
            Duration value = entry == null ? null : values.duration(entry, TimeoutOptions.shortest(key));
            if (value != null) {
                timeouts.put(key, value);
            }
        }
        return new TimeoutOptions(timeouts);
    }

    private static @Nullable Entry apiBaseEntry(Section params) {
        Entry entry = params.find(DeploymentKeys.API_BASE);
        Entry other = entry != null ? entry : params.find(DeploymentKeys.BASE_URL);
        return other != null ? other : params.find(DeploymentKeys.AWS_ENDPOINT);
    }

    private void missing(Node at, String path, String variable) {
        unservable(at, path, "the environment variable " + KeyText.of(variable) + " is not set; set it");
    }

    private void unservable(Node at, String path, String reason) {
        if (strictness == Strictness.CHECK) {
            findings.problem(at, path + ": " + reason);
        } else {
            deployment.disable(reason);
            findings.notice(
                    Notice.Kind.DISABLED,
                    at,
                    "'" + KeyText.name(deployment.modelName) + "' is DISABLED (" + path + "): " + reason);
        }
    }
}
