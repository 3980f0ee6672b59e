package dev.thalweg.gateway.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.gateway.TestGateway;
import dev.thalweg.testkit.RawClient;
import dev.thalweg.testkit.RecordedRequest;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptedUpstream;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Documents are ranked by who can, and both bodies stay as they are. */
class RerankTest {
    private static final String BODY =
            "{\"model\":\"m\",\"query\":\"q\",\"documents\":[\"a\",{\"text\":\"b\"}],\"top_n\":1}";

    private static Chats.Answer ask(TestGateway gateway, String path, String body) {
        try (RawClient client = gateway.connect()) {
            client.timeout(Chats.SOON);
            client.post(path, Map.of("Content-Type", "application/json"), body);
            return Chats.read(client);
        }
    }

    private static TestGateway gateway(String provider, String url) {
        return TestGateway.of("""
                model_list:
                  - {model_name: m, params: {model: %s/ranker, api_base: "%s", api_key: k}}
                """.formatted(provider, url));
    }

    @ParameterizedTest
    @CsvSource({
        "jina_ai, /v1/rerank, results",
        "voyage, /rerank, data",
        "together_ai, /v2/rerank, results",
        "hosted_vllm, /v1/rerank, results"
    })
    void bothBodiesAreTheSameButForTheModel(String provider, String path, String results) {
        String answer = "{\"id\":\"x\", \"model\":\"ranker\",\"" + results
                + "\":[{\"index\":1,\"relevance_score\":0.9}],\"usage\":{\"total_tokens\":12}}";
        try (var upstream = ScriptedUpstream.start().always(Script.json(200, answer));
                var gateway = gateway(provider, upstream.url())) {
            assertThat(ask(gateway, path, BODY).body()).isEqualTo(answer.replace("\"ranker\"", "\"m\""));
            RecordedRequest asked = upstream.takeRequest(Chats.SOON);
            assertThat(asked.target()).isEqualTo("/v1/rerank");
            assertThat(asked.bodyText()).isEqualTo(BODY.replace("\"m\"", "\"ranker\""));
            assertThat(Chats.row(gateway).path("input_tokens").asInt()).isEqualTo(12);
            Chats.settled(gateway);
        }
    }

    @Test
    void ofAGroupOnlyThoseThatRerankAreAsked() {
        String yaml = """
                model_list:
                  - {model_name: m, params: {model: openai/gpt-x, api_base: "%1$s", api_key: k, order: 1}}
                  - {model_name: m, params: {model: jina_ai/ranker, api_base: "%1$s", api_key: k, order: 2}}
                """;
        Script answer = Script.json(200, "{\"model\":\"ranker\",\"results\":[]}");
        try (var upstream = ScriptedUpstream.start().always(answer);
                var gateway = TestGateway.of(yaml.formatted(upstream.url()))) {
            assertThat(ask(gateway, "/v1/rerank", BODY).status()).isEqualTo(200);
            assertThat(upstream.requests()).hasSize(1);
        }
    }

    @Test
    void whoCannotIsNotAsked() {
        try (var upstream = ScriptedUpstream.start();
                var gateway = gateway("openai", upstream.url())) {
            assertThat(error(ask(gateway, "/v1/rerank", BODY), 400).path("code").asString())
                    .isEqualTo("rerank_not_supported");
            assertThat(error(ask(gateway, "/v1/rerank", "{\"model\":\"m\",\"query\":\"q\"}"), 400)
                            .path("param")
                            .asString())
                    .isEqualTo("documents");
            assertThat(upstream.requests()).isEmpty();
        }
    }

    @Test
    void whatIsNoAnswerIsNotPassedOn() {
        try (var upstream = ScriptedUpstream.start().always(Script.json(200, "{\"results\":null}"));
                var gateway = gateway("jina_ai", upstream.url())) {
            assertThat(error(ask(gateway, "/v1/rerank", BODY), 502)
                            .path("message")
                            .asString())
                    .isNotBlank();
        }
    }

    /** Reranking is Cohere's, and so are its errors: there is no envelope around them. */
    private static JsonNode error(Chats.Answer answer, int status) {
        assertThat(answer.status()).as("status; body: %s", answer.body()).isEqualTo(status);
        return Chats.json(answer.body());
    }
}
