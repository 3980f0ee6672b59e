package dev.thalweg;

import dev.thalweg.core.catalog.AccountUrl;
import dev.thalweg.core.catalog.Provider;
import dev.thalweg.core.catalog.Provider.AuthScheme;
import dev.thalweg.core.catalog.Provider.Quirk;
import dev.thalweg.core.catalog.Providers;
import dev.thalweg.core.error.ErrorKind;
import dev.thalweg.error.ErrorDetails;
import dev.thalweg.error.ThalwegException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds where a model is: at its provider, or, with a gateway, always there. Immutable. */
final class Targets {
    private static final String AZURE_API_VERSION = "2024-10-21";

    /** A gateway understands all that OpenAI's clients send. */
    private static final Provider GATEWAY = Providers.find("openai_like").orElseThrow();

    private final Map<String, String> environment;
    private final Map<String, String> keys;
    private final Map<String, String> baseUrls;
    private final @Nullable String gatewayUrl;
    private final String gatewayKey;

    /**
     * With these settings; keys and base URLs by the provider's name in the table.
     *
     * @param gatewayUrl takes all models; null asks the environment
     */
    Targets(
            Map<String, String> environment,
            Map<String, String> keys,
            Map<String, String> baseUrls,
            @Nullable String gatewayUrl,
            String gatewayKey) {
        this.environment = Map.copyOf(environment);
        this.keys = Map.copyOf(keys);
        this.baseUrls = Map.copyOf(baseUrls);
        this.gatewayUrl = gatewayUrl != null ? gatewayUrl : variable(List.of("THALWEG_BASE_URL"));
        this.gatewayKey = gatewayUrl != null ? gatewayKey.strip() : orEmpty(variable(List.of("THALWEG_API_KEY")));
    }

    /** Where a call to this model goes. */
    Target find(String asked) {
        return find(Endpoint.of(asked));
    }

    /** Where a call goes that this deployment serves. */
    Target find(Endpoint endpoint) {
        String asked = endpoint.model();
        if (gatewayUrl != null) {
            BaseUrl base = BaseUrl.of(gatewayUrl, "the gateway's base URL (THALWEG_BASE_URL)");
            return target(GATEWAY, "gateway", asked, asked, base.orPath("/v1").with("/chat/completions"), gatewayKey);
        }
        int slash = asked.indexOf('/');
        if (slash <= 0 || slash == asked.length() - 1) {
            throw refused(
                    ErrorKind.BAD_REQUEST,
                    asked,
                    "The model \"" + asked
                            + "\" does not say whose it is: name it provider/model, openai/gpt-4o-mini for example.");
        }
        Provider provider = Providers.find(asked.substring(0, slash))
                .orElseThrow(() -> refused(
                        ErrorKind.BAD_REQUEST,
                        asked,
                        "The provider of \"" + asked + "\" is not known: "
                                + advice(asked.substring(0, slash))
                                + " Any other OpenAI-compatible server is openai_like/MODEL with its base URL."));
        if (!provider.speaks("openai")) {
            throw refused(
                    ErrorKind.BAD_REQUEST,
                    asked,
                    provider.name()
                            + " speaks a protocol of its own, which this version knows through a gateway only: set"
                            + " THALWEG_BASE_URL, or name it in the builder.");
        }
        String model = asked.substring(slash + 1);
        return target(
                provider, provider.name(), asked, model, address(provider, model, endpoint), key(provider, endpoint));
    }

    /** Whether this can be the name of a model: of a provider that is known, or, with a gateway, any. */
    boolean knows(String model) {
        int slash = model.indexOf('/');
        boolean whose = slash > 0 && slash < model.length() - 1;
        return gatewayUrl != null
                || (whose && Providers.find(model.substring(0, slash)).isPresent());
    }

    /** What may be meant by a provider's name that nobody has. */
    static String advice(String name) {
        return Providers.near(name)
                .map(near -> "did you mean \"" + near + "\"?")
                .orElseGet(() -> "known are " + Providers.examples() + ".");
    }

