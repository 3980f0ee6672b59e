package dev.thalweg.gateway.chat;

import static dev.thalweg.gateway.chat.Chats.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.gateway.TestGateway;
import dev.thalweg.testkit.RawClient;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptedUpstream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What an operator sets by default, in OpenAI's words, reaches every upstream in its own; and callers win. */
class DefaultsTest {
    private static final String SET = "temperature: 0.5, top_p: 0.25, max_tokens: 7, stop: END";

    private static JsonNode asked(String model, String path, String body) {
        try (var upstream = ScriptedUpstream.start().always(Script.status(500).build());
                var gateway = TestGateway.of("""
                        model_list:
                          - model_name: m
                            litellm_params: {model: %s, api_base: "%s", api_key: k, aws_region_name: eu-west-1, %s}
                        thalweg_settings: {num_retries: 0}
                        """.formatted(model, upstream.url(), SET));
                RawClient client = gateway.connect()) {
            client.timeout(Chats.SOON);
            client.post(path, Map.of("Content-Type", "application/json"), body);
            client.readHead();
            ObjectNode asked =
                    (ObjectNode) json(upstream.takeRequest(Chats.SOON).bodyText());
            return asked.remove(
                    List.of("model", "stream", "messages", "contents", "input", "prompt", "store", "include"));
        }
    }

    private static String body(String path, String more) {
        String model = "{\"model\":\"m\"," + more;
        return switch (path) {
            case "/v1/responses" -> model + "\"input\":\"Hi\"}";
            case "/v1/completions" -> model + "\"prompt\":\"Hi\"}";
            case "/v1beta/models/m:generateContent" -> "{" + more + "\"contents\":[{\"parts\":[{\"text\":\"Hi\"}]}]}";
            case "/model/m/converse" ->
                "{" + more + "\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"Hi\"}]}]}";
            default -> model + "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "cohere/x | /v2/chat " + "| {'temperature':0.5,'p':0.25,'max_tokens':7,'stop_sequences':['END']}",
                "cohere/x | /v1/chat/completions "
                        + "| {'temperature':0.5,'p':0.25,'max_tokens':7,'stop_sequences':['END']}",
                "anthropic/x | /v1/messages "
                        + "| {'temperature':0.5,'top_p':0.25,'max_tokens':7,'stop_sequences':['END']}",
                "anthropic/x | /v1/chat/completions "
                        + "| {'temperature':0.5,'top_p':0.25,'max_tokens':7,'stop_sequences':['END']}",
                "bedrock/invoke/x | /v1/messages "
                        + "| {'temperature':0.5,'top_p':0.25,'max_tokens':7,'stop_sequences':['END'],'anthropic_version':'bedrock-2023-05-31'}",
                "bedrock/invoke/x | /v1/chat/completions "
                        + "| {'temperature':0.5,'top_p':0.25,'max_tokens':7,'stop_sequences':['END'],'anthropic_version':'bedrock-2023-05-31'}",
                "openai/responses/x | /v1/responses "
                        + "| {'temperature':0.5,'top_p':0.25,'max_output_tokens':7,'stop':'END'}",
                "openai/responses/x | /v1/chat/completions "
                        + "| {'temperature':0.5,'top_p':0.25,'max_output_tokens':7,'stop':'END'}",
                "gemini/x | /v1beta/models/m:generateContent "
                        + "| {'generationConfig':{'temperature':0.5,'topP':0.25,'maxOutputTokens':7,'stopSequences':['END']}}",
                "gemini/x | /v1/chat/completions "
                        + "| {'generationConfig':{'temperature':0.5,'topP':0.25,'maxOutputTokens':7,'stopSequences':['END']}}",
                "bedrock/x | /model/m/converse "
                        + "| {'inferenceConfig':{'temperature':0.5,'topP':0.25,'maxTokens':7,'stopSequences':['END']}}",
                "bedrock/x | /v1/chat/completions "
                        + "| {'inferenceConfig':{'temperature':0.5,'topP':0.25,'maxTokens':7,'stopSequences':['END']}}",
                "ollama/x, dialects: [ollama] | /api/chat "
                        + "| {'options':{'temperature':0.5,'top_p':0.25,'num_predict':7,'stop':['END']}}",
                "ollama/x, dialects: [ollama] | /v1/chat/completions "
                        + "| {'options':{'temperature':0.5,'top_p':0.25,'num_predict':7,'stop':['END']}}",
                "openai/x | /v1/chat/completions " + "| {'temperature':0.5,'top_p':0.25,'max_tokens':7,'stop':'END'}",
                "groq/x | /v1/messages " + "| {'temperature':0.5,'top_p':0.25,'max_tokens':7,'stop':'END'}"
            })
    void callersOfTheSameProtocolAndOfAnotherGetThem(String model, String path, String expected) {
        assertThat(asked(model, path, body(path, ""))).isEqualTo(json(expected.replace('\'', '"')));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "cohere/x | /v2/chat | 'p':0.75,'max_tokens':5, | /p | /max_tokens",
                "cohere/x | /v1/chat/completions | 'top_p':0.75,'max_tokens':5, | /p | /max_tokens",
                "anthropic/x | /v1/chat/completions | 'top_p':0.75,'max_tokens':5, | /top_p | /max_tokens",
                "openai/o3 | /v1/messages | 'top_p':0.75,'max_tokens':5, | /top_p | /max_completion_tokens",
                "gemini/x | /v1beta/models/m:generateContent | 'generationConfig':{'topP':0.75,'maxOutputTokens':5}, "
                        + "| /generationConfig/topP | /generationConfig/maxOutputTokens",
                "ollama/x | /api/chat | 'options':{'top_p':0.75,'num_predict':5}, | /options/top_p | /options/num_predict"
            })
    void callersWin(String model, String path, String said, String share, String limit) {
        JsonNode asked = asked(model, path, body(path, said.replace('\'', '"')));
        assertThat(asked.at(share).asDouble()).isEqualTo(0.75);
        assertThat(asked.at(limit).asInt()).isEqualTo(5);
        assertThat(asked.toString()).doesNotContain("0.25").doesNotContain(":7");
    }
}
