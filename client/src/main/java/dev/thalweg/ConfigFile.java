package dev.thalweg;

import dev.thalweg.config.ConfigException;
import dev.thalweg.config.ConfigLoader;
import dev.thalweg.config.Deployment.Kind;
import dev.thalweg.config.GatewayConfig;
import dev.thalweg.config.ModelAlias;
import dev.thalweg.config.RoutingSettings;
import dev.thalweg.config.Settings;
import dev.thalweg.core.route.Candidate;
import dev.thalweg.core.route.RetryRules;
import dev.thalweg.model.PricePart;
import dev.thalweg.model.Prices;
import dev.thalweg.model.Rates;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A gateway's configuration file as a program reads it: its models, their accounts, routing, prices and clocks. The only class
 * that needs the artifact {@code thalweg-config}.
 *
 * @param routing its groups, and how calls go through them
 * @param settings what else it says
 */
record ConfigFile(Routing routing, Settings settings) {
    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException with all that is wrong in it
     */
    static ConfigFile read(Path file, Map<String, String> environment) {
        GatewayConfig config;
        try {
            config = ConfigLoader.load(file, environment).orThrow();
        } catch (ConfigException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        return new ConfigFile(routing(config), config.settings());
    }

    private static Routing routing(GatewayConfig config) {
        Map<String, List<Deployment>> groups = new LinkedHashMap<>();
        Map<String, String> unserved = new LinkedHashMap<>();
        for (dev.thalweg.config.Deployment one : config.deployments()) {
            String why = unserved(one);
            if (why != null) {
                unserved.putIfAbsent(one.modelName(), why);
            } else {
                groups.computeIfAbsent(one.modelName(), name -> new ArrayList<>())
                        .add(deployment(one));
            }
        }
        unserved.keySet().removeAll(groups.keySet());
        RoutingSettings said = config.settings().routing();
        Map<String, String> aliases = new LinkedHashMap<>();
        said.aliases().forEach((alias, of) -> aliases.put(alias, model(of)));
        Map<String, RetryRules> retriesOf = new LinkedHashMap<>(said.retriesOf());
        return new Routing(groups, aliases, unserved, said.retries(), retriesOf, said.strategy(), said.policy());
    }

    private static String model(ModelAlias alias) {
        return alias.model();
    }

    private static @Nullable String unserved(dev.thalweg.config.Deployment one) {
        if (one.disabled() != null) {
            return one.disabled();
        }
        boolean played = one.kind() == Kind.DEMO || one.mockResponse() != null;
        return played ? "only a gateway plays it (thalweg/demo, mock_response)" : null;
    }

    private static Deployment deployment(dev.thalweg.config.Deployment one) {
        Configured configured =
                new Configured(one.upstream(), clocks(one.timeouts()), one.requestDefaults(), one::prices);
        String model = one.provider().name() + "/" + one.upstreamModel();
        Endpoint endpoint = new Endpoint(one.id(), model, null, null, Map.of(), configured);
        return new Deployment(priced(one), endpoint);
    }

    private static Candidate priced(dev.thalweg.config.Deployment one) {
        Prices prices = one.prices(one.upstreamModel());
        Rates rates = one.upstreamModel().indexOf('*') >= 0
                ? null
                : prices.at(Instant.now()).orElse(null);
        return rates == null
                ? one.candidate()
                : one.candidate().withPrices(token(rates, PricePart.INPUT), token(rates, PricePart.OUTPUT));
    }

    private static @Nullable BigDecimal token(Rates rates, PricePart part) {
        return rates.rate(part).map(rate -> rate.price().movePointLeft(6)).orElse(null);
    }

    /** The clocks of all calls, where a deployment does not say its own. */
    Timeouts timeouts() {
        return clocks(settings.timeouts());
    }

    private static Timeouts clocks(dev.thalweg.config.Timeouts said) {
        return Timeouts.builder()
                .connect(said.connect())
                .pool(said.pool())
                .firstByte(said.stream().firstByte())
                .firstToken(said.stream().firstToken())
                .firstTokenFailover(orNone(said.stream().firstTokenFailover()))
                .idle(said.stream().idle())
                .total(said.unary().total())
                .streamTotal(orNone(said.stream().total()))
                .build();
    }

    private static Duration orNone(@Nullable Duration said) {
        return said == null ? Duration.ZERO : said;
    }
}
