package dev.thalweg.gateway.terminal;

import dev.thalweg.Thalweg;
import dev.thalweg.core.catalog.Provider;
import dev.thalweg.core.catalog.Provider.Quirk;
import dev.thalweg.core.catalog.Providers;
import dev.thalweg.gateway.terminal.ServerModels.Listed;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides whom a chat asks: the server named on the command line, the one named in the environment, the gateway on this
 * machine, or the provider whose key is in the environment, whichever comes first.
 */
final class ConnectionFinder {
    private static final String GATEWAY_URL = "THALWEG_BASE_URL";
    private static final String GATEWAY_KEY = "THALWEG_API_KEY";

    private final ChatOptions options;
    private final Map<String, String> environment;
    private final String localGateway;

    /** @param localGateway where a gateway is looked for when none is named */
    ConnectionFinder(ChatOptions options, Map<String, String> environment, String localGateway) {
        this.options = options;
        this.environment = environment;
        this.localGateway = localGateway;
    }

    Connection find() throws ChatProblem {
        @Nullable String named = variable(GATEWAY_URL);
        if (options.baseUrl() != null) {
            // The gateway's key is for the gateway the environment names, and for no other server.
            boolean same = named == null || named.equals(options.baseUrl());
            return server(options.baseUrl(), key(same ? orEmpty(variable(GATEWAY_KEY)) : ""), "--base-url");
        }
        if (named != null) {
            return server(named, key(orEmpty(variable(GATEWAY_KEY))), GATEWAY_URL);
        }
        if (ServerModels.isGateway(localGateway) && !onlyTheProviderHasIt()) {
            return server(localGateway, key(orEmpty(variable(GATEWAY_KEY))), "a gateway answers there");
        }
        return provider();
    }

    private String key(String usual) throws ChatProblem {
        @Nullable String key = options.keyVariable() == null ? usual : variable(options.keyVariable());
        if (key == null) {
            throw new ChatProblem("--api-key-env " + options.keyVariable() + ": this variable is not set or empty.");
        }
        if (!key.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new ChatProblem("The key in " + (options.keyVariable() == null ? GATEWAY_KEY : options.keyVariable())
                    + " has a blank, a line break or another character that no key has: set it again.");
        }
        return key;
    }

    /** A gateway that nobody named steps back where it lacks the model and the model's provider can be asked directly. */
    private boolean onlyTheProviderHasIt() throws ChatProblem {
        if (options.model() == null
                || named(options.model()).filter(this::usable).isEmpty()) {
            return false;
        }
        Listed listed = ServerModels.at(localGateway, key(orEmpty(variable(GATEWAY_KEY))));
        return listed.status() == 200 && !listed.serves(options.model());
    }

    private Connection server(String url, String key, String why) throws ChatProblem {
        Thalweg client;
        try {
            client = Thalweg.gateway(url, key);
        } catch (IllegalArgumentException e) {
            throw new ChatProblem("Not a URL (" + why + "): write http://HOST:PORT or https://HOST.");
        }
        String shown = shown(url);
        String model = options.model() != null ? options.model() : first(url, key, shown, why);
        String line = "Asking " + model + " at " + shown + " (" + why + "; "
                + (options.model() != null ? "--model" : "the first model it lists") + ")";
        String keyAdvice =
                "Give the key of " + shown + " in " + GATEWAY_KEY + ", or name its variable with" + " --api-key-env.";
        return new Connection(
                client, model, line, keyAdvice, () -> ServerModels.at(url, key).names());
    }

