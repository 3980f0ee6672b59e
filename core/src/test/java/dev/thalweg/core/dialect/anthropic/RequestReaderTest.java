package dev.thalweg.core.dialect.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.thalweg.core.dialect.RequestProblem;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.Message;
import dev.thalweg.model.Part;
import dev.thalweg.model.ReasoningBlock;
import dev.thalweg.model.ToolChoice;
import dev.thalweg.model.ToolSpec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestReaderTest {
    private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";

    @Test
    void messages() {
        List<Message> messages = read(Fixtures.REQUEST).messages();
        assertThat(messages)
                .extracting(Message::role)
                .containsExactly("system", "user", "assistant", "tool", "tool", "user");
        assertThat(messages.get(0).parts().get(0).extra()).containsKey("cache_control");
        List<Part> shown = messages.get(1).parts();
        assertThat(((Part.Image) shown.get(1)).source()).isEqualTo(Part.Source.base64("image/png", "iVBORw=="));
        assertThat(((Part.Image) shown.get(2)).source()).isEqualTo(Part.Source.url("https://e.org/a.png"));
        assertThat(((Part.File) shown.get(3)).name()).isEqualTo("A");
        assertThat(((Part.File) shown.get(4)).source().mediaType()).isEqualTo("text/plain");
        assertThat(((Part.File) shown.get(5)).source()).isEqualTo(Part.Source.file("file_1"));
        List<Part> said = messages.get(2).parts();
        assertThat(((Part.Reasoning) said.get(0)).block())
                .isEqualTo(ReasoningBlock.of("Hm.", "Sg+/==").withDialect("anthropic"));
        assertThat(((Part.Reasoning) said.get(1)).block())
                .isEqualTo(ReasoningBlock.redacted("Rd==").withDialect("anthropic"));
        assertThat(said.get(2)).isInstanceOf(Part.Native.class);
        assertThat(messages.get(2).toolCalls().get(0).arguments()).isEqualTo("{\"city\":\"Paris\",\"n\":1.50}");
        Part.ToolResult broken = (Part.ToolResult) messages.get(4).parts().get(0);
        assertThat(broken.error()).isTrue();
        assertThat(broken.content()).hasSize(2);
        assertThat(messages.get(5).content()).isEqualTo("Well?");
    }

    @Test
    void settings() {
        ChatRequest request = read(Fixtures.REQUEST);
        assertThat(request.model()).isEqualTo("claude-sonnet-4-5");
        assertThat(request.maxOutputTokens()).hasValue(9_000);
        assertThat(request.temperature()).hasValue(1.0);
        assertThat(request.stop()).containsExactly("END");
        assertThat(request.endUser()).hasValue("u1");
        assertThat(request.reasoning().orElseThrow().budget()).hasValue(2_000);
        assertThat(request.responseFormat().orElseThrow().schema()).isPresent();
        assertThat(request.toolChoice()).hasValue(ToolChoice.AUTO);
        assertThat(request.parallelToolCalls()).hasValue(false);
        assertThat(request.tools()).extracting(ToolSpec::name).containsExactly("weather", "now", "web_search");
        assertThat(request.tools().get(0).strict()).hasValue(true);
        assertThat(request.tools().get(2).dialect()).hasValue("anthropic");
        assertThat(request.extra()).containsOnlyKeys("service_tier", "context_management", "mcp_servers");
    }

    @Test
    void aRequestToCountTokensNeedsNoLimit() {
        assertThat(read("{\"model\":\"m\"," + MESSAGES + "}").maxOutputTokens()).isEmpty();
    }

    @Test
    void effortAndThinkingMeetInOneOption() {
        assertThat(with("\"thinking\":{\"type\":\"adaptive\"},\"output_config\":{\"effort\":\"high\"}")
                        .reasoning()
                        .orElseThrow()
                        .effort())
                .hasValue("high");
        assertThat(with("\"thinking\":{\"type\":\"disabled\"}")
                        .reasoning()
                        .orElseThrow()
                        .budget())
                .hasValue(0);
        assertThat(with("\"thinking\":{\"type\":\"adaptive\",\"display\":\"omitted\"}")
                        .extra())
                .containsKey("thinking");
    }

    @Test
    void signaturesThatTravelledThroughThisCallerKnowWhereTheyCameFrom() {
        ChatRequest request = read("""
                {"model":"m","messages":[{"role":"assistant","content":[
                 {"type":"thinking","thinking":"R","signature":"thalweg.responses.s"},{"type":"thinking","thinking":"U","signature":""}]}]}""");
        List<Part> parts = request.messages().get(0).parts();
        assertThat(((Part.Reasoning) parts.get(0)).block())
                .isEqualTo(ReasoningBlock.of("R", "s").withDialect("responses"));
        assertThat(((Part.Reasoning) parts.get(1)).block()).isEqualTo(ReasoningBlock.of("U", null));
    }

    @Test
    void nullsCountAsLeftOut() {
        ChatRequest request =
                with("\"system\":null,\"temperature\":null,\"tools\":null,\"tool_choice\":null,\"thinking\":null,"
                        + "\"metadata\":null,\"stop_sequences\":null,\"stream\":null,\"container\":null");
        assertThat(request.messages()).hasSize(1);
        assertThat(request.extra()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[1]|null|invalid_json",
                "{\"model\":\"m\"|null|invalid_json",
                "{\"model\":\"m\"}|messages|missing_parameter",
                "{\"model\":\"m\",\"messages\":[]}|messages|invalid_parameter_value",
                "{\"model\":\" \",\"messages\":[1]}|model|invalid_parameter_value",
                "{\"model\":7,\"messages\":[1]}|model|invalid_parameter_type",
                "{\"messages\":[1]}|model|missing_parameter",
                "{\"model\":\"m\",\"messages\":{}}|messages|invalid_parameter_type",
                "{\"model\":\"m\",\"messages\":[1]}|messages[0]|invalid_parameter_type",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"x\",\"content\":\"\"}]}|messages[0].role|invalid_parameter_value",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\"}]}|messages[0].content|missing_parameter",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":7}]}|messages[0].content|invalid_parameter_type",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\"}]}]}|messages[0].content[0].text|missing_parameter",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image\"}]}]}|messages[0].content[0].source|missing_parameter",
                "{\"model\":\"m\",\"model\":\"n\"}|model|duplicate_parameter",
                "{\"api_base\":\"x\"}|api_base|forbidden_parameter"
            })
    void whatIsWrongIsNamed(String body, String param, String code) {
        RequestProblem problem = problem(body);
        assertThat(String.valueOf(problem.param())).isEqualTo(param);
        assertThat(problem.code()).isEqualTo(code);
        assertThat(problem.text()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"max_tokens\":1.5|max_tokens",
                "\"max_tokens\":-1|max_tokens",
                "\"max_tokens\":99999999999|max_tokens",
                "\"temperature\":\"hot\"|temperature",
                "\"temperature\":1e999|temperature",
                "\"stream\":1|stream",
                "\"stop_sequences\":\"x\"|stop_sequences",
                "\"stop_sequences\":[1]|stop_sequences[0]",
                "\"system\":1|system",
                "\"tools\":[{}]|tools[0].name",
                "\"tools\":[{\"name\":\"n\"}]|tools[0].input_schema",
                "\"tools\":[{\"name\":\"n\",\"input_schema\":[]}]|tools[0].input_schema",
                "\"tool_choice\":{\"type\":\"x\"}|tool_choice.type",
                "\"tool_choice\":{\"type\":\"tool\"}|tool_choice.name",
                "\"tool_choice\":\"auto\"|tool_choice",
                "\"thinking\":{\"type\":\"x\"}|thinking.type",
                "\"output_config\":{\"format\":{\"type\":\"x\"}}|output_config.format",
                "\"metadata\":{\"user_id\":7}|metadata.user_id"
            })
    void fieldsHaveTheirTypes(String field, String param) {
        assertThat(problem("{\"model\":\"m\"," + MESSAGES + "," + field + "}").param())
                .isEqualTo(param);
    }

    @Test
    void aBodyThatIsTooDeepIsRefused() {
        String deep = "{\"model\":\"m\",\"x\":" + "[".repeat(200) + "]".repeat(200) + "," + MESSAGES + "}";
        assertThatThrownBy(() -> read(deep)).isInstanceOf(RequestProblem.class).hasMessageContaining("deeper");
    }

    @Test
    void aNumberNobodyCanPassOnIsRefused() {
        assertThat(problem("{\"model\":\"m\"," + MESSAGES + ",\"x\":" + "9".repeat(5_000) + "}")
                        .param())
                .isEqualTo("x");
    }

    private static RequestProblem problem(String body) {
        return catchThrowableOfType(RequestProblem.class, () -> read(body));
    }

    private static ChatRequest with(String fields) {
        return read("{\"model\":\"m\"," + MESSAGES + "," + fields + "}");
    }

    private static ChatRequest read(String body) {
        byte[] bytes = ("xx" + body + "yy").getBytes(StandardCharsets.UTF_8);
        return new AnthropicDialect().readRequest(bytes, 2, bytes.length - 4);
    }
}