    private static Target target(Provider provider, String name, String asked, String model, URI uri, String key) {
        if (!key.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw refused(
                    ErrorKind.AUTHENTICATION,
                    asked,
                    "The key for " + name
                            + " has a blank, a line break or another character that no key has: set it again.");
        }
        boolean bearer = provider.auth() == AuthScheme.BEARER;
        String header = key.isEmpty() ? "" : bearer ? "Authorization" : "api-key";
        return new Target(provider, name, asked, model, uri, header, bearer ? "Bearer " + key : key);
    }

    private URI address(Provider provider, String model, Endpoint endpoint) {
        String set = endpoint.baseUrl() != null ? endpoint.baseUrl() : baseUrls.get(provider.name());
        String from = set != null
                ? "baseUrl(\"" + provider.name() + "\", …)"
                : String.join(" or ", provider.baseUrlVariables());
        String url = set != null ? set : variable(provider.baseUrlVariables());
        String usual = provider.baseUrl();
        if (url == null && usual == null) {
            throw refused(
                    ErrorKind.BAD_REQUEST,
                    endpoint.model(),
                    "Where " + provider.name() + " is must be said: set " + from
                            + ", or call Thalweg.builder().baseUrl(\"" + provider.name() + "\", …).");
        }
        BaseUrl base = url != null
                ? BaseUrl.of(url, from)
                : BaseUrl.of(ofAccount(provider, orEmpty(usual), endpoint), "the provider table");
        if (provider.has(Quirk.AZURE_PATHS) && !base.endsWith("/v1")) {
            String version = variable(List.of("AZURE_API_VERSION"));
            String path = (base.endsWith("/openai") ? "" : "/openai") + "/deployments/" + encode(model);
            return base.with(
                    path + "/chat/completions?api-version=" + encode(version == null ? AZURE_API_VERSION : version));
        }
        String usualPath = usual == null ? "/v1" : path(usual) + provider.root("openai");
        return (url == null ? base.below(provider.root("openai")) : base.orPath(usualPath)).with("/chat/completions");
    }

    private static String path(String url) {
        int slash = url.indexOf('/', url.indexOf("//") + 2);
        return slash < 0 ? "" : url.substring(slash);
    }

    /** The base URL with what the environment says of the account. */
    private String ofAccount(Provider provider, String url, Endpoint endpoint) {
        try {
            return AccountUrl.of(provider, url, parameter -> variable(parameter.variables()));
        } catch (AccountUrl.Incomplete incomplete) {
            String variables = String.join(" or ", incomplete.parameter().variables());
            throw refused(
                    ErrorKind.BAD_REQUEST,
                    endpoint.model(),
                    "Where " + provider.name() + " is depends on the account: "
                            + (incomplete.missing()
                                    ? "set " + variables
                                    : variables + " may have letters, digits, '-', '_' and '.' only")
                            + ", or call Thalweg.builder().baseUrl(\"" + provider.name() + "\", …).");
        }
    }

    private String key(Provider provider, Endpoint endpoint) {
        String key = endpoint.apiKey() != null ? endpoint.apiKey() : keys.get(provider.name());
        key = key != null ? key.strip() : orEmpty(variable(provider.keyVariables()));
        if (key.isEmpty() && !provider.has(Quirk.NO_KEY_NEEDED)) {
            throw refused(
                    ErrorKind.AUTHENTICATION,
                    endpoint.model(),
                    "There is no key for " + provider.name() + ": set " + String.join(" or ", provider.keyVariables())
                            + ", or call Thalweg.builder().apiKey(\"" + provider.name() + "\", …).");
        }
        return key;
    }

    private @Nullable String variable(List<String> names) {
        for (String name : names) {
            String value = environment.get(name);
            if (value != null && !value.isBlank()) {
                return value.strip();
            }
        }
        return null;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static String encode(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static ThalwegException refused(ErrorKind kind, String asked, String message) {
        return kind.exception(ErrorDetails.builder(message)
                .status(kind.status())
                .type(kind.type())
                .code(kind.code())
                .model(asked)
                .build());
    }
}
