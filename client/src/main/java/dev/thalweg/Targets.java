package dev.thalweg;

import dev.thalweg.core.catalog.Providers;
import dev.thalweg.core.dialect.Dialect;
import dev.thalweg.core.dialect.openai.GatewayDialect;
import dev.thalweg.core.error.ErrorKind;
import dev.thalweg.core.sign.AwsSignature;
import dev.thalweg.core.upstream.Dialects;
import dev.thalweg.core.upstream.Environment;
import dev.thalweg.core.upstream.GoogleAccount;
import dev.thalweg.core.upstream.ModelRoute;
import dev.thalweg.core.upstream.Upstream;
import dev.thalweg.error.ErrorDetails;
import dev.thalweg.error.ThalwegException;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds where a model is: at its provider, or, with a gateway, always there. What it has found it keeps. Thread-safe.
 *
 * <p>A gateway is asked in chat completions: it adds to them what they have no word for (reasoning with its signatures,
 * citations, safety results), and takes it back in the next turn, so that nothing is lost. {@link AttemptStart#protocol} says so.
 */
final class Targets {
    /** Names that come from outside without end are looked up each time rather than kept. */
    private static final int MOST = 1_000;

    private static final Dialect GATEWAYS = new GatewayDialect();

    private final HttpClient http;
    private final Accounts accounts;
    private final @Nullable String gatewayUrl;
    private final String gatewayKey;
    private final Map<Endpoint, Target> known = new ConcurrentHashMap<>();

    /**
     * With these settings.
     *
     * @param http fetches tokens
     * @param gatewayUrl takes all models; null asks the environment
     */
    Targets(
            HttpClient http,
            Accounts accounts,
            Environment environment,
            @Nullable String gatewayUrl,
            String gatewayKey) {
        this.http = http;
        this.accounts = accounts;
        this.gatewayUrl = gatewayUrl != null ? gatewayUrl : environment.find("THALWEG_BASE_URL");
        String environmentKey = environment.find("THALWEG_API_KEY");
        this.gatewayKey = gatewayUrl != null ? gatewayKey : environmentKey == null ? "" : environmentKey;
    }

    /** Where a call to this model goes. */
    Target find(String asked) {
        return find(Endpoint.of(asked));
    }

    /**
     * Where a call goes that this deployment serves.
     *
     * @throws ThalwegException when that cannot be told
     */
    Target find(Endpoint endpoint) {
        Target before = known.get(endpoint);
        if (before != null) {
            return before;
        }
        Target found = target(endpoint);
        if (known.size() < MOST) {
            known.put(endpoint, found);
        }
        return found;
    }

    private Target target(Endpoint endpoint) {
        String asked = endpoint.model();
        if (endpoint.configured() != null) {
            Upstream said = endpoint.configured().upstream();
            return target(said, said.provider().name(), asked);
        }
        if (gatewayUrl != null) {
            return gateway(gatewayUrl, asked);
        }
        ModelRoute route = route(asked, endpoint.baseUrl() != null);
        if (route.notYet() != null) {
            throw refused(ErrorKind.BAD_REQUEST, asked, "\"" + asked + "\" cannot be asked: " + route.notYet() + ".");
        }
        return target(accounts.find(endpoint, route), route.provider().name(), asked);
    }

    private Target gateway(String url, String asked) {
        URI base = BaseUrl.of(BaseUrl.ANY, url, "the gateway's base URL (THALWEG_BASE_URL)");
        boolean keyed = !gatewayKey.isBlank();
        Upstream upstream = new Upstream(
                BaseUrl.ANY,
                asked,
                base,
                keyed ? Accounts.key(gatewayKey, "gateway", asked) : null,
                null,
                null,
                Map.of(),
                Map.of(),
                List.of(GATEWAYS.name()));
        return new Target(upstream, GATEWAYS, "gateway", asked, upstream.model(), null);
    }

    private Target target(Upstream upstream, String name, String asked) {
        Target plain =
                new Target(upstream, Dialects.of(upstream.dialects().get(0)), name, asked, upstream.model(), null);
        return new Target(upstream, plain.dialect(), name, asked, upstream.model(), credentials(plain));
    }

    private @Nullable Credentials credentials(Target target) {
        AwsSignature aws = target.upstream().signature();
        if (aws != null) {
            return new AwsCredentials(aws, target.address());
        }
        GoogleAccount google = target.upstream().googleAccount();
        return google == null ? null : new GoogleCredentials(google, http);
    }

    private static ModelRoute route(String asked, boolean hasBase) {
        int slash = asked.indexOf('/');
        if (slash > 0 && slash < asked.length() - 1) {
            String name = asked.substring(0, slash);
            try {
                return ModelRoute.of(asked, null, hasBase);
            } catch (ModelRoute.Unreadable unknown) {
                throw refused(
                        ErrorKind.BAD_REQUEST,
                        asked,
                        "The provider of \"" + asked + "\" is not known: " + advice(name)
                                + " Any other OpenAI-compatible server is openai_like/MODEL with its base URL.");
            }
        }
        try {
            if (slash < 0 && !asked.isBlank()) {
                return ModelRoute.of(asked, null, hasBase);
            }
        } catch (ModelRoute.Unreadable unknown) {
            // Said below, in the SDK's words.
        }
        throw refused(
                ErrorKind.BAD_REQUEST,
                asked,
                "The model \"" + asked
                        + "\" does not say whose it is: name it provider/model, openai/gpt-4o-mini for example.");
    }

    /** Whether all models are asked through a gateway. */
    boolean isGateway() {
        return gatewayUrl != null;
    }

    /** Whether this can be the name of a model: of a provider that is known, or, with a gateway, any. */
    boolean knows(String model) {
        if (gatewayUrl != null) {
            return true;
        }
        try {
            return route(model, false).notYet() == null;
        } catch (ThalwegException unknown) {
            return false;
        }
    }

    /** What may be meant by a provider's name that nobody has. */
    static String advice(String name) {
        return Providers.near(name)
                .map(near -> "did you mean \"" + near + "\"?")
                .orElseGet(() -> "known are " + Providers.examples() + ".");
    }

    static ThalwegException refused(ErrorKind kind, String asked, String message) {
        return kind.exception(ErrorDetails.builder(message)
                .status(kind.status())
                .type(kind.type())
                .code(kind.code())
                .model(asked)
                .build());
    }
}
