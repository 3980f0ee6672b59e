package dev.thalweg.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.testkit.RawClient;
import dev.thalweg.testkit.RecordedRequest;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptedUpstream;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The providers' readers refuse what real providers refuse. */
class ReceivedTest {
    private static final Map<String, String> ANTHROPIC = Map.of("x-api-key", "k", "anthropic-version", "2023-06-01");

    private static RecordedRequest sent(String path, Map<String, String> headers, String body) {
        try (var server = ScriptedUpstream.start().always(Script.json(200, "{}"));
                var client = RawClient.connect(server.port())) {
            client.post(path, headers, body).readHead();
            return server.takeRequest(Duration.ofSeconds(5));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"model\",\"content\":\"a\"}]}",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":\"a\"}]}]}",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"tool\",\"content\":\"a\"}]}",
                "{\"model\":\"m\",\"messages\":[],\"tools\":[{\"name\":\"a\",\"input_schema\":{}}]}"
            })
    void chatCompletionsRefuse(String body) {
        RecordedRequest request = sent("/v1/chat/completions", Map.of(), body);
        assertThatThrownBy(() -> new OpenAiUpstream().received(request)).isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"model\":\"m\"}",
                "{\"model\":\"m\",\"input\":\"a\",\"stop\":[\"END\"]}",
                "{\"model\":\"m\",\"input\":[{\"role\":\"tool\",\"content\":\"a\"}]}",
                "{\"model\":\"m\",\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a\"}]}]}",
                "{\"model\":\"m\",\"input\":[{\"type\":\"reasoning\",\"summary\":[],\"encrypted_content\":\"e\"}]}"
            })
    void responsesRefuse(String body) {
        RecordedRequest request = sent("/v1/responses", Map.of(), body);
        assertThatThrownBy(() -> new ResponsesUpstream().received(request)).isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}",
                "{\"model\":\"m\",\"max_tokens\":9,\"messages\":[{\"role\":\"system\",\"content\":\"a\"}]}",
                "{\"model\":\"m\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\" \"}]}",
                "{\"model\":\"m\",\"max_tokens\":9,\"seed\":1,\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}",
                "{\"model\":\"m\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\","
                        + "\"text\":\"a\"},{\"type\":\"tool_result\",\"tool_use_id\":\"b\",\"content\":\"c\"}]}]}",
                "{\"model\":\"m\",\"max_tokens\":1024,\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":1024},"
                        + "\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}"
            })
    void messagesRefuse(String body) {
        RecordedRequest request = sent("/v1/messages", ANTHROPIC, body);
        assertThatThrownBy(() -> new AnthropicUpstream().received(request)).isInstanceOf(Malformed.class);
    }

    @Test
    void messagesNeedTheirVersionAndTheirPath() {
        String body = "{\"model\":\"m\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}";
        RecordedRequest right = sent("/v1/messages?beta=true", ANTHROPIC, body);
        assertThat(new AnthropicUpstream().received(right).maxTokens).isEqualTo(9);
        RecordedRequest old = sent("/v1/messages", Map.of("x-api-key", "k"), body);
        assertThatThrownBy(() -> new AnthropicUpstream().received(old)).hasMessageContaining("anthropic-version");
        RecordedRequest elsewhere = sent("/v1/complete", ANTHROPIC, body);
        assertThatThrownBy(() -> new AnthropicUpstream().received(elsewhere))
                .hasMessageContaining("a POST of messages");
    }
}
