package dev.thalweg.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VertexKeysTest {
    @ParameterizedTest
    @CsvSource({
        "'', https://us-central1-aiplatform.googleapis.com/v1/projects/p/locations/us-central1/publishers/google",
        "', vertex_location: europe-west1', https://europe-west1-aiplatform.googleapis.com/v1/projects/p/locations/europe-west1/publishers/google",
        "', vertex_location: global', https://aiplatform.googleapis.com/v1/projects/p/locations/global/publishers/google"
    })
    void theAccountIsPartOfTheUrl(String location, String url) {
        for (String prefix : new String[] {"vertex_ai", "vertex_ai_beta"}) {
            Deployment deployment =
                    Configs.deployment("model: " + prefix + "/gemini-3-pro, vertex_project: p, api_key: t" + location);
            assertThat(deployment.apiBase()).hasToString(url);
            assertThat(deployment.disabled()).isNull();
        }
    }

    @Test
    void bareNamesAreGeminisOwn() {
        Deployment deployment = Configs.deployment("model: gemini-2.5-pro, api_key: k");
        assertThat(deployment.provider().name()).isEqualTo("gemini");
        assertThat(deployment.apiBase()).hasToString("https://generativelanguage.googleapis.com/v1beta");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "model: vertex_ai/gemini-3-pro, vertex_project: p | or vertex_credentials",
                "model: vertex_ai/gemini-3-pro, api_key: t | needs vertex_project",
                "model: vertex_ai/mistral-large, api_key: t, vertex_project: p | only Gemini's and Anthropic's models",
                "model: vertex_ai/gemini-3-pro, vertex_credentials: /nowhere/canary.json | cannot be read",
                "model: vertex_ai/gemini-3-pro, vertex_credentials: '{}' | must be of the type",
                "model: vertex_ai/gemini-3-pro, vertex_credentials: '{\"type\":\"service_account\"}' | have no client_email"
            })
    void whatIsMissingIsNamed(String params, String problem) {
        String yaml = "model_list: [{model_name: m, params: {" + params + "}}]";
        assertThat(Configs.problems(yaml, Configs.NOTHING, Strictness.CHECK))
                .anyMatch(one -> one.contains(problem))
                .noneMatch(one -> one.contains("canary"));
    }

    @Test
    void aUsersRefreshTokenIsTakenToo() {
        String account =
                "{\"type\":\"authorized_user\",\"client_id\":\"i\",\"client_secret\":\"s\",\"refresh_token\":\"r\"}";
        GatewayConfig config = Configs.read("""
                model_list:
                  - {model_name: m, params: {model: vertex_ai/gemini-3-pro, vertex_project: p, vertex_credentials: '%s'}}
                """.formatted(account), Map.of());
        assertThat(config.deployments().get(0).disabled()).isNull();
        assertThat(config.deployments().get(0).apiKey()).isNull();
    }
}
