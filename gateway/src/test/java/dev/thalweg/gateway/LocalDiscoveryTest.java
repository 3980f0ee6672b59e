package dev.thalweg.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.config.Deployment;
import dev.thalweg.config.GatewayConfig;
import dev.thalweg.config.LocalDeployments;
import dev.thalweg.config.LocalServer;
import dev.thalweg.gateway.LocalDiscovery.Place;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.RawClient;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptedUpstream;
import dev.thalweg.testkit.UnansweredPort;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers of models on this machine: who is found, as what, and that nobody waits for those who are not there. */
@Timeout(60)
class LocalDiscoveryTest {
    private final List<ScriptedUpstream> servers = new ArrayList<>();

    @TempDir
    private Path directory;

    @AfterEach
    void stop() {
        servers.forEach(ScriptedUpstream::close);
    }

    private ScriptedUpstream server(Script list) {
        ScriptedUpstream server = ScriptedUpstream.start().always(list);
        servers.add(server);
        return server;
    }

    private static Script list(String owner, String... names) {
        return Script.json(
                200,
                Stream.of(names)
                        .map(name -> "{\"id\":\"" + name + "\",\"object\":\"model\",\"owned_by\":\"" + owner + "\"}")
                        .collect(Collectors.joining(",", "{\"object\":\"list\",\"data\":[", "]}")));
    }

    private static List<LocalServer> find(Place... places) throws InterruptedException {
        return new LocalDiscovery(List.of(places)).find();
    }

    @Test
    void everyServerIsAskedForItsListWithoutAKey() throws Exception {
        ScriptedUpstream ollama = server(list("library", "llama3.2:3b", "qwen3"));
        ScriptedUpstream studio = server(list("organization_owner", "gemma-3"));
        List<LocalServer> found =
                find(Place.of("ollama", ollama.url(), null), Place.of("lm_studio", studio.url() + "/v1", null));

        assertThat(found)
                .extracting(LocalServer::text)
                .containsExactly(
                        "Found ollama at " + ollama.url() + ": 2 models (llama3.2:3b, qwen3)",
                        "Found lm_studio at " + studio.url() + "/v1: 1 model (gemma-3)");
        for (ScriptedUpstream server : servers) {
            assertThat(server.requests()).singleElement().satisfies(request -> {
                assertThat(request.target()).isEqualTo("/v1/models");
                assertThat(request.header("authorization")).isEmpty();
            });
        }
    }

    @Test
    void ofSeveralAtOnePlaceItIsTheOneWhoseMarkFitsAndItIsAskedOnce() throws Exception {
        ScriptedUpstream one = server(list("llamacpp", "a"));
        ScriptedUpstream other = server(list("somebody", "b"));
        List<LocalServer> found = find(
                Place.of("llamacpp", one.url() + "/v1", "llamacpp"),
                Place.of("localai", one.url() + "/v1", null),
                Place.of("llamacpp", other.url() + "/v1", "llamacpp"),
                Place.of("localai", other.url() + "/v1", null));

        assertThat(found).extracting(server -> server.provider().name()).containsExactly("llamacpp", "localai");
        assertThat(one.requests()).hasSize(1);
    }

