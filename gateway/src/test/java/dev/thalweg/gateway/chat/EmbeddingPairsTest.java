package dev.thalweg.gateway.chat;

import static dev.thalweg.gateway.chat.Chats.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.thalweg.core.catalog.Providers;
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

/** Embeddings between callers and providers of different protocols, as far as the providers have rows. */
class EmbeddingPairsTest {
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");
    private static final String OPENAI = "{\"object\":\"list\",\"data\":[{\"object\":\"embedding\",\"index\":0,"
            + "\"embedding\":[0.5,-1.0]}],\"model\":\"x\",\"usage\":{\"prompt_tokens\":3,\"total_tokens\":3}}";
    private static final String[] AWS = {
        "aws_region_name: us-east-1", "aws_access_key_id: AKIDEXAMPLE", "aws_secret_access_key: secret"
    };

    private static TestGateway gateway(String model, String url, String... options) {
        String provider = model.substring(0, model.indexOf('/'));
        assumeTrue(Providers.find(provider)
                .filter(row -> provider.equals("openai")
                        || !row.speaks("openai")
                        || provider.equals("voyage")
                        || row.speaks(provider))
                .isPresent());
        return TestGateway.of(
                """
                model_list:
                  - model_name: emb
                    params: {model: %s, api_base: "%s"%s}
                thalweg_settings: {num_retries: 0}
                """.formatted(model, url, options.length == 0 ? ", api_key: k" : ", " + String.join(", ", options)));
    }

    private static Chats.Answer ask(TestGateway gateway, String path, String body) {
        try (RawClient client = gateway.connect()) {
            client.timeout(Chats.SOON);
            client.post(path, JSON, body);
            return Chats.read(client);
        }
    }

