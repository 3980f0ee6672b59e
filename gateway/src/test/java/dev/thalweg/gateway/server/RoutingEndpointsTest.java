package dev.thalweg.gateway.server;

import static dev.thalweg.gateway.server.Answers.HELLO;
import static dev.thalweg.gateway.server.Answers.HELLO_STREAM;
import static dev.thalweg.gateway.server.Answers.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.gateway.TestGateway;
import dev.thalweg.gateway.server.Answers.Answer;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.RawClient;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptedUpstream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Where a request would go and how deployments do: told as it is, to whom it concerns, and nothing changes by asking. */
class RoutingEndpointsTest {
    private static final Script ASKS_FOR_PATIENCE = Script.status(429)
            .header("Content-Type", "application/json")
            .header("Retry-After", "60")
            .text(OpenAiScripts.errorBody("requests", "rate_limit_exceeded", "Slow down."))
            .build();

    private ScriptedUpstream upstream;
    private TestGateway gateway;

    @BeforeEach
    void start() {
        upstream = ScriptedUpstream.start()
                .answer(request -> request.bodyText().contains("\"stream\":true")
                        ? OpenAiScripts.stream("hello")
                        : OpenAiScripts.completion("hello"));
        gateway = TestGateway.of("""
                model_list:
                  - model_name: gpt
                    params: {model: openai/gpt-4o-mini, api_base: "%1$s", api_key: sk-upstream, weight: 3, rpm: 600,
                      max_parallel_requests: 9}
                    model_info: {id: heavy}
                  - model_name: gpt
                    params: {model: openai/gpt-4o, api_base: "%1$s", api_key: sk-upstream, weight: 1}
                    model_info: {id: light}
                  - model_name: one
                    params: {model: openai/gpt-4o-mini, api_base: "%1$s", api_key: sk-upstream, region_name: eu}
                    model_info: {id: single}
                  - model_name: spare
                    params: {model: openai/gpt-3.5, api_base: "%1$s", api_key: sk-upstream}
                    model_info: {id: spare-1}
                  - model_name: "any/*"
                    params: {model: "openai/*", api_base: "%1$s", api_key: sk-upstream}
                    model_info: {id: any-1}
                router_settings:
                  num_retries: 1
                  fallbacks: [{one: [spare]}]
                  model_group_alias: {quick: gpt}
                """.formatted(upstream.url()));
    }

    @AfterEach
    void stop() {
        gateway.close();
        upstream.close();
    }