    private static String first(String url, String key, String shown, String why) throws ChatProblem {
        Listed listed = ServerModels.at(url, key);
        if (!listed.answered()) {
            throw new ChatProblem("Nothing answers at " + shown + " (" + why + "). Start a gateway there with"
                    + " ./thalweg serve, or name another server with --base-url URL.");
        }
        if (listed.wantsKey()) {
            throw new ChatProblem(shown + " wants a key" + (key.isEmpty() ? "" : " and refuses the one it was given")
                    + ": set " + GATEWAY_KEY + ", or name the variable that holds it with --api-key-env NAME.");
        }
        return listed.names().stream()
                .map(DefaultModels::meantBy)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> new ChatProblem(
                        shown + " lists no model that could be asked (" + why + "): name one with --model NAME."));
    }

    private Connection provider() throws ChatProblem {
        @Nullable String asked = options.model();
        Provider provider;
        if (asked != null) {
            provider = named(asked)
                    .orElseThrow(() -> new ChatProblem("No gateway answers at " + localGateway
                            + ", and \"" + asked + "\" does not say which provider to ask instead: start one with"
                            + " ./thalweg serve, or name the model provider/model, openai/gpt-4o-mini for example."));
            if (!usable(provider)) {
                throw new ChatProblem("No gateway answers at " + localGateway + ", and there is no key for "
                        + provider.name() + ": set " + String.join(" or ", provider.keyVariables()) + ".");
            }
        } else {
            provider = Providers.all().stream()
                    .filter(one -> one.speaks("openai") && ready(one))
                    .findFirst()
                    .orElseThrow(() -> new ChatProblem("There is nobody to ask: no gateway answers at " + localGateway
                            + " and no provider's key is in the environment. Start a gateway with ./thalweg serve (it"
                            + " has a demo model that needs no key), or set a key (OPENAI_API_KEY, GROQ_API_KEY …), or"
                            + " name a server with --base-url URL."));
        }
        String model = asked != null ? asked : firstOf(provider);
        Thalweg.Builder client = Thalweg.builder().environment(environment);
        String given = key("");
        if (!given.isEmpty()) {
            client.apiKey(provider.name(), given);
        }
        String from = source(provider);
        String line = "Asking " + model + " at its provider (" + from + " is set, no gateway answers at " + localGateway
                + "; " + (asked != null ? "--model" : "a small model of " + provider.name()) + ")";
        return new Connection(client.build(), model, line, "The key comes from " + from + ": check it.", List::of);
    }

    private static Optional<Provider> named(String model) {
        int slash = model.indexOf('/');
        return slash <= 0 ? Optional.empty() : Providers.find(model.substring(0, slash));
    }

    private String firstOf(Provider provider) throws ChatProblem {
        Optional<String> usual = DefaultModels.of(provider.name());
        if (usual.isPresent()) {
            return usual.get();
        }
        @Nullable String base = firstSet(provider.baseUrlVariables());
        Optional<String> listed = base == null || provider.has(Quirk.AZURE_PATHS)
                ? Optional.empty()
                : ServerModels.at(base, orEmpty(firstSet(provider.keyVariables()))).names().stream()
                        .findFirst();
        return listed.map(name -> provider.name() + "/" + name)
                .orElseThrow(() -> new ChatProblem(provider.name() + " can be asked (" + source(provider)
                        + " is set); name a model with --model " + provider.name() + "/NAME."));
    }

    /** Whether it can be asked when it is named. */
    private boolean usable(Provider provider) {
        return options.keyVariable() != null
                || provider.has(Quirk.NO_KEY_NEEDED)
                || firstSet(provider.keyVariables()) != null;
    }

    /** Whether somebody has set it up: its key, or where it is for one that needs none. */
    private boolean ready(Provider provider) {
        boolean key = firstSet(provider.keyVariables()) != null || provider.has(Quirk.NO_KEY_NEEDED);
        // One on the user's own machine is usually not running: somebody has to have said that it is.
        boolean known = provider.baseUrl() != null && !provider.has(Quirk.NO_KEY_NEEDED);
        return key && (known || firstSet(provider.baseUrlVariables()) != null);
    }

    private String source(Provider provider) {
        if (options.keyVariable() != null) {
            return options.keyVariable();
        }
        return java.util.stream.Stream.concat(provider.keyVariables().stream(), provider.baseUrlVariables().stream())
                .filter(name -> variable(name) != null)
                .findFirst()
                .orElse("--model");
    }

    private @Nullable String firstSet(List<String> names) {
        return names.stream()
                .map(this::variable)
                .filter(java.util.Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private @Nullable String variable(String name) {
        @Nullable String value = environment.get(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** The URL without what may be a password. */
    private static String shown(String url) {
        URI uri = URI.create(url.strip());
        return uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
    }
}
