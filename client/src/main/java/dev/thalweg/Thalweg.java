package dev.thalweg;

import dev.thalweg.core.catalog.Provider;
import dev.thalweg.core.catalog.Providers;
import dev.thalweg.core.upstream.Environment;
import dev.thalweg.core.wire.HeldBytes;
import dev.thalweg.error.ThalwegException;
import dev.thalweg.model.ChatChunk;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.model.LoopLimits;
import dev.thalweg.tool.ToolRun;
import dev.thalweg.tool.Tools;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Asks the models of any provider, each by the name {@code provider/model}.
 *
 * {@snippet :
 * try (ChatStream stream = Thalweg.create().stream("openai/gpt-4o-mini", "Hey, how's it going?")) {
 *     for (ChatChunk chunk : stream) System.out.print(chunk.content());
 * }
 * }
 *
 * <p>It has three faces. {@link #stream} and {@link #complete} block, which is the recommended way: on virtual threads
 * thousands of calls may wait at once, and loops, {@code try} and stack traces work as everywhere. {@link
 * #completeAsync} gives a future and {@link #publish} a publisher to code that is built of these; both run the blocking
 * calls on virtual threads and are no faster.
 *
 * <p>Keys and base URLs come from the environment variables the providers name ({@code OPENAI_API_KEY}, {@code
 * GROQ_API_KEY} …) or from {@link #builder()}. With {@code THALWEG_BASE_URL} set, every model is asked through the
 * gateway there, with the key in {@code THALWEG_API_KEY} if it wants one, and the gateway gets the model's name as it is. It
 * is asked in chat completions, which it extends so that the answer is the provider's own: {@link AttemptStart#protocol}.
 *
 * <p>Failures are {@link ThalwegException}s. What may pass is tried again twice, waiting as long as the provider asks (up
 * to a minute) or half a second and more; only before anything of the answer was handed out, unless {@link
 * Builder#restarts} asks for more. With {@link Builder#routing} a model may be a group of deployments that stand in for each
 * other.
 *
 * <p>Its settings never change, and it is safe to share between threads; one for the whole program is best, because it keeps
 * connections open for reuse, and what it learns of deployments.
 */
public final class Thalweg implements AutoCloseable {
    private final Exchange exchange;

    private Thalweg(Exchange exchange) {
        this.exchange = exchange;
    }

    private Thalweg(Builder builder) {
        builder.readConfig();
        HttpClient.Builder client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .executor(new SelectorExecutor());
        if (!builder.timeouts.connect().isZero()) {
            client.connectTimeout(builder.timeouts.connect());
        }
        HttpClient http = client.build();
        Environment environment = new Environment(builder.environment);
        Targets targets = new Targets(
                http,
                new Accounts(environment, builder.keys, builder.baseUrls, builder.options),
                environment,
                builder.gatewayUrl,
                builder.gatewayKey);
        HeldBytes held = new HeldBytes(Math.max(64L << 20, Runtime.getRuntime().maxMemory() / 4));
        exchange = new Exchange(
                http,
                targets,
                new Router(builder.routing, builder.retries, targets),
                new Options(
                        builder.timeouts,
                        builder.loopLimits,
                        builder.maxEventBytes,
                        builder.restarts,
                        builder.listeners(),
                        CallOptions.builder().strict(builder.strict).build(),
                        held),
                builder.random,
                new ConnectionLimit(builder.maxConnections));
    }

    /** With keys and base URLs from the environment, and all defaults. */
    public static Thalweg create() {
        return builder().build();
    }

    /**
     * Asks every model through the gateway at this base URL, with or without {@code /v1}.
     *
     * @param apiKey a virtual key of the gateway; empty where it wants none
     */
    public static Thalweg gateway(String baseUrl, String apiKey) {
        return builder().gateway(baseUrl, apiKey).build();
    }

    /** A builder that holds the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The same client for calls that want something else: its connections and what is known of deployments are shared, and
     * closing one closes all.
     *
     * {@snippet :
     * thalweg.with(CallOptions.builder().timeouts(quick).tags("eu").build()).stream(request);
     * }
     */
    public Thalweg with(CallOptions options) {
        return new Thalweg(exchange.with(options));
    }

    /**
     * Asks a model and waits for its whole answer.
     *
     * @param model {@code provider/model}
     * @throws ThalwegException when there is none
     * @throws IllegalArgumentException when the base URL in the environment is no URL
     */
    public ChatResponse complete(String model, String prompt) {
        return complete(ChatRequest.of(model, prompt));
    }

    /**
     * Asks a model and waits for its whole answer.
     *
     * @throws ThalwegException when there is none
     * @throws IllegalArgumentException when the base URL in the environment is no URL
     */
    public ChatResponse complete(ChatRequest request) {
        return exchange.complete(request);
    }

    /**
     * Asks a model and returns when it begins to answer. The caller closes the stream.
     *
     * @param model {@code provider/model}
     * @throws ThalwegException when it does not begin
     * @throws IllegalArgumentException when the base URL in the environment is no URL
     */
    public ChatStream stream(String model, String prompt) {
        return stream(ChatRequest.of(model, prompt));
    }

    /**
     * Asks a model and returns when it begins to answer. The caller closes the stream.
     *
     * @throws ThalwegException when it does not begin
     * @throws IllegalArgumentException when the base URL in the environment is no URL
     */
    public ChatStream stream(ChatRequest request) {
        return new ChatStream(exchange.stream(request), Forgotten.caller());
    }

    /**
     * Asks a model that may have tools called, and asks again with their results until it wants none. Returns when the first
     * answer begins. The caller closes the run, or reads it to its end: {@code run(request, tools, 8).response()}.
     *
     * @param tools what is offered beside the request's own tools
     * @param maxRounds the most answers it may take, 1 at least
     * @throws ThalwegException when the first answer does not begin
     * @throws IllegalArgumentException for less than one round, or when the base URL in the environment is no URL
     */
    public ToolRun run(ChatRequest request, Tools tools, int maxRounds) {
        return ToolRun.start(this::stream, request, tools, maxRounds);
    }

    /**
     * Asks a model and gives its whole answer when it is there, as {@link #completeAsync(ChatRequest)} does.
     *
     * @param model {@code provider/model}
     */
    public CompletableFuture<ChatResponse> completeAsync(String model, String prompt) {
        return completeAsync(ChatRequest.of(model, prompt));
    }

    /**
     * Asks a model and gives its whole answer when it is there. The call runs as {@link #complete} on a virtual thread of
     * its own, to its end even if nobody holds the future. Its failures are those of {@code complete}, {@link
     * ThalwegException}s first of all: they are the cause of what {@code get()} and {@code join()} throw.
     *
     * <p>Completing the future in another way ({@code cancel}, {@code orTimeout}, {@code complete} …) aborts the call:
     * its connection is closed at once and nothing is tried again. So does cancelling or completing a stage made of it by
     * {@code thenApply}, {@code thenCompose} and the like, as with the futures of {@link HttpClient}; the future and all
     * its other stages are then cancelled, too. A call begun inside {@code thenCompose} has its own future and is not
     * aborted with the first. Stages of {@code CompletableFuture.allOf} and {@code anyOf} abort nothing.
     *
     * <p>Stages run on the call's virtual thread, and the {@code …Async} ones on new virtual threads, so they may block;
     * a stage that is added when the answer is there, or ended by a cancel, runs on the thread that does so.
     */
    public CompletableFuture<ChatResponse> completeAsync(ChatRequest request) {
        return CallFuture.of(() -> complete(request), exchange.options().listeners()::carry);
    }

    /**
     * Publishes a model's answer as it is written, as {@link #publish(ChatRequest)} does.
     *
     * @param model {@code provider/model}
     */
    public Flow.Publisher<ChatChunk> publish(String model, String prompt) {
        return publish(ChatRequest.of(model, prompt));
    }

    /**
     * Publishes a model's answer as it is written. The publisher is cold: every subscription is a call of its own, made as
     * {@link #stream} on a virtual thread, on which the subscriber is told everything and may block. It may be shared and
     * subscribed to from any thread.
     *
     * <p>Demand is honoured: at most one chunk is read ahead of it, and a subscriber that requests nothing slows the
     * provider down. Cancelling closes the connection at once. An answer ends with {@code onComplete} or with {@code
     * onError} and the failure that {@code stream} or its loop would throw; a request of less than 1 chunk closes the
     * connection and ends with {@link IllegalArgumentException}. A subscriber that throws is cancelled, and the log says
     * so.
     *
     * <p>Reactor takes it by {@code JdkFlowAdapter.flowPublisherToFlux(…)}, Mutiny by {@code
     * Multi.createFrom().publisher(…)}, RxJava by {@code Flowable.fromPublisher(FlowAdapters.toPublisher(…))}. Do not put
     * their {@code retry()} on top: it asks anew after text was delivered, which is then delivered twice. What may be
     * tried again without that has been, before the first chunk.
     */
    public Flow.Publisher<ChatChunk> publish(ChatRequest request) {
        return new ChunkPublisher(() -> stream(request), exchange.options().listeners()::carry);
    }

    /**
     * Closes all connections and ends what is still running with an {@link dev.thalweg.error.ApiConnectionException}.
     * Returns at once. A program need not call it: what nobody refers to is cleaned up by itself, and nothing keeps the
     * JVM from exiting.
     */
    @Override
    public void close() {
        exchange.close();
    }

    /** Collects settings. Not thread-safe. */
    public static final class Builder {
        private final Map<String, String> keys = new HashMap<>();
        private final Map<String, String> baseUrls = new HashMap<>();
        private final Map<String, Map<String, String>> options = new HashMap<>();
        private Map<String, String> environment = System.getenv();
        private @Nullable String gatewayUrl;
        private String gatewayKey = "";
        private Timeouts timeouts = Timeouts.defaults();
        private int retries = 2;
        private int maxConnections;
        private boolean strict;
        private int restarts;
        private Routing routing = Routing.NONE;
        private @Nullable Path config;
        private Supplier<? extends RandomGenerator> random = ThreadLocalRandom::current;
        private Listeners listeners = Listeners.NONE;
        private Verbosity verbosity = Verbosity.OFF;
        private LoopLimits loopLimits = LoopLimits.defaults();
        private int maxEventBytes = 8 * 1024 * 1024;

        private Builder() {}

        /**
         * Sets the key for a provider, which then need not be in the environment. It is not used where every model is
         * asked through a gateway: {@code THALWEG_BASE_URL} in the environment overrides it, as {@link #gateway} does.
         *
         * @throws IllegalArgumentException for a provider that is not known
         */
        public Builder apiKey(String provider, String key) {
            Objects.requireNonNull(key, () -> "apiKey(\"" + provider + "\", null): is its variable set?");
            keys.put(known(provider).name(), key);
            return this;
        }

        /**
         * Sets where a provider is: a proxy, a server of one's own. The provider's usual path ({@code /v1}) is added only
         * where the URL has none. {@code THALWEG_BASE_URL} in the environment overrides it; only {@link #gateway} is
         * stronger than that.
         *
         * @throws IllegalArgumentException for a provider that is not known or what is no URL
         */
        public Builder baseUrl(String provider, String url) {
            URI unused = BaseUrl.of(known(provider), url, "baseUrl(\"" + provider + "\", …)");
            baseUrls.put(known(provider).name(), url);
            return this;
        }

        /**
         * Sets a parameter of the account at a provider, by its name in a configuration file: {@code option("bedrock",
         * "aws_region_name", "eu-central-1")}, {@code option("vertex_ai", "vertex_project", "my-project")}. Default: what the
         * environment variables say that the provider names.
         *
         * @throws IllegalArgumentException for a provider that is not known
         */
        public Builder option(String provider, String key, String value) {
            Objects.requireNonNull(
                    value, () -> "option(\"" + provider + "\", \"" + key + "\", null): is its variable set?");
            options.computeIfAbsent(known(provider).name(), name -> new HashMap<>())
                    .put(key, value);
            return this;
        }

        /**
         * Asks every model through the gateway at this base URL, with or without {@code /v1}; an empty key is not sent.
         *
         * @throws IllegalArgumentException for what is no URL
         */
        public Builder gateway(String baseUrl, String apiKey) {
            URI unused = BaseUrl.of(BaseUrl.ANY, baseUrl, "gateway(…)");
            Objects.requireNonNull(apiKey, "gateway(…, null): an empty key is none");
            gatewayUrl = baseUrl;
            gatewayKey = apiKey;
            return this;
        }

        /** Takes these variables instead of the process's environment. */
        public Builder environment(Map<String, String> variables) {
            environment = Map.copyOf(variables);
            return this;
        }

        private void readConfig() {
            if (config == null) {
                return;
            }
            ConfigFile file;
            try {
                file = ConfigFile.read(config, environment);
            } catch (NoClassDefFoundError e) {
                throw new IllegalStateException(
                        "config(…) needs the artifact dev.thalweg:thalweg-config on the class path: add it.", e);
            }
            routing = file.routing();
            timeouts = file.timeouts();
            loopLimits = file.settings().loopLimits();
            maxEventBytes = file.settings().maxEventBytes();
        }

        /** Sets how long to wait for what. */
        public Builder timeouts(Timeouts value) {
            timeouts = value;
            return this;
        }

        /**
         * Sets how many calls may have a connection at a time; a stream has one until its end. Others wait for their turn, for
         * {@link Timeouts#pool} at most. Default 0: any number.
         *
         * @throws IllegalArgumentException for a negative number
         */
        public Builder maxConnections(int value) {
            if (value < 0) {
                throw new IllegalArgumentException("maxConnections(" + value + ") cannot be: 0 is any number.");
            }
            maxConnections = value;
            return this;
        }

        /**
         * Sets whether a call fails with {@link dev.thalweg.error.UnsupportedParamsException} where something it asks for cannot
         * be said to its provider. Default false: it is left out, and {@link ChatResponse#warnings()} tells so.
         */
        public Builder strict(boolean value) {
            strict = value;
            return this;
        }

        /** Sets how often a failed call is tried again, in each group it goes to. Default 2. */
        public Builder retries(int value) {
            retries = value;
            return this;
        }

        /**
         * Sets groups of deployments and how calls find one that serves them. Calls may then say more in {@code extra}, as to
         * the gateway: {@code tags}, {@code fallbacks}, {@code disable_fallbacks}, {@code num_retries} and {@code
         * allowed_model_region}, of which providers get nothing. Default: no groups, every model is that of its provider.
         */
        public Builder routing(Routing value) {
            routing = value;
            return this;
        }

        /**
         * Takes models, accounts, routing, fallbacks, limits, prices and clocks from a gateway's configuration file, LiteLLM's
         * {@code config.yaml} too: calls then go the same ways in this program as through the gateway. A model that is not in
         * it is asked as without one. It is read when the client is built, with the {@linkplain #environment environment}; what
         * this builder says of timeouts, loops and events beside it does not count, nor does {@link #routing}. Needs the
         * artifact {@code dev.thalweg:thalweg-config}. {@link #build} throws {@link IllegalArgumentException} with all that is
         * wrong in the file.
         */
        public Builder config(Path file) {
            config = Objects.requireNonNull(file, "config(null)");
            return this;
        }

        /** Takes chance from here. */
        Builder random(Supplier<? extends RandomGenerator> value) {
            random = value;
            return this;
        }

        /**
         * Sets how often a stream that breaks after it has begun is asked for again: the same request from its start, never
         * with what came so far. The reader gets a chunk with {@link dev.thalweg.model.StreamEvent.Restarted} and drops what
         * it has; {@link ChatStream#snapshot()} does so by itself. It waits between two as between retries. Where no other
         * attempt begins, the stream ends with the error it broke with. Not for {@link ChatStream#text()}. Default 0.
         *
         * @throws IllegalArgumentException for a negative number
         */
        public Builder restarts(int value) {
            if (value < 0) {
                throw new IllegalArgumentException("restarts(" + value + ") cannot be: 0 is none.");
            }
            restarts = value;
            return this;
        }

        /** Adds somebody who is told of all calls; may be called for several, who are told in this order. Default nobody. */
        public Builder listener(CallListener value) {
            listeners = listeners.plus(value);
            return this;
        }

        /**
         * Sets what the system logger {@code dev.thalweg} is told of every call at level INFO, for finding out what goes
         * wrong. Default {@link Verbosity#OFF}; then the lines of {@link Verbosity#CALLS} come at level DEBUG, where the
         * logger has it switched on when {@link #build} is called.
         */
        public Builder verbose(Verbosity value) {
            verbosity = value;
            return this;
        }

        private Listeners listeners() {
            return VerboseLog.of(verbosity).map(listeners::plus).orElse(listeners);
        }

        /**
         * Sets after how many equal pieces of text in a row a stream is ended with an {@link
         * dev.thalweg.error.InternalServerException}: the model is in a loop. The limits for reasoning, cycles, short pieces
         * and tool arguments follow, see {@link LoopLimits#of}. 0 never ends a stream. Default 100.
         */
        public Builder repeatedChunkLimit(int value) {
            loopLimits = LoopLimits.of(value);
            return this;
        }

        /** Sets all limits of the guard against loops, which {@link #repeatedChunkLimit} sets together. */
        public Builder loopLimits(LoopLimits value) {
            loopLimits = value;
            return this;
        }

        /** Sets how large one event of a stream may be, in bytes. Default 8 MiB. */
        public Builder maxEventBytes(int value) {
            if (value < 1) {
                throw new IllegalArgumentException("maxEventBytes(" + value + ") lets no event through.");
            }
            maxEventBytes = value;
            return this;
        }

        /**
         * A client with these settings.
         *
         * @throws IllegalArgumentException when the routing names a model or a group that cannot be
         */
        public Thalweg build() {
            return new Thalweg(this);
        }

        private static Provider known(String name) {
            return Providers.find(name)
                    .orElseThrow(() -> new IllegalArgumentException("There is no provider \"" + name + "\": "
                            + Targets.advice(name)
                            + " Any other OpenAI-compatible server is openai_like."));
        }
    }
}