    private JsonNode route(String query) {
        Answer answer = get(gateway, "/v1/route?" + query, Map.of());
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.header("cache-control")).isEqualTo("no-store");
        assertThat(answer.body()).doesNotContain("sk-upstream", "127.0.0.1");
        return answer.json();
    }

    private JsonNode deployment(String model, String id) {
        Answer answer = get(gateway, "/health/deployments", Map.of());
        assertThat(answer.body()).doesNotContain("sk-upstream", "127.0.0.1");
        return answer.json()
                .path("data")
                .valueStream()
                .filter(group -> group.path("model").asString().equals(model))
                .flatMap(group -> group.path("deployments").valueStream())
                .filter(one -> one.path("id").asString().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void itIsSaidWhoWouldServeAndHowLikely() {
        JsonNode route = route("model=gpt&stream=true");
        assertThat(route.at("/first/action").asString()).isEqualTo("ask");
        assertThat(route.at("/first/deployment").asString()).isEqualTo("heavy");
        assertThat(route.at("/first/upstream_model").asString()).isEqualTo("gpt-4o-mini");
        assertThat(route.at("/first/why").asString()).isEqualTo("simple-shuffle");
        assertThat(route.path("deployments")
                        .valueStream()
                        .map(one -> one.path("chance").asDouble()))
                .containsExactly(0.75, 0.25);
        assertThat(route.path("deployments")
                        .valueStream()
                        .map(one -> one.path("state").asString()))
                .containsOnly("open");
        assertThat(route.at("/deployments/0/requests_per_minute").asInt()).isEqualTo(600);
        assertThat(route.at("/deployments/0/max_in_flight").asInt()).isEqualTo(9);
        assertThat(route.path("retry_budget_left").asBoolean()).isTrue();
        assertThat(route.at("/after_failure/rate_limit/deployment").asString()).isEqualTo("light");
        assertThat(route.at("/after_failure/bad_request/action").asString()).isEqualTo("refuse");
    }

    @Test
    void otherNamesAndPatternsAreFollowed() {
        JsonNode alias = route("model=quick");
        assertThat(alias.path("alias_of").asString()).isEqualTo("gpt");
        assertThat(alias.path("group").asString()).isEqualTo("gpt");
        JsonNode pattern = route("model=any%2Fo3");
        assertThat(pattern.path("group").asString()).isEqualTo("any/*");
        assertThat(pattern.at("/first/upstream_model").asString()).isEqualTo("o3");
    }

    @Test
    void whatARequestAsksForDecides() {
        JsonNode elsewhere = route("model=one&region=us");
        assertThat(elsewhere.at("/deployments/0/obstacle").asString()).isEqualTo("region");
        assertThat(elsewhere.at("/first/action").asString()).isEqualTo("refuse");
        assertThat(route("model=one&region=eu").at("/first/deployment").asString())
                .isEqualTo("single");
    }

    @Test
    void afterAFailureItIsSaidWhoIsLeftAloneWhyAndWhoStandsIn() {
        upstream.enqueue(ASKS_FOR_PATIENCE);
        assertThat(Answers.chat(gateway, HELLO.replace("gpt", "one")).status()).isEqualTo(200);

        JsonNode route = route("model=one");
        assertThat(route.at("/first/group").asString()).isEqualTo("spare");
        assertThat(route.at("/first/deployment").asString()).isEqualTo("spare-1");
        assertThat(route.at("/deployments/0/state").asString()).isEqualTo("cooling");
        assertThat(route.at("/deployments/0/cause").asString()).isEqualTo("rate_limit");
        assertThat(route.at("/deployments/0/cooling_seconds").asDouble()).isBetween(1.0, 60.0);
        assertThat(route.at("/fallbacks/0/group").asString()).isEqualTo("spare");
        assertThat(route.at("/fallbacks/0/deployments/0/chance").asDouble()).isEqualTo(1);

        JsonNode cooling = deployment("one", "single");
        assertThat(cooling.path("state").asString()).isEqualTo("cooling");
        assertThat(cooling.path("failed").asInt()).isEqualTo(1);
        assertThat(cooling.path("succeeded").asInt()).isZero();
        JsonNode stoodIn = deployment("spare", "spare-1");
        assertThat(stoodIn.path("succeeded").asInt()).isEqualTo(1);
        assertThat(stoodIn.path("requests_this_minute").asInt()).isEqualTo(1);
        assertThat(stoodIn.path("tokens_this_minute").asInt()).isEqualTo(15);
        assertThat(stoodIn.path("whole_answer_seconds").asDouble()).isPositive();
    }

    private static void hasMetrics(TestGateway gateway, String... lines) {
        assertThat(get(gateway, "/metrics", Map.of()).body().lines()).contains(lines);
    }

    @Test
    void afterAFailureTheMetricsSayTheSame() {
        upstream.enqueue(ASKS_FOR_PATIENCE);
        Answers.chat(gateway, HELLO.replace("gpt", "one"));
        String single = "deployment=\"single\",model=\"one\"";
        hasMetrics(
                gateway,
                "thalweg_deployment_state{" + single + ",state=\"cooling\"} 1.0",
                "thalweg_deployment_state{" + single + ",state=\"open\"} 0.0",
                "thalweg_deployment_cooldowns_total{cause=\"rate_limit\"," + single + "} 1.0",
                "thalweg_deployment_attempts_total{" + single + ",outcome=\"upstream_error\"} 1.0",
                "thalweg_deployment_attempts_total{deployment=\"spare-1\",model=\"spare\",outcome=\"complete\"} 1.0",
                "thalweg_fallbacks_total{model=\"one\",to=\"spare\"} 1.0",
                "thalweg_queue_length{model=\"one\"} 0.0");
    }

    @Test
    void aSecondDeploymentBesideASlowOneIsCounted() {
        try (ScriptedUpstream slow = ScriptedUpstream.start()
                        .always(Script.sse().head().hang().build());
                TestGateway hedging = TestGateway.of("""
                        model_list:
                          - model_name: gpt
                            params: {model: openai/gpt-4o, api_base: "%s", api_key: sk-upstream}
                            model_info: {id: slow}
                          - model_name: gpt
                            params: {model: openai/gpt-4o, api_base: "%s", api_key: sk-upstream}
                            model_info: {id: fast}
                        router_settings: {routing_strategy: priority-order}
                        thalweg_settings: {hedging: on, hedging_delay: 20ms}
                        """.formatted(slow.url(), upstream.url()))) {
            assertThat(Answers.chat(hedging, HELLO_STREAM).status()).isEqualTo(200);
            hasMetrics(
                    hedging,
                    "thalweg_deployment_hedges_total{deployment=\"fast\",model=\"gpt\"} 1.0",
                    "thalweg_deployment_hedges_total{deployment=\"slow\",model=\"gpt\"} 0.0",
                    "thalweg_deployment_attempts_total{deployment=\"slow\",model=\"gpt\",outcome=\"hedged_out\"} 1.0",
                    "thalweg_deployment_attempts_total{deployment=\"fast\",model=\"gpt\",outcome=\"complete\"} 1.0");
        }
    }

    @Test
    void whatIsUnderWayIsSeen() {
        CountDownLatch more = new CountDownLatch(1);
        upstream.enqueue(Script.sse()
                .event(OpenAiScripts.roleChunk())
                .event(OpenAiScripts.contentChunk("Hel"))
                .flush()
                .awaitSignal(more)
                .event(OpenAiScripts.finishChunk("stop"))
                .event("[DONE]")
                .build());
        try (RawClient client = gateway.post(HELLO_STREAM.replace("gpt", "one"))) {
            assertThat(client.readHead().status()).isEqualTo(200);
            JsonNode busy = deployment("one", "single");
            assertThat(busy.path("in_flight").asInt()).isEqualTo(1);
            assertThat(busy.path("first_token_seconds").asDouble()).isPositive();
            assertThat(route("model=one").at("/deployments/0/in_flight").asInt())
                    .isEqualTo(1);
            more.countDown();
            assertThat(client.readBody().clean()).isTrue();
        }
        assertThat(deployment("one", "single").path("in_flight").asInt()).isZero();
    }

    @Test
    void askingAThousandTimesChangesNothing() {
        Answers.chat(gateway, HELLO);
        upstream.enqueue(ASKS_FOR_PATIENCE);
        Answers.chat(gateway, HELLO.replace("gpt", "one"));
        int asked = upstream.requests().size();
        List<String> before = counted();
        try (RawClient client = gateway.connect()) {
            client.timeout(Duration.ofSeconds(30));
            for (int i = 0; i < 1_000; i++) {
                String model = List.of("gpt", "one", "quick", "any/x").get(i % 4);
                client.get("/v1/route?model=" + model + "&stream=" + (i % 8 < 4), Map.of());
                assertThat(Answers.read(client).status()).isEqualTo(200);
            }
        }
        assertThat(counted()).isEqualTo(before);
        assertThat(upstream.requests()).hasSize(asked);
        assertThat(Answers.metric(gateway, "thalweg_requests_in_flight")).isZero();
        gateway.close();
        assertThat(gateway.log().lines()).hasSize(2);
    }

    /** All that is known of deployments and not a matter of the time, from both places. */
    private List<String> counted() {
        String json = get(gateway, "/health/deployments", Map.of()).body();
        return Stream.concat(
                        Stream.of(json.replaceAll("\"cooling_seconds\":[0-9.]+", "")),
                        get(gateway, "/metrics", Map.of())
                                .body()
                                .lines()
                                .filter(line -> line.startsWith("thalweg_deployment_")
                                        || line.startsWith("thalweg_fallbacks")
                                        || line.startsWith("thalweg_requests"))
                                .filter(line -> !line.startsWith("thalweg_deployment_cooling_seconds")))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "'', model",
        "model=, model",
        "model=gpt&stream=maybe, stream",
        "model=gpt&model=one, model",
        "model=gpt&modle=one, model",
        "model=%zz, model",
    })
    void aQueryWithAMistakeIsToldWhichParameter(String query, String parameter) {
        get(gateway, "/v1/route?" + query, Map.of())
                .isError(400, "invalid_parameter_value")
                .names(parameter);
    }

    @Test
    void anUnknownModelIsToldApartAndOnlyGetIsTaken() {
        get(gateway, "/v1/route?model=canary", Map.of()).isError(404, "model_not_found");
        assertThat(Answers.ask(gateway, Answers.post("/v1/route?model=gpt", Map.of(), new byte[0]))
                        .status())
                .isEqualTo(405);
    }

    @Test
    void whoMayNotUseAModelLearnsNothingOfIt() {
        try (TestGateway keyed = TestGateway.of("""
                model_list:
                  - model_name: gpt
                    params: &upstream {model: openai/gpt-4o-mini, api_base: "%s", api_key: sk-upstream}
                  - model_name: secret
                    params: *upstream
                router_settings:
                  fallbacks: [{gpt: [secret]}]
                  model_group_alias: {quick: gpt, hush: {model: gpt, hidden: true}}
                general_settings: {master_key: sk-canary-master}
                keys: [{name: team, key: sk-canary-team, models: [gpt]}]
                """.formatted(upstream.url()))) {
            Map<String, String> team = Map.of("x-api-key", "sk-canary-team");
            Map<String, String> master = Map.of("x-api-key", "sk-canary-master");
            String gpt = "/v1/route?model=gpt";
            String secret = "/v1/route?model=secret";
            get(keyed, gpt, Map.of()).isError(401, "missing_api_key");
            get(keyed, gpt, Map.of("x-api-key", "sk-wrong")).isError(401, "invalid_api_key");
            get(keyed, secret, team).isError(403, "model_not_allowed").names("model");
            get(keyed, "/v1/route?model=quick", team).isError(403, "model_not_allowed");
            Answer told = get(keyed, gpt, team);
            assertThat(told.status()).isEqualTo(200);
            assertThat(told.body()).doesNotContain("secret", "canary");
            assertThat(get(keyed, gpt, master).json().at("/fallbacks/0/group").asString())
                    .isEqualTo("secret");
            assertThat(get(keyed, secret, master).status()).isEqualTo(200);

            get(keyed, "/health/deployments", Map.of()).isError(401, "missing_api_key");
            get(keyed, "/health/deployments", team).isError(403, "master_key_required");
            assertThat(get(keyed, "/health/deployments", master).json().path("data"))
                    .hasSize(2);
            assertThat(get(keyed, "/v1/models", team).body()).contains("gpt").doesNotContain("quick", "hush", "secret");
            assertThat(get(keyed, "/v1/models", master).body())
                    .contains("\"quick\"", "\"secret\"")
                    .doesNotContain("hush");
        }
    }
}
