package dev.thalweg;

import dev.thalweg.core.catalog.AccountUrl;
import dev.thalweg.core.catalog.Provider;
import dev.thalweg.core.catalog.Provider.Parameter;
import dev.thalweg.core.catalog.Provider.Quirk;
import dev.thalweg.core.error.ErrorKind;
import dev.thalweg.core.upstream.ApiBase;
import dev.thalweg.core.upstream.AwsAccount;
import dev.thalweg.core.upstream.AzureApi;
import dev.thalweg.core.upstream.Environment;
import dev.thalweg.core.upstream.GoogleAccount;
import dev.thalweg.core.upstream.ModelRoute;
import dev.thalweg.core.upstream.Secret;
import dev.thalweg.core.upstream.Secrets;
import dev.thalweg.core.upstream.Upstream;
import dev.thalweg.error.ThalwegException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts together what an endpoint, the program and its environment say of an account; the first of them that says it counts. */
final class Accounts {
    private final Environment environment;
    private final Map<String, String> keys;
    private final Map<String, String> baseUrls;
    private final Map<String, Map<String, String>> options;

    /** With these settings of the program, by the provider's name in the table. */
    Accounts(
            Environment environment,
            Map<String, String> keys,
            Map<String, String> baseUrls,
            Map<String, Map<String, String>> options) {
        this.environment = environment;
        this.keys = Map.copyOf(keys);
        this.baseUrls = Map.copyOf(baseUrls);
        this.options = Map.copyOf(options);
    }

    /**
     * The account that this model is asked of.
     *
     * @throws ThalwegException when something of it is missing
     */
    Upstream find(Endpoint endpoint, ModelRoute route) {
        return new Search(endpoint, route.provider()).upstream(route);
    }

    /** The search for one account. */
    private final class Search {
        private final Endpoint endpoint;
        private final Provider provider;
        private final Map<String, Secret> found = new HashMap<>();

        Search(Endpoint endpoint, Provider provider) {
            this.endpoint = endpoint;
            this.provider = provider;
            endpoint.options().forEach((key, value) -> found.put(key, new Secret(value)));
            Accounts.this
                    .options
                    .getOrDefault(account(provider), Map.of())
                    .forEach((key, value) -> found.putIfAbsent(key, new Secret(value)));
        }

        Upstream upstream(ModelRoute route) {
            AwsAccount aws = AwsAccount.of(provider, found::containsKey, environment, SmallFiles::read);
            String model = aws == null ? route.model() : aws.model(route.model(), found);
            String refusal = aws == null ? null : aws.settle(found);
            fromEnvironment(aws);
            Secret key = key();
            googleAccount(key == null);
            if (key == null) {
                keyless(aws != null, refusal);
            }
            String version = environment.find("AZURE_API_VERSION");
            if (provider.has(Quirk.AZURE_PATHS) && version == null) {
                version = AzureApi.version(route.dialect() == null ? List.of() : List.of(route.dialect()));
            }
            URI base = base();
            List<String> dialects = route.dialect() != null
                    ? List.of(route.dialect())
                    : AzureApi.dialects(provider, base, provider.has(Quirk.AZURE_PATHS) ? version : null);
            return new Upstream(provider, model, base, key, version, null, found, Map.of(), dialects);
        }

        private void fromEnvironment(@Nullable AwsAccount aws) {
            for (Parameter parameter : provider.parameters()) {
                if (aws != null && !aws.mayComeFromEnvironment(parameter.key())) {
                    continue;
                }
                String value = environment.findFirst(parameter.variables());
                String otherwise = value != null ? value : parameter.otherwise();
                if (otherwise != null) {
                    found.putIfAbsent(parameter.key(), new Secret(otherwise));
                }
            }
        }

        private @Nullable Secret key() {
            String said = endpoint.apiKey() != null ? endpoint.apiKey() : keys.get(account(provider));
            if (said == null) {
                said = environment.findFirst(provider.keyVariables());
            }
            if (said == null || said.isBlank()) {
                return null;
            }
            return Accounts.key(said, provider.name(), endpoint.model());
        }