    @Test
    void anotherGatewayIsNotVllm() throws Exception {
        ScriptedUpstream gateway = server(list("openai", "gpt-4o"));

        assertThat(find(Place.of("hosted_vllm", gateway.url() + "/v1", "vllm"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<html>hello</html>", "{\"status\":\"ok\"}", "[]", "\"data\"", "", "{\"data\":{}}", "{\"data\":"
            })
    void whatAnswersOtherwiseIsNoServerOfModels(String body) throws Exception {
        ScriptedUpstream other = server(Script.json(200, body));

        assertThat(find(Place.of("jan", other.url() + "/v1", null))).isEmpty();
    }

    @Test
    void whoRefusesOrIsNotThereIsNotFoundAndTheOthersAre() throws Exception {
        ScriptedUpstream closed = server(Script.json(401, "{}"));
        ScriptedUpstream there = server(list("x", "m"));
        try (UnansweredPort silent = UnansweredPort.start()) {
            assertThat(find(
                            Place.of("jan", closed.url() + "/v1", null),
                            Place.of("sglang", "http://127.0.0.1:" + silent.port() + "/v1", null),
                            Place.of("localai", "not a url", null),
                            Place.of("lm_studio", there.url() + "/v1", null)))
                    .extracting(server -> server.provider().name())
                    .containsExactly("lm_studio");
        }
    }

    @Test
    void aListThatStopsHalfwayHoldsNobodyUp() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        ScriptedUpstream stalled = server(
                Script.sse().event("{\"data\":[").flush().awaitSignal(never).build());
        long start = System.nanoTime();
        try {
            assertThat(find(Place.of("jan", stalled.url() + "/v1", null))).isEmpty();
        } finally {
            never.countDown();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void namesThatNoModelHasAreLeftOut() throws Exception {
        ScriptedUpstream server = server(list("x", "fine", "", "*", "fine", "new\\nline"));

        assertThat(find(Place.of("jan", server.url() + "/v1", null)).get(0).models())
                .containsExactly("fine");
    }

    @Test
    void ollamasOwnListAndAnEmptyOneAreRead() throws Exception {
        ScriptedUpstream own = server(Script.json(200, "{\"models\":[{\"name\":\"llama3.2\"}]}"));
        ScriptedUpstream empty = server(Script.json(200, "{\"object\":\"list\",\"data\":null}"));

        assertThat(find(Place.of("ollama", own.url(), null), Place.of("ollama", empty.url(), null)))
                .extracting(LocalServer::models)
                .containsExactly(List.of("llama3.2"), List.of());
    }

    @Test
    void theOwnPortIsNotAskedAndAVariableSaysWhereElseAServerIs() throws Exception {
        ScriptedUpstream elsewhere = server(list("x", "m"));
        LocalDiscovery usual = LocalDiscovery.usual(Map.of("OLLAMA_API_BASE", elsewhere.url() + "/"), 8000);

        assertThat(usual.find())
                .filteredOn(server -> server.provider().name().equals("ollama"))
                .extracting(LocalServer::baseUrl)
                .containsExactly(elsewhere.url());
        assertThat(usual.urls())
                .doesNotContain("http://localhost:8000/v1/models")
                .contains("http://localhost:1234/v1/models", "http://localhost:8080/v1/models");
        assertThat(LocalDiscovery.usual(Map.of(), 4000).urls())
                .contains("http://localhost:8000/v1/models", "http://localhost:11434/v1/models");
    }

    @Test
    void whatIsFoundIsServedBesideWhatIsConfiguredWhoseNamesWin() {
        ScriptedUpstream ollama = server(OpenAiScripts.completion("hello"));
        GatewayConfig before = GatewayConfig.empty(Map.of("OLLAMA_API_BASE", "http://configured.example"));
        LocalServer found = new LocalServer(
                dev.thalweg.core.catalog.Providers.find("ollama").orElseThrow(), ollama.url(), List.of("a:1b", "b"));
        GatewayConfig after = new LocalDeployments(List.of(found), Map.of()).addTo(before);

        assertThat(after.deployments())
                .extracting(Deployment::modelName)
                .containsExactly("ollama/*", "thalweg/demo", "ollama/a:1b", "ollama/b");
        assertThat(after.deployments().get(0).apiBase()).hasToString("http://configured.example");
        assertThat(after.deployments()).extracting(Deployment::id).doesNotHaveDuplicates();
        assertThat(new LocalDeployments(List.of(), Map.of()).addTo(before)).isEqualTo(before);
        try (TestGateway gateway = TestGateway.of(after);
                RawClient client = gateway.connect()) {
            client.post(
                    "/v1/chat/completions",
                    Map.of(),
                    "{\"model\":\"ollama/a:1b\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
            assertThat(client.readHead().status()).isEqualTo(200);
            assertThat(ollama.takeRequest(Duration.ofSeconds(5)).bodyText()).contains("\"model\":\"a:1b\"");
        }
    }

    @Test
    void serveTellsWhatItFoundListsItAndKeepsItWhenTheFileChanges() throws Exception {
        ScriptedUpstream ollama = server(list("library", "llama3.2"));
        Path config = Files.writeString(
                directory.resolve("config.yaml"), "model_list: [{model_name: one, params: {model: thalweg/demo}}]");
        ServeProcess gateway = ServeProcess.start(
                Map.of("OLLAMA_API_BASE", ollama.url()),
                0,
                config,
                directory.resolve("data"),
                directory.resolve("out"),
                "--discover");
        try {
            assertThat(gateway.lineWith("Models: ")).contains("one", "ollama/llama3.2", "ollama/*");
            assertThat(gateway.models()).contains("\"ollama/llama3.2\"", "\"one\"");

            Files.writeString(config, "model_list: [{model_name: two, params: {model: thalweg/demo}}]");
            assertThat(gateway.lineWith("Configuration")).contains("models added: two; models removed: one");
            assertThat(gateway.models()).contains("\"ollama/llama3.2\"", "\"two\"");
        } finally {
            gateway.terminate();
        }
        assertThat(gateway.exitCode()).isZero();
    }
}
