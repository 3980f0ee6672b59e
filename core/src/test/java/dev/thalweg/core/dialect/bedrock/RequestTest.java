package dev.thalweg.core.dialect.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.core.catalog.Providers;
import dev.thalweg.core.dialect.RequestProblem;
import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.Message;
import dev.thalweg.model.Part;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.ReasoningBlock;
import dev.thalweg.model.ReasoningOptions;
import dev.thalweg.model.ResponseFormat;
import dev.thalweg.model.ToolCall;
import dev.thalweg.model.ToolChoice;
import dev.thalweg.model.ToolSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RequestTest {
    private static final BedrockDialect DIALECT = new BedrockDialect();
    private static final String CLAUDE = "us.anthropic.claude-3-7-sonnet-20250219-v1:0";
    private static final String NEW_CLAUDE = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";

    @Test
    void whatIsReadIsWrittenAgain() {
        Warnings warnings = new Warnings();
        JsonNode written = write(read(Fixtures.REQUEST), NEW_CLAUDE, warnings);
        JsonNode sent = JsonMapper.shared().readTree(Fixtures.REQUEST);
        assertThat(warnings.all()).isEmpty();
        for (String same :
                List.of("system", "outputConfig", "guardrailConfig", "performanceConfig", "requestMetadata")) {
            assertThat(written.path(same)).as(same).isEqualTo(sent.path(same));
        }
        assertThat(written.path("toolConfig").path("tools"))
                .isEqualTo(sent.path("toolConfig").path("tools"));
        assertThat(written.path("inferenceConfig").toString())
                .isEqualTo("{\"maxTokens\":9000,\"topP\":0.97,\"stopSequences\":[\"END\"]}");
        assertThat(written.path("additionalModelRequestFields")).isEqualTo(sent.path("additionalModelRequestFields"));
        assertThat(written.path("messages").path(0))
                .isEqualTo(sent.path("messages").path(0));
        assertThat(written.path("messages").path(1))
                .isEqualTo(sent.path("messages").path(1));
        assertThat(written.path("messages").path(2).toString())
                .isEqualTo(
                        "{\"role\":\"user\",\"content\":[{\"toolResult\":{\"toolUseId\":\"t1\",\"content\":[{\"text\":"
                                + "\"{\\\"degrees\\\":4}\"},{\"text\":\"rain\"}],\"status\":\"error\"}},{\"text\":\"And?\"}]}");
    }

    @Test
    void theVocabularyHasAllOfIt() {
        ChatRequest request = read(Fixtures.REQUEST);
        assertThat(request.maxOutputTokens()).hasValue(9_000);
        assertThat(request.reasoning().orElseThrow().budget()).hasValue(2_000);
        assertThat(request.stop()).containsExactly("END");
        assertThat(request.tools().get(0).strict()).hasValue(true);
        assertThat(request.tools().get(0).extra()).containsKey("cache_control");
        assertThat(request.tools().get(1).dialect()).hasValue("bedrock");
        assertThat(request.responseFormat().orElseThrow().schema()).hasValue(new RawJson("{\"type\":\"object\"}"));
        assertThat(request.messages())
                .extracting(Message::role)
                .containsExactly("system", "user", "assistant", "tool", "user");
        List<Part> user = request.messages().get(1).parts();
        assertThat(user.get(0).extra().get("cache_control"))
                .isEqualTo(new RawJson("{\"type\":\"ephemeral\",\"ttl\":\"1h\"}"));
        assertThat(((Part.Image) user.get(1)).source()).isEqualTo(Part.Source.base64("image/png", "QUJD"));
        assertThat(((Part.Image) user.get(2)).source()).isEqualTo(Part.Source.url("s3://b/k.jpg"));
        assertThat(((Part.File) user.get(3)).source()).isEqualTo(Part.Source.base64("application/pdf", "REVG"));
        assertThat(user.get(4)).isInstanceOf(Part.Native.class);
        assertThat(((Part.Reasoning) request.messages().get(2).parts().get(0)).block())
                .isEqualTo(ReasoningBlock.of("Hm.", "Sg+/==").withDialect("bedrock"));
        assertThat(request.extra())
                .containsEntry("additionalModelRequestFields", new RawJson("{\"anthropic_beta\":[\"x\"]}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | invalid_json",
                "{\"messages\":[]} | invalid_parameter_value",
                "{\"messages\":[{\"role\":\"tool\",\"content\":[]}]} | invalid_parameter_value",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]} | invalid_parameter_type",
                "{\"messages\":[{\"role\":\"user\",\"content\":[{\"image\":{}}]}]} | missing_parameter",
                "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"\"}]}],\"api_key\":\"x\"} | forbidden_parameter",
                "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"\"}]}],\"toolConfig\":{\"tools\":[{\"toolSpec\":{\"name\":\"n\"}}]}} | missing_parameter",
            })
    void whatIsNoRequestIsRefused(String body, String code) {
        assertThatThrownBy(() -> read(body))
                .isInstanceOfSatisfying(
                        RequestProblem.class,
                        problem -> assertThat(problem.code()).isEqualTo(code));
    }

    @Test
    void whatConverseCannotSayIsWarnedOf() {
        Warnings warnings = new Warnings();
        ChatRequest request = ChatRequest.builder("m")
                .message(Message.user(new Part.Text("See"), new Part.Image("https://e.org/x.png")))
                .seed(1)
                .choices(2)
                .temperature(1.7)
                .endUser("u")
                .parallelToolCalls(false)
                .build();
        JsonNode written = write(request, "meta.llama3-1-8b-instruct-v1:0", warnings);
        assertThat(written.toString())
                .isEqualTo("{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"See\"}]}],"
                        + "\"inferenceConfig\":{\"temperature\":1.0}}");
        assertThat(String.join("\n", warnings.all()))
                .contains("image", "seed", "'n'", "temperature", "user", "parallel");
    }

    @Test
    void aModelsOwnWordsAreItsOwn() {
        ChatRequest thinks = ChatRequest.builder("m")
                .user("Hi")
                .topK(5)
                .reasoning(ReasoningOptions.effort("high"))
                .build();
        assertThat(additional(thinks, "openai.gpt-oss-120b-1:0"))
                .isEqualTo("{\"reasoning_effort\":\"high\",\"top_k\":5}");
        assertThat(additional(thinks, "us.amazon.nova-2-lite-v1:0"))
                .isEqualTo("{\"reasoningConfig\":{\"type\":\"enabled\",\"maxReasoningEffort\":\"high\"},"
                        + "\"inferenceConfig\":{\"topK\":5}}");
        assertThat(additional(thinks, CLAUDE))
                .isEqualTo("{\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":16384}}"
                        .replace("16384", additionalBudget(thinks)));
        ChatRequest forbidden = ChatRequest.builder("m")
                .user("Hi")
                .tool(ToolSpec.of("n", "d"))
                .toolChoice(ToolChoice.NONE)
                .build();
        assertThat(additional(forbidden, CLAUDE)).isEqualTo("{\"tool_choice\":{\"type\":\"none\"}}");
        assertThat(write(forbidden, "amazon.nova-pro-v1:0", new Warnings()).has("toolConfig"))
                .isFalse();
    }

    @Test
    void aConversationWithCallsHasTools() {
        ChatRequest request = ChatRequest.builder("m")
                .user("Hi")
                .message(Message.assistant("", List.of(ToolCall.of("a.b", "n", "{}"))))
                .message(Message.tool("a.b", "r"))
                .build();
        JsonNode written = write(request, CLAUDE, new Warnings());
        assertThat(written.path("toolConfig")
                        .path("tools")
                        .path(0)
                        .path("toolSpec")
                        .path("name")
                        .asString())
                .isEqualTo("n");
        assertThat(written.findValuesAsString("toolUseId")).containsExactly("a_b", "a_b");
    }

    @Test
    void aSchemaIsBindingWhereTheModelTakesOneElseAnInstruction() {
        ChatRequest request = ChatRequest.builder("m")
                .user("Hi")
                .responseFormat(ResponseFormat.schema("n", new RawJson("{\"type\":\"object\"}")))
                .build();
        assertThat(write(request, NEW_CLAUDE, new Warnings())
                        .findValue("schema")
                        .asString())
                .isEqualTo("{\"type\":\"object\"}");
        Warnings warnings = new Warnings();
        JsonNode told = write(request, CLAUDE, warnings);
        assertThat(told.has("outputConfig")).isFalse();
        assertThat(told.path("system").toString()).contains("JSON schema");
        assertThat(warnings.all()).hasSize(1);
    }

    @Test
    void reasoningOfOthersDoesNotGoToBedrock() {
        Warnings warnings = new Warnings();
        ChatRequest request = ChatRequest.builder("m")
                .user("Hi")
                .message(Message.of(
                        "assistant",
                        List.of(
                                new Part.Reasoning(ReasoningBlock.of("a", "s").withDialect("anthropic")),
                                new Part.Reasoning(
                                        ReasoningBlock.redacted("QUI=").withDialect("bedrock")),
                                new Part.Text("Hello"))))
                .message(Message.user("And?").withExtra(Map.of()))
                .build();
        assertThat(write(request, CLAUDE, warnings)
                        .path("messages")
                        .path(1)
                        .path("content")
                        .toString())
                .isEqualTo("[{\"reasoningContent\":{\"redactedContent\":\"QUI=\"}},{\"text\":\"Hello\"}]");
        assertThat(warnings.all()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "us.anthropic.claude-sonnet-4-5-20250929-v1:0, /model/us.anthropic.claude-sonnet-4-5-20250929-v1%3A0/converse",
        "arn:aws:bedrock:us-east-1:1:inference-profile/x, /model/arn%3Aaws%3Abedrock%3Aus-east-1%3A1%3Ainference-profile%2Fx/converse",
        "a~b_c é, /model/a~b_c%20%C3%A9/converse"
    })
    void theModelIsEncodedInThePath(String model, String path) {
        assertThat(DIALECT.path(model, false)).isEqualTo(path);
        assertThat(DIALECT.path(model, true)).isEqualTo(path + "-stream");
    }

    private static String additionalBudget(ChatRequest request) {
        return write(request, CLAUDE, new Warnings()).findValue("budget_tokens").toString();
    }

    private static String additional(ChatRequest request, String model) {
        return write(request, model, new Warnings())
                .path("additionalModelRequestFields")
                .toString();
    }

    private static JsonNode write(ChatRequest request, String model, Warnings warnings) {
        return JsonMapper.shared()
                .readTree(
                        DIALECT.writeRequest(request, Providers.find("bedrock").orElseThrow(), model, false, warnings));
    }

    private static ChatRequest read(String body) {
        byte[] bytes = ("xx" + body + "yy").getBytes(UTF_8);
        return DIALECT.readRequest(bytes, 2, bytes.length - 4);
    }
}
