package dev.thalweg.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.core.upstream.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which account of AWS's a deployment asks with: LiteLLM's keys, a profile, the environment. */
class AwsAccountTest {
    private static final String PAIR = "aws_access_key_id: AKID, aws_secret_access_key: hidden";
    private static final Map<String, String> PAIR_OF_ENVIRONMENT =
            Map.of("AWS_ACCESS_KEY_ID", "ENVID", "AWS_SECRET_ACCESS_KEY", "envhidden", "AWS_SESSION_TOKEN", "envtoken");

    @TempDir
    private Path home;

    private static Deployment deployment(String params, Map<String, String> environment) {
        return Configs.read("model_list: [{model_name: m, litellm_params: {" + params + "}}]", environment)
                .deployments()
                .get(0);
    }

    private static @Nullable String option(Deployment deployment, String key) {
        Secret secret = deployment.upstream().options().get(key);
        return secret == null ? null : secret.reveal();
    }

    @ParameterizedTest
    @CsvSource({
        "bedrock/us.anthropic.claude-x-v1:0, bedrock, us.anthropic.claude-x-v1:0",
        "bedrock/converse/nova, bedrock, nova",
        "bedrock_converse/nova, bedrock, nova",
        "bedrock/eu-west-3/nova, bedrock, nova",
        "bedrock/converse/us-gov-east-1/nova, bedrock, nova",
        "bedrock/invoke/anthropic.claude-x, bedrock_invoke, anthropic.claude-x",
        "bedrock/arn:aws:bedrock:us-east-1:1:inference-profile/x, bedrock, arn:aws:bedrock:us-east-1:1:inference-profile/x",
    })
    void theModelIsReadFromLiteLlmsSpellings(String model, String provider, String name) {
        Deployment deployment = deployment("model: '" + model + "', aws_region_name: us-west-2, " + PAIR, Map.of());
        assertThat(deployment.provider().name()).isEqualTo(provider);
        assertThat(deployment.upstreamModel()).isEqualTo(name);
        assertThat(deployment.disabled()).isNull();
        assertThat(deployment.apiBase()).hasToString("https://bedrock-runtime.us-west-2.amazonaws.com");
    }

    @Test
    void theRegionMayStandBeforeTheModel() {
        Deployment deployment = deployment("model: bedrock/eu-west-3/nova, " + PAIR, Map.of("AWS_REGION", "us-east-1"));
        assertThat(deployment.apiBase()).hasToString("https://bedrock-runtime.eu-west-3.amazonaws.com");
    }

    @Test
    void keysAndRegionMayBeInTheEnvironment() {
        Map<String, String> environment = new HashMap<>(PAIR_OF_ENVIRONMENT);
        environment.put("AWS_DEFAULT_REGION", "us-east-2");
        Deployment deployment = deployment("model: bedrock/nova", environment);
        assertThat(deployment.disabled()).isNull();
        assertThat(option(deployment, "aws_access_key_id")).isEqualTo("ENVID");
        assertThat(option(deployment, "aws_session_token")).isEqualTo("envtoken");
        assertThat(deployment.apiBase()).hasToString("https://bedrock-runtime.us-east-2.amazonaws.com");
    }

    @Test
    void aPairIsNeverMixedFromTwoPlaces() {
        Deployment deployment =
                deployment("model: bedrock/nova, aws_region_name: us-east-1, " + PAIR, PAIR_OF_ENVIRONMENT);
        assertThat(option(deployment, "aws_access_key_id")).isEqualTo("AKID");
        assertThat(option(deployment, "aws_session_token")).isNull();
    }

    @Test
    void aProfileHasKeysAndPerhapsARegion() throws IOException {
        Path file = Files.createDirectories(home.resolve(".aws")).resolve("credentials");
        Files.writeString(file, """
                [default]
                aws_access_key_id = no
                [work]
                # aws_access_key_id = neither
                aws_access_key_id = PROFILEID
                aws_secret_access_key=profile=hidden
                region = ap-south-1
                """);
        Map<String, String> environment = new HashMap<>(PAIR_OF_ENVIRONMENT);
        environment.put("HOME", home.toString());
        Deployment deployment = deployment("model: bedrock/nova, aws_profile_name: work", environment);
        assertThat(deployment.disabled()).isNull();
        assertThat(option(deployment, "aws_access_key_id")).isEqualTo("PROFILEID");
        assertThat(option(deployment, "aws_secret_access_key")).isEqualTo("profile=hidden");
        assertThat(option(deployment, "aws_session_token")).isNull();
        assertThat(deployment.apiBase()).hasToString("https://bedrock-runtime.ap-south-1.amazonaws.com");
        assertThat(deployment("model: bedrock/nova, aws_profile_name: other, aws_region_name: x", environment)
                        .disabled())
                .contains("the profile other has no keys");
    }

    @Test
    void aBearerKeyNeedsNoPair() {
        Deployment deployment = deployment("model: bedrock/nova, aws_region_name: us-east-1, api_key: k", Map.of());
        assertThat(deployment.disabled()).isNull();
        Deployment byVariable = deployment(
                "model: bedrock/nova", Map.of("AWS_BEARER_TOKEN_BEDROCK", "k", "AWS_REGION_NAME", "us-east-1"));
        assertThat(byVariable.apiKey()).isEqualTo(new Secret("k"));
        assertThat(byVariable.disabled()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "model: bedrock/nova, aws_region_name: us-east-1 | there is no aws_access_key_id for AWS",
                "model: bedrock/nova, aws_region_name: us-east-1, aws_access_key_id: a | there is no aws_secret_access_key",
                "model: bedrock/nova, aws_access_key_id: a, aws_secret_access_key: b | bedrock needs aws_region_name",
                "model: bedrock/nova, aws_region_name: us-east-1, aws_role_name: r | roles are not assumed here",
                "model: bedrock/nova, aws_region_name: us-east-1, aws_web_identity_token: t | roles are not assumed here",
                "model: bedrock/nova, aws_bedrock_runtime_endpoint: 'https://h', aws_access_key_id: a, aws_secret_access_key: b | there is no region",
            })
    void whatIsMissingIsSaid(String params, String why) {
        assertThat(deployment(params, Map.of()).disabled()).contains(why);
    }

    @Test
    void anEndpointIsTheBaseUrl() {
        Deployment deployment = deployment(
                "model: bedrock/nova, aws_region_name: us-east-1, aws_bedrock_runtime_endpoint: 'https://vpce.example/', "
                        + PAIR,
                Map.of());
        assertThat(deployment.apiBase()).hasToString("https://vpce.example");
        assertThat(deployment.toString()).doesNotContain("hidden");
        assertThat(deployment.upstream().options().toString()).doesNotContain("hidden");
    }

    @Test
    void withoutAFileABearerKeyAndARegionServeBedrock() {
        GatewayConfig config = GatewayConfig.empty(Map.of("AWS_BEARER_TOKEN_BEDROCK", "k", "AWS_REGION", "us-east-1"));
        assertThat(config.deployments().get(0).modelName()).isEqualTo("bedrock/*");
        assertThat(config.deployments().get(0).apiBase())
                .hasToString("https://bedrock-runtime.us-east-1.amazonaws.com");
        assertThat(config.deployments()).hasSize(2);
    }
}