    private static String host(ScriptedUpstream upstream) {
        return upstream.url().replaceFirst("/v1$", "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "/v1beta/models/emb:embedContent | {\"content\":{\"parts\":[{\"text\":\"Hi\"}]}}"
                        + " | {\"embedding\":{\"values\":[0.5,-1.0]}}",
                "/v1/models/emb:embedContent | {\"content\":{\"parts\":[{\"text\":\"Hi\"}]}}"
                        + " | {\"embedding\":{\"values\":[0.5,-1.0]}}",
                "/v1beta/models/emb:batchEmbedContents | {\"requests\":[{\"model\":\"models/emb\",\"content\":"
                        + "{\"parts\":[{\"text\":\"Hi\"}]}}]} | {\"embeddings\":[{\"values\":[0.5,-1.0]}]}",
                "/api/embed | {\"model\":\"emb\",\"input\":\"Hi\"} | {\"model\":\"emb\",\"embeddings\":[[0.5,-1.0]],"
                        + "\"total_duration\":0,\"load_duration\":0,\"prompt_eval_count\":3}",
                "/api/embeddings | {\"model\":\"emb\",\"prompt\":\"Hi\"} | {\"embedding\":[0.5,-1.0]}",
            })
    void callersOfEveryProtocolReachAnOpenAiModel(String path, String body, String expected) {
        try (var upstream = ScriptedUpstream.start().always(Script.json(200, OPENAI));
                var gateway = gateway("openai/text-embedding-3-small", upstream.url())) {
            Chats.Answer told = ask(gateway, path, body);
            assertThat(told.status()).as(told.body()).isEqualTo(200);
            assertThat(told.body()).isEqualTo(expected);
            RecordedRequest asked = upstream.takeRequest(Chats.SOON);
            assertThat(asked.target()).isEqualTo("/v1/embeddings");
            assertThat(asked.bodyText())
                    .isEqualTo(
                            "{\"model\":\"text-embedding-3-small\",\"input\":[\"Hi\"],\"encoding_format\":\"float\"}");
            assertThat(Chats.row(gateway).path("input_tokens").asInt()).isEqualTo(3);
            Chats.settled(gateway);
        }
    }

    @Test
    void aCallerOfCoheresIsToldWhatWasLeftOut() {
        try (var upstream = ScriptedUpstream.start().always(Script.json(200, OPENAI));
                var gateway = gateway("openai/text-embedding-3-small", upstream.url())) {
            Chats.Answer told = ask(
                    gateway,
                    "/v2/embed",
                    "{\"model\":\"emb\",\"texts\":[\"Hi\"],\"input_type\":\"search_query\",\"embedding_types\":[\"base64\"],"
                            + "\"truncate\":\"END\"}");
            JsonNode answer = json(told.body());
            assertThat(answer.at("/embeddings/base64/0").asString()).isEqualTo("AAAAPwAAgL8=");
            assertThat(answer.at("/meta/billed_units/input_tokens").asInt()).isEqualTo(3);
            assertThat(told.head().header("x-thalweg-warnings").orElseThrow()).contains("'truncate'", "'input_type'");
            assertThat(upstream.takeRequest(Chats.SOON).bodyText())
                    .isEqualTo(
                            "{\"model\":\"text-embedding-3-small\",\"input\":[\"Hi\"],\"encoding_format\":\"base64\"}");
        }
    }

    @Test
    void aProviderOfOpenAisProtocolIsToldInItsOwnWords() {
        try (var upstream = ScriptedUpstream.start().always(Script.json(200, OPENAI));
                var gateway = gateway("voyage/voyage-3-large", upstream.url())) {
            Chats.Answer told = ask(
                    gateway,
                    "/v1/embeddings",
                    "{\"model\":\"emb\",\"input\":[\"Hi\"],\"encoding_format\":\"float\",\"dimensions\":256,"
                            + "\"input_type\":\"query\",\"truncation\":false}");
            assertThat(told.status()).as(told.body()).isEqualTo(200);
            assertThat(json(told.body()).path("model").asString()).isEqualTo("emb");
            assertThat(upstream.takeRequest(Chats.SOON).bodyText())
                    .isEqualTo("{\"model\":\"voyage-3-large\",\"input\":[\"Hi\"],\"output_dimension\":256,"
                            + "\"input_type\":\"query\",\"truncation\":false}");
        }
    }

    @Test
    void tokensReachOnlyWhoCanReadThem() {
        try (var upstream = ScriptedUpstream.start();
                var gateway = gateway("cohere/embed-v4.0", host(upstream))) {
            assertThat(ask(gateway, "/v1/embeddings", "{\"model\":\"emb\",\"input\":[1,2]}")
                            .error(400)
                            .path("message")
                            .asString())
                    .contains("tokens");
            assertThat(upstream.requests()).isEmpty();
        }
    }

    @Test
    void cohereIsAskedAndRelayed() {
        String given = "{\"id\":\"x\",\"embeddings\":{\"float\":[[0.5,-1.0]]},\"meta\":{\"billed_units\":"
                + "{\"input_tokens\":2}}}";
        try (var upstream = ScriptedUpstream.start().always(Script.json(200, given));
                var gateway = gateway("cohere/embed-v4.0", host(upstream))) {
            Chats.Answer told = ask(
                    gateway, "/v1/embeddings", "{\"model\":\"emb\",\"input\":\"Hi\",\"encoding_format\":\"base64\"}");
            assertThat(json(told.body()).at("/data/0/embedding").asString()).isEqualTo("AAAAPwAAgL8=");
            RecordedRequest asked = upstream.takeRequest(Chats.SOON);
            assertThat(asked.target()).isEqualTo("/v2/embed");
            assertThat(asked.bodyText()).contains("\"input_type\":\"search_document\"");
            String body = "{\"model\":\"emb\",\"images\":[\"data:image/png;base64,AA==\"],\"input_type\":\"image\"}";
            assertThat(ask(gateway, "/v2/embed", body).body()).isEqualTo(given);
            assertThat(upstream.takeRequest(Chats.SOON).bodyText())
                    .isEqualTo(body.replace("\"emb\"", "\"embed-v4.0\""));
        }
    }

    @Test
    void geminiIsAskedForOneOrMany() {
        try (var upstream = ScriptedUpstream.start()
                        .enqueue(Script.json(200, "{\"embedding\":{\"values\":[0.5]}}"))
                        .enqueue(Script.json(200, "{\"embeddings\":[{\"values\":[1]},{\"values\":[2]}]}"))
                        .enqueue(Script.json(200, "{\"embeddings\":[{\"values\":[1]}]}"));
                var gateway = gateway("gemini/gemini-embedding-001", host(upstream) + "/v1beta")) {
            assertThat(json(ask(gateway, "/v1/embeddings", "{\"model\":\"emb\",\"input\":\"Hi\"}")
                                    .body())
                            .at("/data/0/embedding/0")
                            .asDouble())
                    .isEqualTo(0.5);
            assertThat(upstream.takeRequest(Chats.SOON).target())
                    .isEqualTo("/v1beta/models/gemini-embedding-001:embedContent");
            assertThat(json(ask(gateway, "/v1/embeddings", "{\"model\":\"emb\",\"input\":[\"a\",\"b\"]}")
                                    .body())
                            .path("data"))
                    .hasSize(2);
            assertThat(upstream.takeRequest(Chats.SOON).target())
                    .isEqualTo("/v1beta/models/gemini-embedding-001:batchEmbedContents");
            String body = "{\"requests\":[{\"model\":\"models/emb\",\"content\":{\"parts\":[{\"x\":1}]}}]}";
            assertThat(ask(gateway, "/v1beta/models/emb:batchEmbedContents", body)
                            .body())
                    .isEqualTo("{\"embeddings\":[{\"values\":[1]}]}");
            assertThat(upstream.takeRequest(Chats.SOON).bodyText())
                    .isEqualTo(body.replace("models/emb", "models/gemini-embedding-001"));
            Chats.settled(gateway);
        }
    }

    @Test
    void moreInputsThanTheProviderTakesAreSeveralRequests() {
        String many = "{\"embeddings\":[" + "{\"values\":[1]},".repeat(99) + "{\"values\":[1]}]}";
        try (var upstream = ScriptedUpstream.start()
                        .enqueue(Script.json(200, many))
                        .enqueue(Script.json(200, "{\"embeddings\":[{\"values\":[2]}]}"))
                        .enqueue(Script.json(200, many))
                        .enqueue(Script.json(400, "{\"error\":{\"code\":400,\"message\":\"no\"}}"));
                var gateway = gateway("gemini/gemini-embedding-001", host(upstream) + "/v1beta")) {
            String inputs = "\"a\",".repeat(100) + "\"last\"";
            String body = "{\"model\":\"emb\",\"input\":[" + inputs + "]}";
            Chats.Answer told = ask(gateway, "/v1/embeddings", body);
            assertThat(told.status()).as(told.body()).isEqualTo(200);
            assertThat(json(told.body()).path("data")).hasSize(101);
            assertThat(json(told.body()).at("/data/100/embedding/0").asDouble()).isEqualTo(2);
            assertThat(told.head().header("x-thalweg-attempts")).contains("1");
            assertThat(upstream.takeRequest(Chats.SOON).bodyText()).doesNotContain("last");
            assertThat(upstream.takeRequest(Chats.SOON).bodyText()).contains("last");
            ask(gateway, "/v1/embeddings", body).error(400);
            Chats.settled(gateway);
        }
    }

    @Test
    void ollamaIsAskedInItsOwnProtocolByItsOwnCallers() {
        String given = "{\"model\":\"all-minilm\",\"embeddings\":[[1]],\"prompt_eval_count\":8,\"x\":1}";
        assumeTrue(Providers.find("ollama").orElseThrow().speaks("ollama"));
        try (var upstream = ScriptedUpstream.start().always(Script.json(200, given));
                var gateway = gateway("ollama/all-minilm", host(upstream))) {
            assertThat(ask(gateway, "/api/embed", "{\"model\":\"emb\",\"input\":\"Hi\",\"keep_alive\":\"5m\"}")
                            .body())
                    .isEqualTo(given.replace("all-minilm", "emb"));
            RecordedRequest asked = upstream.takeRequest(Chats.SOON);
            assertThat(asked.target()).isEqualTo("/api/embed");
            assertThat(Chats.row(gateway).path("input_tokens").asInt()).isEqualTo(8);
        }
    }

    @Test
    void titanIsAskedAsOftenAsThereAreTexts() {
        try (var upstream = ScriptedUpstream.start()
                        .enqueue(Script.json(200, "{\"embedding\":[1],\"inputTextTokenCount\":3}"))
                        .enqueue(Script.json(200, "{\"embedding\":[2],\"inputTextTokenCount\":4}"))
                        .enqueue(Script.json(200, "{\"embedding\":[3],\"inputTextTokenCount\":5}"))
                        .enqueue(Script.json(200, "{\"embedding\":[1],\"inputTextTokenCount\":3}"))
                        .enqueue(Script.json(503, "{\"message\":\"busy\"}"));
                var gateway = gateway("bedrock/amazon.titan-embed-text-v2:0", host(upstream), AWS)) {
            Chats.Answer told = ask(gateway, "/v1/embeddings", "{\"model\":\"emb\",\"input\":[\"a\",\"b\",\"c\"]}");
            assertThat(json(told.body()).at("/data/2/embedding/0").asDouble()).isEqualTo(3);
            assertThat(json(told.body()).at("/usage/total_tokens").asInt()).isEqualTo(12);
            assertThat(told.head().header("x-thalweg-attempts")).contains("1");
            assertThat(upstream.takeRequest(Chats.SOON).target())
                    .isEqualTo("/model/amazon.titan-embed-text-v2%3A0/invoke");
            ask(gateway, "/v1/embeddings", "{\"model\":\"emb\",\"input\":[\"a\",\"b\"]}")
                    .error(503);
            Chats.settled(gateway);
        }
    }
}