        /** Without a key there may be a signature, a token, or no need of any. */
        private void keyless(boolean signs, @Nullable String refusal) {
            if (signs) {
                String missing = refusal != null ? refusal : AwsAccount.missing(found);
                if (missing != null) {
                    throw Targets.refused(
                            ErrorKind.AUTHENTICATION,
                            endpoint.model(),
                            provider.name() + " cannot be asked: " + missing);
                }
            } else if (!provider.has(Quirk.NO_KEY_NEEDED) && !found.containsKey(Provider.GOOGLE_CREDENTIALS)) {
                boolean google = provider.parameters().stream()
                        .anyMatch(parameter -> parameter.key().equals(Provider.GOOGLE_CREDENTIALS));
                throw Targets.refused(
                        ErrorKind.AUTHENTICATION,
                        endpoint.model(),
                        "There is no key for " + provider.name() + ": set "
                                + String.join(" or ", provider.keyVariables())
                                + (google ? ", or GOOGLE_APPLICATION_CREDENTIALS" : "")
                                + ", or call Thalweg.builder().apiKey(\"" + provider.name() + "\", …).");
            }
        }

        private void googleAccount(boolean wanted) {
            Secret said = found.remove(Provider.GOOGLE_CREDENTIALS);
            if (said == null || !wanted) {
                return;
            }
            try {
                String json = GoogleAccount.json(said.reveal(), SmallFiles::read);
                String project = GoogleAccount.checked(json).project();
                found.put(Provider.GOOGLE_CREDENTIALS, new Secret(json));
                if (project != null) {
                    found.putIfAbsent("vertex_project", new Secret(project));
                }
            } catch (GoogleAccount.Unusable unusable) {
                throw Targets.refused(ErrorKind.AUTHENTICATION, endpoint.model(), unusable.getMessage() + ".");
            }
        }

        private URI base() {
            String set = endpoint.baseUrl() != null ? endpoint.baseUrl() : baseUrls.get(account(provider));
            String from = set != null
                    ? "baseUrl(\"" + provider.name() + "\", …)"
                    : String.join(" or ", provider.baseUrlVariables());
            String url = set != null ? set : environment.findFirst(provider.baseUrlVariables());
            String usual = provider.baseUrl();
            if (url == null && usual == null) {
                throw Targets.refused(
                        ErrorKind.BAD_REQUEST,
                        endpoint.model(),
                        "Where " + provider.name() + " is must be said: set " + from
                                + ", or call Thalweg.builder().baseUrl(\"" + provider.name() + "\", …).");
            }
            return url == null ? usual(String.valueOf(usual)) : given(url, from, usual);
        }

        private URI usual(String template) {
            try {
                return ApiBase.of(provider, filled(template));
            } catch (ApiBase.Unusable impossible) {
                throw new IllegalStateException("the provider table has a URL that is none: " + template, impossible);
            }
        }

        /** What people set may lack the path, which may be the account's own. */
        private URI given(String url, String from, @Nullable String usual) {
            try {
                String template = usual;
                if (usual != null && usual.contains("{")) {
                    boolean wanted = ApiBase.pathIsAccounts(usual) && !ApiBase.hasPath(url);
                    template = wanted ? filled(usual) : null;
                }
                return ApiBase.of(provider, url, template);
            } catch (ApiBase.Unusable unusable) {
                throw BaseUrl.unusable(from, unusable);
            }
        }

        private String filled(String template) {
            try {
                String url = AccountUrl.of(provider, template, parameter -> {
                    Secret value = found.get(parameter.key());
                    return value == null ? null : value.reveal();
                });
                return url.replace(
                        "//global-aiplatform.", "//aiplatform."); // the one location without a host of its own
            } catch (AccountUrl.Incomplete incomplete) {
                String variables = String.join(" or ", incomplete.parameter().variables());
                throw Targets.refused(
                        ErrorKind.BAD_REQUEST,
                        endpoint.model(),
                        "Where " + provider.name() + " is depends on the account: "
                                + (incomplete.missing()
                                        ? "set " + variables
                                        : variables + " may have letters, digits, '-', '_' and '.' only")
                                + ", or call Thalweg.builder().option(\"" + provider.name() + "\", \""
                                + incomplete.parameter().key() + "\", …).");
            }
        }
    }

    /** Two rows can be ways to one account, which is named by the first. */
    private static String account(Provider provider) {
        if (provider.has(Quirk.BEDROCK_INVOKE)) {
            return "bedrock";
        }
        return provider.has(Quirk.VERTEX_RAW_PREDICT) ? "vertex_ai" : provider.name();
    }

    /** A key as it is sent, without the blanks around it. */
    static Secret key(String said, String provider, String asked) {
        String key = said.strip();
        if (!Secrets.isSendable(key)) {
            throw Targets.refused(
                    ErrorKind.AUTHENTICATION,
                    asked,
                    "The key for " + provider
                            + " has a blank, a line break or another character that no key has: set it again.");
        }
        return new Secret(key);
    }
}
