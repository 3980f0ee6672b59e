package dev.thalweg.clients;

import dev.thalweg.config.ConfigLoader;
import dev.thalweg.config.GatewayConfig;
import dev.thalweg.gateway.server.GatewayServer;
import dev.thalweg.testkit.RecordedRequest;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptedUpstream;
import dev.thalweg.testkit.Step;
import dev.thalweg.testkit.conformance.Reply;
import dev.thalweg.testkit.conformance.Scenario;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A client, a gateway, and behind it a scripted provider that serves the model {@code gpt}. */
final class Scene implements AutoCloseable {
    static final Duration SOON = Duration.ofSeconds(15);

    private final Client client;
    private final Driver driver;
    private final ScriptedUpstream upstream;
    private final Provider provider;
    private final Queue<Function<RecordedRequest, Script>> replies = new ConcurrentLinkedQueue<>();
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final GatewayServer gateway;

    private Scene(Client client, Provider provider, String keys, String settings) {
        this.client = client;
        this.provider = provider;
        // First, since it skips the test where the client cannot run.
        this.driver = client.driver();
        this.upstream =
                ScriptedUpstream.start().answer(request -> replies.remove().apply(request));
        String yaml = """
                model_list:
                  - model_name: gpt
                    params: {model: %s, api_base: "%s", api_key: sk-upstream}
                %s
                thalweg_settings: {%s}
                """.formatted(provider.model(), upstream.url(), keys, settings);
        GatewayConfig config = ConfigLoader.parse("config.yaml", yaml, Map.of()).orThrow();
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try {
            Path records = Files.createDirectories(Path.of("target", "records"));
            Path data = Files.createTempDirectory(records, "");
            this.gateway = GatewayServer.start(config, anyPort, Map.of(), data, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A gateway without retries of its own. */
    static Scene of(Client client) {
        return with(client, "num_retries: 0");
    }

    /** A gateway without retries of its own, before a provider of this protocol. */
    static Scene before(Provider provider, Client client) {
        return new Scene(client, provider, "", "num_retries: 0");
    }

    /** A gateway with these {@code thalweg_settings}, before a provider of this protocol. */
    static Scene before(Provider provider, Client client, String settings) {
        return new Scene(client, provider, "", settings);
    }

    /** A gateway with these {@code thalweg_settings}. */
    static Scene with(Client client, String settings) {
        return new Scene(client, client.provider(), "", settings);
    }

    /** A gateway that asks for this key. */
    static Scene locked(Client client, String masterKey) {
        return new Scene(
                client, client.provider(), "general_settings: {master_key: %s}".formatted(masterKey), "num_retries: 0");
    }

    /** The provider gives this answer next. */
    Scene answer(Script script) {
        upstream.enqueue(script);
        return this;
    }

    /** The provider gives the answer of this {@linkplain Scenario scenario} next, in its protocol and as asked for. */
    Scene reply(String scenario) {
        Reply reply = replyOf(scenario);
        replies.add(request -> provider.upstream().answer(reply, request));
        return this;
    }

    /** The same with a wait after the first piece of the body. */
    Scene replyWithPause(String scenario, Duration pause) {
        Reply reply = replyOf(scenario);
        replies.add(request -> {
            Script script = provider.upstream().answer(reply, request);
            List<Step> steps = new ArrayList<>(script.steps());
            int first = steps.indexOf(steps.stream()
                    .filter(Step.Body.class::isInstance)
                    .findFirst()
                    .orElseThrow());
            steps.add(first + 1, new Step.Sleep(pause));
            return new Script(script.statusLine(), script.headerLines(), script.framing(), steps);
        });
        return this;
    }

    private static Reply replyOf(String scenario) {
        return Scenario.all().stream()
                .filter(one -> one.name().equals(scenario))
                .findFirst()
                .orElseThrow()
                .reply();
    }

    ScriptedUpstream upstream() {
        return upstream;
    }

    /** The body of the one request that reached the provider. */
    JsonNode sent() {
        RecordedRequest request = upstream.takeRequest(SOON);
        return JsonMapper.shared().readTree(request.body());
    }

    /** What was logged so far, a line a request. */
    String log() {
        return log.toString(StandardCharsets.UTF_8);
    }

    Outcome complete(String... members) {
        return run(call("complete", members));
    }

    Outcome stream(String... members) {
        return run(call("stream", members));
    }

    Outcome assemble(String... members) {
        return run(call("assemble", members));
    }

    /** Asks a {@linkplain Client#plain plain} client for a whole answer, with these members of the question in addition or instead. */
    Told ask(String... members) {
        return told(call("complete", members));
    }

    /** The same as a stream. */
    Told askStreamed(String... members) {
        return told(call("stream", members));
    }

    Told told(Call call) {
        return new Told(client, driver.call(call));
    }

    /** A call with the usual request and these members in addition or instead, to be changed and {@linkplain #run run}. */
    Call call(String operation, String... members) {
        ObjectNode request = object(usual(operation));
        request.setAll(object("{" + String.join(",", members) + "}"));
        String url = "http://127.0.0.1:" + gateway.address().getPort() + client.path();
        return Call.of(operation, url, request);
    }

    private String usual(String operation) {
        if (client.plain()) {
            return "{\"model\":\"gpt\",\"text\":\"Hello\"}";
        }
        if (operation.startsWith("respond")) {
            return "{\"model\":\"gpt\",\"input\":\"Hello\"}";
        }
        String limit = client.anthropic() && !operation.equals("count") ? "\"max_tokens\":4000," : "";
        return "{\"model\":\"gpt\"," + limit + "\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";
    }

    private static ObjectNode object(String json) {
        return (ObjectNode) JsonMapper.shared().readTree(json);
    }

    Outcome run(Call call) {
        return new Outcome(client, driver.call(call));
    }

    @Override
    public void close() {
        try {
            gateway.close();
        } finally {
            upstream.close();
        }
    }
}
