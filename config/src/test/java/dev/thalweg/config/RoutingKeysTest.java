package dev.thalweg.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.core.route.FailureClass;
import dev.thalweg.core.route.RetryRules;
import dev.thalweg.core.route.RoutePolicy;
import dev.thalweg.core.route.Strategies;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** LiteLLM's router settings, and ours, as the engine takes them. */
class RoutingKeysTest {
    static final List<String> STRATEGIES = Strategies.names();

    private static final String MODELS = """
            model_list:
            - {model_name: a, params: {model: thalweg/demo}}
            - {model_name: b, params: {model: thalweg/demo}}
            - {model_name: c, params: {model: thalweg/demo}}
            """;

    @ParameterizedTest
    @FieldSource("STRATEGIES")
    void everyStrategyHasItsName(String name) {
        assertThat(routing("routing_strategy: " + name).strategy().name()).isEqualTo(name);
    }

    @Test
    void anUnknownStrategyIsToldTheNames() {
        assertThat(problems("routing_strategy: fastest"))
                .containsExactly("config.yaml:5:37: router_settings.routing_strategy: expected one of simple-shuffle,"
                        + " least-busy, latency-based-routing, cost-based-routing, usage-based-routing,"
                        + " priority-order, session-affinity, found 'fastest'");
    }

    @Test
    void retriesByFailureAndByModel() {
        RoutingSettings routing = routing("""
                num_retries: 4, retry_policy: {BadRequestErrorRetries: 1, AuthenticationErrorRetries: 2,
                TimeoutErrorRetries: 3, RateLimitErrorRetries: 4, ContentPolicyViolationErrorRetries: 5,
                InternalServerErrorRetries: 6}, model_group_retry_policy: {b: {TimeoutErrorRetries: 0}}""");

        assertThat(routing.retries("a"))
                .isEqualTo(new RetryRules(
                        4,
                        Map.of(
                                FailureClass.BAD_REQUEST, 1,
                                FailureClass.AUTHENTICATION, 2,
                                FailureClass.TIMEOUT, 3,
                                FailureClass.RATE_LIMIT, 4,
                                FailureClass.CONTENT_POLICY, 5,
                                FailureClass.INTERNAL_SERVER, 6)));
        assertThat(routing.retries("b")).isEqualTo(new RetryRules(4, Map.of(FailureClass.TIMEOUT, 0)));
    }

