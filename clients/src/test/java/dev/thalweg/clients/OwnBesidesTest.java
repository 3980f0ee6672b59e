package dev.thalweg.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.testkit.Script;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** What providers' own clients have beside answers: models, counts of tokens, embeddings, Ollama's prompts. */
class OwnBesidesTest {
    private static final String OPENAI =
            "{\"object\":\"list\",\"data\":[{\"object\":\"embedding\",\"index\":0,\"embedding\":[0.5,-1]},"
                    + "{\"object\":\"embedding\",\"index\":1,\"embedding\":[2,0.25]}],\"model\":\"m\","
                    + "\"usage\":{\"prompt_tokens\":2,\"total_tokens\":2}}";

    private static final String GEMINI = "{\"embeddings\":[{\"values\":[0.5,-1]},{\"values\":[2,0.25]}]}";

    @EachOwnClient
    void theModelList(Client client) {
        try (Scene scene = Scene.of(client)) {
            assertThat(called(scene, "models").path("models").toString()).contains("gpt");
        }
    }

    @EachOwnClient
    void oneModel(Client client) {
        try (Scene scene = Scene.of(client)) {
            JsonNode model = called(scene, "model").path("model");
            assertThat(model.isObject()).isTrue();
            if (client != Client.OLLAMA) {
                // Ollama's says what it can, and not what it is called.
                assertThat(model.toString()).contains("\"gpt\"");
            }
            scene.told(scene.call("model", "\"model\":\"none\"")).raised(Raised.NOT_FOUND, "does not exist");
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"GENAI_NODE", "GENAI_JAVA"})
    void tokensCounted(Client client) {
        // Gemini counts itself; for others it is an estimate, and they are not asked.
        for (Provider provider : new Provider[] {Provider.GEMINI, Provider.OPENAI}) {
            try (Scene scene = Scene.before(provider, client).answer(Script.json(200, "{\"totalTokens\":7}"))) {
                assertThat(called(scene, "count").path("tokens").asInt()).isBetween(1, 20);
            }
        }
    }

    @EachOwnClient
    void embeddingsOfItsProvider(Client client) {
        embeddings(
                client,
                client.provider(),
                switch (client) {
                    case COHERE ->
                        "{\"id\":\"e1\",\"embeddings\":{\"float\":[[0.5,-1],[2,0.25]]},\"texts\":[\"one\",\"two\"],"
                                + "\"meta\":{\"billed_units\":{\"input_tokens\":2}}}";
                    case MISTRAL -> "{\"id\":\"e1\"," + OPENAI.substring(1);
                    case OLLAMA -> "{\"model\":\"m\",\"embeddings\":[[0.5,-1],[2,0.25]],\"prompt_eval_count\":2}";
                    default -> GEMINI;
                });
    }

    /** OpenAI's are passed on as they came, without the id that Mistral's client wants. */
    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"GENAI_NODE", "GENAI_JAVA", "COHERE", "OLLAMA"})
    void embeddingsOfOpenAi(Client client) {
        embeddings(client, Provider.OPENAI, OPENAI);
    }

    @EachOwnClient
    void embeddingsOfGemini(Client client) {
        embeddings(client, Provider.GEMINI, GEMINI);
    }

    private static void embeddings(Client client, Provider provider, String body) {
        try (Scene scene = Scene.before(provider, client).answer(Script.json(200, body))) {
            JsonNode vectors =
                    called(scene, "embed", "\"inputs\":[\"one\",\"two\"]").path("vectors");
            assertThat(vectors).hasSize(2);
            assertThat(vectors.at("/0/0").asDouble()).isEqualTo(0.5);
            assertThat(vectors.at("/0/1").asDouble()).isEqualTo(-1);
            assertThat(vectors.at("/1/1").asDouble()).isEqualTo(0.25);
            assertThat(scene.sent().toString()).contains("one", "two");
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = "OLLAMA")
    void aPrompt(Client client) {
        for (Provider provider : new Provider[] {Provider.OPENAI, Provider.ANTHROPIC}) {
            try (Scene scene =
                    Scene.before(provider, client).reply("plain text").reply("plain text")) {
                JsonNode told = called(scene, "generate");
                assertThat(told.at("/whole/response").asString()).isEqualTo("Hello there.");
                assertThat(told.path("texts").toString()).contains("Hello", " there");
            }
        }
    }

    private static JsonNode called(Scene scene, String operation, String... members) {
        Told told = scene.told(scene.call(operation, members));
        told.completion();
        return told.json();
    }
}
