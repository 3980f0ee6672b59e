package dev.thalweg.gateway;

import dev.thalweg.config.ConfigException;
import dev.thalweg.config.ConfigLoader;
import dev.thalweg.config.GatewayConfig;
import dev.thalweg.config.Strictness;
import dev.thalweg.gateway.server.RouteJson;
import dev.thalweg.gateway.server.RouteQuery;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thalweg route MODEL}. */
@Command(
        name = "route",
        mixinStandardHelpOptions = true,
        description = {
            "Says where a request for MODEL would go now, why, and what would follow a failure. Nothing is sent to any"
                    + " provider, and nothing is counted.",
            "",
            "Whom it asks, whichever comes first: --url, THALWEG_BASE_URL, a gateway on http://127.0.0.1:8000. With"
                    + " --config it asks nobody, and says what a gateway would do that has just started with that file."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:it is said, even where the request would be refused",
            "1:there is no such model, or nobody to ask",
            "2:the command line has mistakes"
        },
        parameterListHeading = "%nParameters:%n",
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Environment:",
            "  THALWEG_BASE_URL   a gateway to ask",
            "  THALWEG_API_KEY    its key, where it wants one",
            "",
            "Examples:",
            "  thalweg route gpt-4o-mini",
            "  thalweg route gpt-4o-mini --stream --tags eu,fast",
            "  thalweg route gpt-4o-mini --config config.yaml",
            "  thalweg route gpt-4o-mini --url https://llm.example.com --json"
        })
final class RouteCommand implements Callable<Integer> {
    private final Map<String, String> environment;

    @Parameters(paramLabel = "MODEL", description = "The model that a request would ask for, by any of its names.")
    private String model = "";

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "A configuration file to read instead of asking a gateway.")
    private @Nullable Path config;

    @Option(names = "--url", paramLabel = "URL", description = "The gateway to ask; with or without /v1.")
    private @Nullable String url;

    @Option(
            names = "--api-key-env",
            paramLabel = "VARIABLE",
            description = "The environment variable that holds the key. Default: THALWEG_API_KEY. A key is never an"
                    + " argument: others could see it.")
    private @Nullable String keyVariable;

    @Option(names = "--stream", description = "The request would be answered as a stream.")
    private boolean stream;

    @Option(names = "--tags", paramLabel = "TAG,TAG", description = "The request would have these tags.")
    private @Nullable String tags;

    @Option(names = "--region", paramLabel = "NAME", description = "The request would ask for this region.")
    private @Nullable String region;

    @Option(names = "--session", paramLabel = "NAME", description = "The request would belong to this session.")
    private @Nullable String session;

    @Option(names = "--json", description = "Prints what the gateway answers, as it is.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    RouteCommand() {
        this(System.getenv());
    }

    RouteCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        if (config != null && (url != null || keyVariable != null)) {
            throw new ParameterException(
                    spec.commandLine(), "--config FILE asks no gateway: leave out --url and --api-key-env.");
        }
        PrintWriter out = spec.commandLine().getOut();
        try {
            RouteQuery query = new RouteQuery(model, stream, RouteQuery.separated(tags), region, session);
            String answer = config != null
                    ? fresh(config, query)
                    : RunningGateway.find(url, keyVariable, environment).explain(query);
            out.print(json ? answer.strip() + "\n" : RouteText.of(answer));
            out.flush();
            return 0;
        } catch (RouteProblem e) {
            spec.commandLine().getErr().println(e.text());
            return 1;
        }
    }

    private String fresh(Path file, RouteQuery query) throws RouteProblem {
        GatewayConfig loaded;
        try {
            loaded = ConfigLoader.load(file, environment, Strictness.SERVE).orThrow();
        } catch (ConfigException e) {
            throw new RouteProblem(String.valueOf(e.getMessage()));
        }
        String answer = RouteJson.of(loaded, query).orElseThrow(() -> new RouteProblem(unknown(file, loaded)));
        spec.commandLine()
                .getErr()
                .println("No gateway was asked: this is what one would do that has just started with " + file + ".");
        return answer;
    }

    private String unknown(Path file, GatewayConfig loaded) {
        return loaded.deployments().stream()
                .filter(one -> one.modelName().equals(model) && one.disabled() != null)
                .findFirst()
                .map(one -> "The model '" + model + "' cannot be served: " + one.disabled())
                .orElseGet(() -> "There is no model '" + model + "' in " + file + ". ./thalweg check " + file
                        + " lists those that are.");
    }
}
