package dev.thalweg.gateway.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.config.ConfigLoader;
import dev.thalweg.config.Deployment;
import dev.thalweg.core.route.DeploymentState;
import dev.thalweg.core.route.FailureClass;
import dev.thalweg.core.route.GroupState;
import dev.thalweg.core.route.Member;
import dev.thalweg.core.route.ModelGroup;
import dev.thalweg.core.route.RetryRules;
import dev.thalweg.core.route.Strategies;
import dev.thalweg.core.stream.StreamEnd;
import dev.thalweg.model.Prices;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is counted of deployments, under which labels, and that nothing is kept of those that are gone. */
class RouteMetricsTest {
    private static final List<Deployment> DEPLOYMENTS =
            ConfigLoader.parse("config.yaml", """
                model_list:
                - {model_name: gpt, params: {model: thalweg/demo}, model_info: {id: one}}
                - {model_name: spare, params: {model: thalweg/demo}, model_info: {id: two}}
                """, Map.of()).orThrow().deployments();
    private static final Deployment ONE = DEPLOYMENTS.get(0);
    private static final Deployment TWO = DEPLOYMENTS.get(1);
    private static final String AT_ONE = "{deployment=\"one\",model=\"gpt\"";
    private static final String AT_TWO = "{deployment=\"two\",model=\"spare\"";

    private final Metrics metrics = new Metrics();
    private List<ModelGroup<?>> groups = List.of(group(ONE), group(TWO));

    @BeforeEach
    void show() {
        metrics.routes(() -> groups, () -> 1_000_000_000L);
    }

    private static ModelGroup<?> group(Deployment deployment) {
        return new ModelGroup<>(
                deployment.modelName(),
                List.of(new Member<>(deployment.candidate(), new DeploymentState(), deployment)),
                Strategies.byDefault(),
                RetryRules.of(0),
                new GroupState());
    }

    private Stream<String> lines() {
        return new String(metrics.text(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("thalweg_deployment_")
                        || line.startsWith("thalweg_fallbacks_")
                        || line.startsWith("thalweg_queue_"));
    }

    private void ends(RequestRecord record) {
        record.ended(StreamEnd.COMPLETE, 200, null, 5_000_000);
        metrics.ended(record);
    }

    /** A request that another group served after the first had failed. */
    private void fallsBack() {
        RequestRecord record = new RequestRecord("id", null, "gpt", true);
        record.attemptFailed(record.attempt(ONE, Prices.UNKNOWN), StreamEnd.UPSTREAM_ERROR, "code");
        record.attemptServes(record.attempt(TWO, Prices.UNKNOWN));
        ends(record);
    }

    @Test
    void eachAttemptIsCountedAtItsDeploymentByItsOwnEnd() {
        fallsBack();
        assertThat(lines())
                .contains("thalweg_deployment_attempts_total" + AT_ONE + ",outcome=\"upstream_error\"} 1.0")
                .contains("thalweg_deployment_attempts_total" + AT_ONE + ",outcome=\"complete\"} 0.0")
                .contains("thalweg_deployment_attempts_total" + AT_TWO + ",outcome=\"complete\"} 1.0")
                .contains("thalweg_fallbacks_total{model=\"gpt\",to=\"spare\"} 1.0");
    }

    @Test
    void anAttemptThatWasLetGoForAFasterOneIsNoFailureAndNoFallback() {
        RequestRecord record = new RequestRecord("id", null, "gpt", true);
        int first = record.attempt(ONE, Prices.UNKNOWN);
        int second = record.attempt(ONE, Prices.UNKNOWN);
        metrics.hedged(ONE);
        record.attemptLost(first);
        record.attemptServes(second);
        ends(record);
        assertThat(lines())
                .contains("thalweg_deployment_attempts_total" + AT_ONE + ",outcome=\"hedged_out\"} 1.0")
                .contains("thalweg_deployment_attempts_total" + AT_ONE + ",outcome=\"complete\"} 1.0")
                .contains("thalweg_deployment_hedges_total" + AT_ONE + "} 1.0")
                .noneMatch(line -> line.startsWith("thalweg_fallbacks_"));
    }

    @Test
    void cooldownsAreCountedByTheirCause() {
        metrics.cooled(ONE, FailureClass.RATE_LIMIT);
        metrics.cooled(ONE, FailureClass.RATE_LIMIT);
        assertThat(lines().filter(line -> line.startsWith("thalweg_deployment_cooldowns_total")))
                .contains(
                        "thalweg_deployment_cooldowns_total{cause=\"rate_limit\",deployment=\"one\",model=\"gpt\"} 2.0")
                .contains("thalweg_deployment_cooldowns_total{cause=\"timeout\",deployment=\"one\",model=\"gpt\"} 0.0")
                .noneMatch(line -> line.contains("bad_request") || line.contains("two"));
    }

    @Test
    void statesAreThereFromTheBeginning() {
        assertThat(lines())
                .contains("thalweg_deployment_state" + AT_ONE + ",state=\"open\"} 1.0")
                .contains("thalweg_deployment_state" + AT_ONE + ",state=\"cooling\"} 0.0")
                .contains("thalweg_deployment_in_flight" + AT_TWO + "} 0.0")
                .contains("thalweg_deployment_cooling_seconds" + AT_TWO + "} 0.0")
                .contains("thalweg_queue_length{model=\"gpt\"} 0.0")
                .noneMatch(line -> line.startsWith("thalweg_deployment_first_token_seconds"));
    }

    @Test
    void nothingIsKeptOfDeploymentsThatAreGone() {
        fallsBack();
        metrics.cooled(TWO, FailureClass.TIMEOUT);
        List<ModelGroup<?>> all = groups;
        groups = List.of(group(ONE));
        assertThat(lines()).noneMatch(line -> line.contains("two") || line.contains("spare"));
        groups = all;
        assertThat(lines())
                .contains("thalweg_deployment_state" + AT_TWO + ",state=\"open\"} 1.0")
                .noneMatch(line -> line.startsWith("thalweg_fallbacks_")
                        || line.startsWith("thalweg_deployment_attempts_total" + AT_TWO));
    }

    @Test
    void everyMetricIsInTheDocumentation() throws IOException {
        fallsBack();
        String document = Files.readString(Path.of("..", "docs", "operating.md"));
        assertThat(new String(metrics.text(), StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> line.startsWith("# TYPE thalweg_"))
                        .map(line -> line.split(" ")[2]))
                .hasSizeGreaterThan(15)
                .allSatisfy(name -> assertThat(document).containsPattern(name + "[`{]"));
    }
}