    @Test
    void cooldowns() {
        RoutePolicy policy = routing("""
                allowed_fails: 0, cooldown_time: 90, disable_cooldowns: yes,
                allowed_fails_policy: {RateLimitErrorAllowedFails: 7}""").policy();

        assertThat(policy.breaker().allowedFails()).isZero();
        assertThat(policy.breaker().allowedFailsOf()).containsOnly(Map.entry(FailureClass.RATE_LIMIT, 7));
        assertThat(policy.breaker().cooldown()).isEqualTo(Duration.ofSeconds(90));
        assertThat(policy.breaker().longest()).isEqualTo(Duration.ofSeconds(90));
        assertThat(policy.breaker().disabled()).isTrue();
        assertThat(routing("cooldown_time: 500ms").policy().breaker().longest()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void fallbacks() {
        RoutePolicy policy = routing("""
                fallbacks: [{a: [b, c]}, {b: c}, {'*': [c]}], context_window_fallbacks: [{a: [c]}],
                content_policy_fallbacks: [{b: [a]}], default_fallbacks: [a, b], max_fallbacks: 1""").policy();

        assertThat(policy.fallbacks())
                .containsOnly(
                        Map.entry("a", List.of("b", "c")), Map.entry("b", List.of("c")), Map.entry("*", List.of("c")));
        assertThat(policy.contextWindowFallbacks()).containsOnly(Map.entry("a", List.of("c")));
        assertThat(policy.contentPolicyFallbacks()).containsOnly(Map.entry("b", List.of("a")));
        assertThat(policy.defaultFallbacks()).containsExactly("a", "b");
        assertThat(policy.maxFallbacks()).isEqualTo(1);
    }

    @Test
    void aliasesAreReplacedByWhatTheyStandFor() {
        RoutingSettings routing = routing("""
                model_group_alias: {x: a, y: {model: b, hidden: true}}, fallbacks: [{x: [y]}],
                default_fallbacks: [y, b], model_group_retry_policy: {y: {TimeoutErrorRetries: 1}}""");

        assertThat(routing.aliases())
                .containsOnly(Map.entry("x", new ModelAlias("a", false)), Map.entry("y", new ModelAlias("b", true)));
        assertThat(routing.resolved("y")).isEqualTo("b");
        assertThat(routing.resolved("z")).isEqualTo("z");
        assertThat(routing.policy().fallbacks()).containsOnly(Map.entry("a", List.of("b")));
        assertThat(routing.policy().defaultFallbacks()).containsExactly("b");
        assertThat(routing.retries("b").retriesOf()).containsOnly(Map.entry(FailureClass.TIMEOUT, 1));
    }

    @Test
    void tagsAndChecks() {
        RoutingSettings routing = routing("""
                enable_tag_filtering: true, tag_filtering_match_any: false,
                optional_pre_call_checks: [enforce_model_rate_limits, router_budget_limiting]""");

        assertThat(routing.policy().tagFiltering()).isTrue();
        assertThat(routing.policy().anyTag()).isFalse();
        assertThat(routing.policy().enforceLimits()).isTrue();
        assertThat(routing.strategyName()).isEqualTo("simple-shuffle");
    }

    @ParameterizedTest
    @ValueSource(strings = {"session_affinity", "deployment_affinity", "prompt_caching"})
    void affinityIsAStrategy(String check) {
        assertThat(routing("optional_pre_call_checks: [" + check + "]").strategyName())
                .isEqualTo("session-affinity");
        assertThat(routing("routing_strategy: simple-shuffle, optional_pre_call_checks: [" + check + "]")
                        .strategyName())
                .isEqualTo("session-affinity");
    }

    @Test
    void affinityBesideAnotherStrategyIsSaidNotToBeInEffect() {
        GatewayConfig config = Configs.read(
                MODELS + "router_settings: {routing_strategy: least-busy, optional_pre_call_checks: [prompt_caching]}");

        assertThat(config.settings().routing().strategyName()).isEqualTo("least-busy");
        assertThat(Configs.notices(config, Notice.Kind.NOT_IN_EFFECT))
                .singleElement()
                .asString()
                .contains("it goes with simple-shuffle, and the routing_strategy is least-busy");
    }

    @Test
    void ourOwn() {
        Settings settings = Configs.settings("""
                thalweg_settings: {max_queue: 0, queue_timeout: 3, hedging: on, hedging_delay: 700ms, continue_streams: on}
                general_settings: {max_requests_in_flight: 5, global_max_parallel_requests: 6, litellm_headers: true}
                """);

        assertThat(settings.routing().policy().maxQueue()).isZero();
        assertThat(settings.routing().policy().queueTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(settings.routing().hedging()).isEqualTo(new Hedging(true, Duration.ofMillis(700)));
        assertThat(settings.routing().continueStreams()).isTrue();
        assertThat(settings.maxRequestsInFlight()).isEqualTo(5);
        assertThat(settings.litellmHeaders()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"global_max_parallel_requests", "max_in_flight_requests_per_worker", "max_requests_in_flight"})
    void theCapOfTheGatewayHasThreeNames(String key) {
        assertThat(Configs.settings("general_settings: {" + key + ": 8}").maxRequestsInFlight())
                .isEqualTo(8);
    }

    @Test
    void routerSettingsWinOverTheOthers() {
        RoutePolicy policy = Configs.read(MODELS + """
                router_settings: {fallbacks: [{a: [b]}], allowed_fails: 1}
                litellm_settings: {fallbacks: [{a: [c]}], allowed_fails: 2, max_fallbacks: 3}
                """).settings().routing().policy();

        assertThat(policy.fallbacks()).containsOnly(Map.entry("a", List.of("b")));
        assertThat(policy.breaker().allowedFails()).isEqualTo(1);
        assertThat(policy.maxFallbacks()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "fallbacks: {a: [b]} | expected a list like [{gpt-4o: [gpt-4o-mini, llama]}]",
                "fallbacks: [a] | expected a mapping",
                "fallbacks: [{a: {b: c}}] | a list of names of model_list",
                "fallbacks: [{a: [b]}, {a: [c]}] | 'a' is in router_settings.fallbacks twice, first on line 5",
                "fallbacks: [{a: [a, b]}] | 'a' cannot stand in for itself",
                "fallbacks: [{a: [x]}], model_group_alias: {x: a} | 'x' cannot stand in for itself",
                "fallbacks: [{a: [nobody]}] | 'nobody' is no model of model_list; there are a, b, c",
                "content_policy_fallbacks: [{nobody: [a]}] | 'nobody' is no model of model_list",
                "default_fallbacks: [nobody] | router_settings.default_fallbacks: 'nobody' is no model",
                "model_group_retry_policy: {nobody: {}} | 'nobody' is no model of model_list",
                "model_group_alias: {x: nobody} | router_settings.model_group_alias.x: 'nobody' is no model",
                "model_group_alias: {a: b} | the alias 'a' is a model_name of model_list, too",
                "model_group_alias: {x: y, y: b} | 'y' is an alias itself",
                "model_group_alias: {x: {hidden: true}} | has no model",
                "model_group_alias: {x: {model: a, hiden: true}} | unknown key 'hiden'",
                "model_group_alias: {x: a}, fallbacks: [{x: [b]}, {a: [c]}] | are one model by an alias",
                "retry_policy: {TimeoutErrorRetrys: 1} | did you mean 'TimeoutErrorRetries'?",
                "retry_policy: {TimeoutErrorAllowedFails: 1} | expected one of BadRequestErrorRetries,",
                "retry_policy: {TimeoutErrorRetries: -1} | a whole number from 0",
                "allowed_fails_policy: {RateLimitErrorAllowedFails: x} | a whole number from 0",
                "allowed_fails: -1 | a whole number from 0",
                "cooldown_time: 0 | above 0",
                "enable_tag_filtering: maybe | true or false",
                "optional_pre_call_checks: [hope] | a list of some of enforce_model_rate_limits",
                "max_queue: -1 | a whole number from 0",
                "max_fallbacks: 101 | a whole number from 0 to 100",
            })
    void whatIsNotMeantIsRefusedWithItsLine(String setting, String words) {
        assertThat(problems(setting))
                .singleElement()
                .asString()
                .startsWith("config.yaml:5:")
                .contains(words);
    }

    @Test
    void aSlipInANameIsTold() {
        assertThat(Configs.problems("""
                model_list: [{model_name: gpt-4o-mini, params: {model: thalweg/demo}}]
                litellm_settings: {default_fallbacks: [gpt-4o-mni]}
                """))
                .containsExactly("config.yaml:2:40: litellm_settings.default_fallbacks: 'gpt-4o-mni' is no model of"
                        + " model_list; did you mean 'gpt-4o-mini'?");
    }

    @Test
    void patternsAndNamesWithoutTheirProviderAreModels() {
        assertThat(Configs.problems("""
                model_list:
                - {model_name: 'ollama/*', params: {model: 'ollama/*'}}
                - {model_name: openai/gpt-4o, params: {model: thalweg/demo}}
                router_settings: {fallbacks: [{gpt-4o: [ollama/llama3]}]}
                """)).isEmpty();
    }

    @Test
    void aModelThatIsOtherwiseWrongIsNotSaidToBeMissing() {
        assertThat(Configs.problems("""
                model_list:
                - {model_name: a, params: {model: thalweg/demo}}
                - {model_name: b, params: {model: nowhere}}
                router_settings: {fallbacks: [{a: [b]}]}
                """)).hasSize(1);
    }

    private static RoutingSettings routing(String keys) {
        return Configs.read(MODELS + "router_settings: {" + keys + "}")
                .settings()
                .routing();
    }

    private static List<String> problems(String keys) {
        return Configs.problems(MODELS + "router_settings: {" + keys + "}");
    }
}
