package dev.thalweg.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.core.route.BreakerRules;
import dev.thalweg.core.route.Candidate;
import dev.thalweg.core.route.RetryRules;
import dev.thalweg.core.route.RoutePolicy;
import dev.thalweg.core.route.Strategies;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every default, pinned: changing one is changing what users get. */
class ConfigDefaultsTest {
    private final Settings settings = Settings.defaults();

    @Test
    void timeouts() {
        assertThat(settings.requestTimeout()).isEqualTo(Duration.ofSeconds(600));
        assertThat(settings.connectTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.poolTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.timeouts())
                .isEqualTo(new Timeouts(
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5),
                        new Timeouts.Unary(Duration.ofSeconds(600), Duration.ofSeconds(600)),
                        new Timeouts.Stream(
                                Duration.ofSeconds(600),
                                Duration.ofSeconds(600),
                                null,
                                Duration.ofSeconds(300),
                                null)));
    }

    @Test
    void callsToProviders() {
        assertThat(settings.numRetries()).isEqualTo(2);
        assertThat(settings.loopLimits())
                .hasToString("LoopLimits[text=100, reasoning=100, shortDeltas=1000, cycle=400, arguments=400]");
        assertThat(settings.keepAliveInterval()).isEqualTo(Duration.ofSeconds(15));
        assertThat(settings.firstContentWait()).isEqualTo(Duration.ofSeconds(45));
        assertThat(settings.maxEventBytes()).isEqualTo(8 * 1024 * 1024);
        assertThat(settings.maxHeldBytes()).isEqualTo(256L * 1024 * 1024);
        assertThat(settings.maxConnectionsPerUpstream()).isEqualTo(1024);
        assertThat(settings.transport()).isEqualTo(Transport.AUTO);
        assertThat(settings.eventLoops()).isZero();
        assertThat(settings.caFile()).isNull();
    }

    @Test
    void routing() {
        RoutingSettings routing = settings.routing();

        assertThat(routing.policy()).isEqualTo(RoutePolicy.DEFAULT);
        assertThat(routing.policy())
                .isEqualTo(new RoutePolicy(
                        new BreakerRules(3, Map.of(), Duration.ofSeconds(5), Duration.ofSeconds(60), false),
                        Map.of(),
                        Map.of(),
                        Map.of(),
                        List.of(),
                        5,
                        false,
                        true,
                        false,
                        100,
                        Duration.ofSeconds(10)));
        assertThat(routing.strategy()).isSameAs(Strategies.byDefault());
        assertThat(routing.retries("any")).isEqualTo(RetryRules.of(2));
        assertThat(routing.aliases()).isEmpty();
        assertThat(routing.maxParallel()).isZero();
        assertThat(routing.hedging()).isEqualTo(Hedging.OFF);
        assertThat(routing.continueStreams()).isFalse();
    }

    @Test
    void theServer() {
        assertThat(settings.maxRequestsInFlight()).isZero();
        assertThat(settings.maxBufferedBytes()).isZero();
        assertThat(settings.maxHeapPercent()).isEqualTo(90);
        assertThat(settings.maxStoredResponseBytes()).isEqualTo(64L * 1024 * 1024);
        assertThat(settings.storedResponseTime()).isEqualTo(Duration.ofHours(1));
        assertThat(settings.litellmHeaders()).isFalse();
        assertThat(settings.maxRequestBytes()).isEqualTo(32 * 1024 * 1024);
        assertThat(settings.maxResponseBytes()).isEqualTo(64 * 1024 * 1024);
        assertThat(settings.maxJsonDepth()).isEqualTo(128);
        assertThat(settings.headerTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.bodyTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.shutdownDelay()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.shutdownTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.allowedOrigins()).isEmpty();
        assertThat(settings.dataDirectory()).isNull();
    }

    @Test
    void aDeployment() {
        Deployment deployment = Configs.deployment("model: ollama/llama3");

        assertThat(deployment.kind()).isEqualTo(Deployment.Kind.PROVIDER);
        assertThat(deployment.candidate()).isEqualTo(Candidate.of(deployment.id()));
        assertThat(deployment.numRetries()).isNull();
        assertThat(deployment.apiKey()).isNull();
        assertThat(deployment.upstream().apiVersion()).isNull();
        assertThat(deployment.upstream().organization()).isNull();
        assertThat(deployment.upstream().headers()).isEmpty();
        assertThat(deployment.requestDefaults()).isEmpty();
        assertThat(deployment.mockResponse()).isNull();
        assertThat(deployment.mockDelay()).isZero();
        assertThat(deployment.disabled()).isNull();
        assertThat(deployment.timeouts()).isEqualTo(settings.timeouts());
    }

    @Test
    void azuresVersion() {
        assertThat(Configs.deployment("model: azure/d, api_base: 'https://a.example', api_key: k")
                        .upstream()
                        .apiVersion())
                .isEqualTo("2024-10-21");
    }

    @Test
    void aFileThatSaysNothingHasTheDefaults() {
        assertThat(Configs.settings("")).isEqualTo(settings);
    }

    @Test
    void theLongestFile() {
        assertThat(YamlSource.MAX_BYTES).isEqualTo(4 * 1024 * 1024);
    }
}
