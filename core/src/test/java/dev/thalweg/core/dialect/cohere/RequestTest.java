package dev.thalweg.core.dialect.cohere;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.core.catalog.Provider;
import dev.thalweg.core.catalog.Providers;
import dev.thalweg.core.dialect.RequestProblem;
import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.Message;
import dev.thalweg.model.Part;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.ReasoningBlock;
import dev.thalweg.model.ReasoningOptions;
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
    private static final Provider COHERE = Providers.find("cohere").orElseThrow();
    private static final String REQUIRED = "{\"type\":\"object\",\"required\":[\"x\"]}";

    private final Warnings warnings = new Warnings();

    @Test
    void aRequestOfThisProtocolComesOutTheSame() {
        JsonNode written = write(read(Fixtures.REQUEST), "command-a-plus", true);
        assertThat(warnings.all()).isEmpty();
        assertThat(written).isEqualTo(tree(Fixtures.REQUEST));
    }

    @Test
    void anOrdinaryRequest() {
        assertThat(write(ChatRequest.of("m", "Hi"))).isEqualTo(tree("""
                        {"model":"command-x","messages":[{"role":"user","content":"Hi"}]}"""));
    }

    @Test
    void aDocumentOfAToolIsItsData() {
        ChatRequest request = read("""
                {"model":"m","messages":[{"role":"user","content":"Hi"},
                 {"role":"assistant","tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"null"}}]},
                 {"role":"tool","tool_call_id":"c","content":[{"type":"document","document":{"id":"1","data":{"a": 1}}},
                  {"type":"document","document":{"data":"{\\"b\\":2}"}},{"type":"text","text":"t"}]}]}""");
        Part.ToolResult result =
                (Part.ToolResult) request.messages().get(2).parts().get(0);
        assertThat(result.text()).isEqualTo("{\"a\": 1}{\"b\":2}t");
        assertThat(request.messages().get(1).toolCalls()).containsExactly(ToolCall.of("c", "f", "{}"));
        assertThat(write(request).at("/messages/2/content").asString()).isEqualTo("{\"a\": 1}\n{\"b\":2}\nt");
        assertThat(warnings.all()).containsExactly("'content[].id' was left out: cohere has no counterpart for it");
    }

    @Test
    void proofsOfOthersComeBackAsTheirs() {
        ChatRequest request = read("""
                {"model":"m","messages":[{"role":"assistant","content":[
                  {"type":"thinking","thinking":"R","signature":"thalweg.anthropic.s"},
                  {"type":"thinking","thinking":"","data":"thalweg.responses.d"}]}]}""");
        assertThat(request.messages().get(0).parts())
                .containsExactly(
                        new Part.Reasoning(ReasoningBlock.of("R", "s").withDialect("anthropic")),
                        new Part.Reasoning(ReasoningBlock.redacted("d").withDialect("responses")));
    }

    @Test
    void thinkingBeforeCallsIsAPlanAndElseABlock() {
        JsonNode written = write(request(
                Message.of(
                        "assistant",
                        List.of(
                                new Part.Reasoning(ReasoningBlock.of("a", "s").withDialect("anthropic")),
                                new Part.Text("A"),
                                new Part.Call(ToolCall.of("c", "f", "")))),
                Message.tool("c", "broken", true),
                Message.of("assistant", List.of(new Part.Text(""), new Part.Call(ToolCall.of("d", "f", "{}")))),
                Message.of(
                        "assistant",
                        List.of(
                                new Part.Reasoning(ReasoningBlock.of("b", null)),
                                new Part.Reasoning(ReasoningBlock.redacted("e")),
                                new Part.Text("B")))));
        assertThat(written.path("messages")).isEqualTo(tree("""
                        [{"role":"assistant","content":"A","tool_plan":"a","tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{}"}}]},
                         {"role":"tool","tool_call_id":"c","content":"Error: broken"},
                         {"role":"assistant","tool_calls":[{"id":"d","type":"function","function":{"name":"f","arguments":"{}"}}]},
                         {"role":"assistant","content":[{"type":"thinking","thinking":"b"},{"type":"text","text":"B"}]}]"""));
        assertThat(warnings.all())
                .containsExactly(
                        "the signature of earlier reasoning was left out: cohere has no counterpart for it",
                        "encrypted reasoning was left out: cohere cannot read it");
    }

    @Test
    void whatHasNoPlaceIsSaid() {
        ChatRequest request = ChatRequest.builder("m")
                .message(Message.of("developer", List.of(new Part.Text("Be brief."))))
                .message(Message.user(
                        new Part.Text("Hi"),
                        new Part.Sound(Part.Source.base64("audio/wav", "AA=="), "wav", Map.of()),
                        new Part.File(Part.Source.base64("application/pdf", "AA=="), "a.pdf", Map.of()),
                        new Part.File(Part.Source.base64("text/plain", "R3LDvMOfZQ=="), "a.txt", Map.of())))
                .tool(ToolSpec.nativeTo("responses", "search", new RawJson("{}")))
                .toolChoice(ToolChoice.REQUIRED)
                .topP(1)
                .topK(900)
                .frequencyPenalty(-1)
                .logprobs(2)
                .choices(2)
                .endUser("u")
                .parallelToolCalls(false)
                .build();
        JsonNode written = write(request);
        assertThat(written).isEqualTo(tree("""
                        {"model":"command-x","messages":[{"role":"system","content":"Be brief."},
                         {"role":"user","content":[{"type":"text","text":"Hi"},{"type":"text","text":"a.txt:\\nGrüße"}]}],
                         "p":0.99,"k":500,"frequency_penalty":0.0,"logprobs":true}"""));
        assertThat(warnings.all())
                .containsExactly(
                        "sound was left out of a message: cohere has no place for it",
                        "a file was left out of a message: cohere has no place for it",
                        "the tool 'search' was left out: only responses has it",
                        "'tool_choice' was left out: there is no such tool",
                        "'top_p' was set to 0.99: cohere takes 0.01 to 0.99",
                        "'top_k' was lowered to 500, the most that cohere takes",
                        "'frequency_penalty' was set to 0.0: cohere takes 0.0 to 1.0",
                        "'top_logprobs' was left out: cohere has no counterpart for it",
                        "'n' was left out: cohere has no counterpart for it",
                        "'user' was left out: cohere has no counterpart for it",
                        "'parallel_tool_calls' was left out: cohere has no counterpart for it");
    }

    @Test
    void aToolThatIsNamedIsTheOnlyOne() {
        JsonNode written = write(ChatRequest.builder("m")
                .user("Hi")
                .tool(ToolSpec.of("a", "", REQUIRED))
                .tool(ToolSpec.of("b", "", REQUIRED))
                .toolChoice(ToolChoice.named("b"))
                .build());
        assertThat(written.path("tool_choice").asString()).isEqualTo("REQUIRED");
        assertThat(written.at("/tools/0/function/name").asString()).isEqualTo("b");
        assertThat(written.path("tools")).hasSize(1);
    }

    @Test
    void toolsAreBoundToTheirSchemasWhereAllCanBe() {
        ToolSpec bound = ToolSpec.of("a", "", REQUIRED).withStrict(true);
        assertThat(write(with(bound)).path("strict_tools").asBoolean()).isTrue();
        assertThat(warnings.isEmpty()).isTrue();
        assertThat(write(with(bound, ToolSpec.of("b", "").withStrict(true))).has("strict_tools"))
                .isFalse();
        assertThat(write(with(bound, ToolSpec.of("b", "", REQUIRED))).has("strict_tools"))
                .isFalse();
        assertThat(warnings.all()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "command-a-reasoning-08-2025, low, '{\"type\":\"enabled\",\"token_budget\":2048}'",
        "command-a-reasoning-08-2025, high, '{\"type\":\"enabled\"}'",
        "command-a-reasoning-08-2025, none, '{\"type\":\"disabled\"}'",
        "command-a-plus-05-2026, medium, '{\"type\":\"enabled\",\"token_budget\":8192}'",
        "command-a-03-2025, high, ''",
        "command-r-plus-08-2024, high, ''",
        "command-r7b-12-2024, none, ''",
    })
    void howMuchToThink(String model, String effort, String thinking) {
        ChatRequest request = ChatRequest.builder("m")
                .user("Hi")
                .reasoning(ReasoningOptions.adaptive().withEffort(effort))
                .build();
        JsonNode written = write(request, model, false);
        assertThat(written.has("thinking") ? written.path("thinking").toString() : "")
                .isEqualTo(thinking);
        assertThat(warnings.isEmpty()).isEqualTo(!thinking.isEmpty() || effort.equals("none"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | invalid_json |",
                "{\"messages\":[]} | missing_parameter | model",
                "{\"model\":\"m\"} | missing_parameter | messages",
                "{\"model\":\"m\",\"messages\":[]} | invalid_parameter_value | messages",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"x\"}]} | invalid_parameter_value | messages[0].role",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\"}]} | missing_parameter | messages[0].content",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"tool\",\"content\":\"\"}]} | missing_parameter | messages[0].tool_call_id",
                "{\"model\":\"m\",\"api_base\":\"x\",\"messages\":[]} | forbidden_parameter | api_base",
                "{\"model\":\"m\",\"tool_choice\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"\"}]} "
                        + "| invalid_parameter_value | tool_choice",
                "{\"model\":\"m\",\"seed\":1.5,\"messages\":[{\"role\":\"user\",\"content\":\"\"}]} "
                        + "| invalid_parameter_type | seed",
            })
    void mistakesAreNamed(String body, String code, String param) {
        assertThatThrownBy(() -> read(body)).isInstanceOfSatisfying(RequestProblem.class, problem -> {
            assertThat(problem.code()).isEqualTo(code);
            assertThat(problem.param()).isEqualTo(param);
        });
    }

    private static ChatRequest read(String json) {
        byte[] body = Fixtures.bytes("xx" + json + "yy");
        return new CohereDialect().readRequest(body, 2, body.length - 4);
    }

    private static ChatRequest request(Message... messages) {
        return ChatRequest.builder("m").messages(List.of(messages)).build();
    }

    private static ChatRequest with(ToolSpec... tools) {
        ChatRequest.Builder request = ChatRequest.builder("m").user("Hi");
        List.of(tools).forEach(request::tool);
        return request.build();
    }

    private JsonNode write(ChatRequest request) {
        return write(request, "command-x", false);
    }

    private JsonNode write(ChatRequest request, String model, boolean stream) {
        return JsonMapper.shared().readTree(new CohereDialect().writeRequest(request, COHERE, model, stream, warnings));
    }

    private static JsonNode tree(String json) {
        return JsonMapper.shared().readTree(json);
    }
}
