package dev.thalweg.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.core.route.Candidate;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What routing learns of a deployment. */
class CandidateKeysTest {
    @Test
    void everyKeyIsRead() {
        Candidate candidate = Configs.read("""
                model_list:
                - model_name: m
                  litellm_params:
                    model: ollama/llama3
                    weight: 0
                    order: 2
                    rpm: 480
                    tpm: 5000000000
                    max_parallel_requests: 7
                    num_retries: 4
                    tags: [free, eu]
                    region_name: westeurope
                    input_cost_per_token: 2.50e-06
                    output_cost_per_token: 0.00001
                  model_info: {id: one}
                """).deployments().get(0).candidate();

        assertThat(candidate)
                .isEqualTo(new Candidate(
                        "one",
                        0,
                        2,
                        480,
                        5_000_000_000L,
                        7,
                        4,
                        Set.of("free", "eu"),
                        "westeurope",
                        new BigDecimal("0.0000025"),
                        new BigDecimal("0.00001")));
    }

    @Test
    void limitsAndPricesMayStandInTheEntryAndInModelInfoAndParamsWin() {
        Candidate candidate = Configs.read("""
                model_list:
                - model_name: m
                  rpm: 2
                  tpm: 20
                  litellm_params: {model: ollama/llama3, rpm: 1}
                  model_info: {rpm: 3, tpm: 30, input_cost_per_token: 0, output_cost_per_token: 1}
                """).deployments().get(0).candidate();

        assertThat(candidate.requestsPerMinute()).isEqualTo(1);
        assertThat(candidate.tokensPerMinute()).isEqualTo(20);
        assertThat(candidate.inputPrice()).isEqualTo(BigDecimal.ZERO);
        assertThat(candidate.outputPrice()).isEqualTo(BigDecimal.ONE);
    }

    @Test
    void numRetriesWinOverMaxRetries() {
        assertThat(Configs.local("max_retries: 3").numRetries()).isEqualTo(3);
        assertThat(Configs.local("num_retries: 1, max_retries: 3").numRetries()).isEqualTo(1);
    }

    @Test
    void whoeverHasNoOrderComesAfterThoseOfItsNameThatHave() {
        List<Deployment> deployments = Configs.read("""
                model_list:
                - {model_name: a, params: {model: ollama/x}}
                - {model_name: a, params: {model: ollama/y, order: 1}}
                - {model_name: b, params: {model: ollama/x}}
                """).deployments();

        assertThat(deployments.get(0).candidate().order())
                .isGreaterThan(deployments.get(1).candidate().order());
        assertThat(deployments.get(2).candidate().order()).isZero();
    }

    @Test
    void theDefaultOfParallelRequestsIsForThoseThatSayNothing() {
        List<Deployment> deployments = Configs.read("""
                model_list:
                - {model_name: a, params: {model: ollama/x}}
                - {model_name: a, params: {model: ollama/y, max_parallel_requests: 2}}
                router_settings: {default_max_parallel_requests: 9}
                """).deployments();

        assertThat(deployments)
                .extracting(deployment -> deployment.candidate().maxParallel())
                .containsExactly(9, 2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "weight: -1 | a whole number from 0",
                "order: 0 | a whole number from 1",
                "rpm: -5 | a whole number from 1",
                "tpm: 1.5 | a whole number from 1",
                "max_parallel_requests: 0 | a whole number from 1",
                "num_retries: -1 | a whole number from 0",
                "input_cost_per_token: -0.1 | the price of a token",
                "output_cost_per_token: cheap | the price of a token",
                "output_cost_per_token: 1e99 | the price of a token",
                "tags: {a: b} | a list of texts",
            })
    void whatIsNotMeantIsRefused(String param, String words) {
        assertThat(Configs.deploymentProblems("model: ollama/x, " + param))
                .singleElement()
                .asString()
                .contains(words);
    }

    @Test
    void otherPricesAreStillNotInEffect() {
        GatewayConfig config = Configs.read(
                "model_list: [{model_name: m, params: {model: ollama/x, input_cost_per_second: 1, rpm: 3}}]");

        assertThat(Configs.notices(config, Notice.Kind.NOT_IN_EFFECT))
                .containsExactly("config.yaml:1: model_list[].params.input_cost_per_second is not in effect");
    }
}
