package dev.thalweg.core.dialect.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.core.catalog.Providers;
import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.Message;
import dev.thalweg.model.Part;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.ReasoningBlock;
import dev.thalweg.model.ToolCall;
import dev.thalweg.model.ToolChoice;
import dev.thalweg.model.ToolSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RequestWriterTest {
    private final Warnings warnings = new Warnings();

    @Test
    void aRequestOfThisProtocolComesOutTheSame() {
        byte[] body = Fixtures.bytes(Fixtures.REQUEST);
        ChatRequest request = new AnthropicDialect().readRequest(body, 0, body.length);
        JsonNode written = write(request, "claude-sonnet-4-5", true);
        assertThat(warnings.all()).isEmpty();
        assertThat(written).isEqualTo(tree(Fixtures.REQUEST));
    }

    @Test
    void anOrdinaryRequest() {
        JsonNode written = write(ChatRequest.of("m", "Hi"), "claude-opus-4-6", false);
        assertThat(written).isEqualTo(tree("""
                        {"model":"claude-opus-4-6","max_tokens":32000,"messages":[{"role":"user","content":[{"type":"text","text":"Hi"}]}]}"""));
    }

    @Test
    void theSystemsWordsStandApart() {
        JsonNode written = write(
                request(Message.system("A"), Message.user("Hi"), Message.of("developer", List.of(new Part.Text("B")))));
        assertThat(written.path("system"))
                .isEqualTo(tree("[{\"type\":\"text\",\"text\":\"A\"},{\"type\":\"text\",\"text\":\"B\"}]"));
        assertThat(written.path("messages")).hasSize(1);
        assertThat(warnings.all()).containsExactly("a later 'developer' message was moved to the beginning");
    }

    @Test
    void resultsBeginTheUsersTurn() {
        JsonNode written = write(request(
                Message.user("Hi"),
                Message.assistant(
                        "", List.of(ToolCall.of("functions.a:0", "a", ""), ToolCall.of("c2", "b", "{\"x\":1}"))),
                Message.user("And?"),
                Message.tool("functions.a:0", "one"),
                Message.tool("c2", "", true)));
        assertThat(written.path("messages")).isEqualTo(tree("""
                        [{"role":"user","content":[{"type":"text","text":"Hi"}]},
                         {"role":"assistant","content":[{"type":"tool_use","id":"functions_a_0","name":"a","input":{}},{"type":"tool_use","id":"c2","name":"b","input":{"x":1}}]},
                         {"role":"user","content":[{"type":"tool_result","tool_use_id":"functions_a_0","content":[{"type":"text","text":"one"}]},
                          {"type":"tool_result","tool_use_id":"c2","is_error":true},{"type":"text","text":"And?"}]}]"""));
        assertThat(warnings.all()).isEmpty();
    }

    @Test
    void onlyReasoningOfThisProtocolGoesBack() {
        JsonNode written = write(request(
                Message.user("Hi"),
                Message.of(
                        "assistant",
                        List.of(
                                new Part.Reasoning(ReasoningBlock.of("a", "s").withDialect("anthropic")),
                                new Part.Reasoning(ReasoningBlock.of("b", "s")),
                                new Part.Reasoning(ReasoningBlock.of("c", "s").withDialect("responses")),
                                new Part.Reasoning(ReasoningBlock.of("d", null)),
                                new Part.Reasoning(ReasoningBlock.redacted("e").withDialect("gemini")),
                                new Part.Text("A")))));
        assertThat(written.path("messages").path(1).path("content").findValuesAsString("thinking"))
                .containsExactly("a", "b");
        assertThat(warnings.all())
                .containsExactly("earlier reasoning was left out: it has no signature of anthropic's");
    }

    @Test
    void whatHasNoPlaceIsSaid() {
        ChatRequest request = ChatRequest.builder("m")
                .message(Message.user(
                        new Part.Text("Hi"),
                        new Part.Sound(Part.Source.base64("audio/wav", "AA=="), "wav", Map.of()),
                        new Part.Native("responses", new RawJson("{}")),
                        new Part.Image(Part.Source.url("u"), "high", Map.of())))
                .message(Message.assistant("", List.of(ToolCall.of("c", "f", "{broken"))))
                .message(Message.user("  "))
                .tool(ToolSpec.nativeTo("responses", "search", new RawJson("{}")))
                .toolChoice(ToolChoice.REQUIRED)
                .temperature(1.7)
                .seed(1)
                .frequencyPenalty(1)
                .presencePenalty(1)
                .logprobs(2)
                .choices(2)
                .stop(List.of(" "))
                .extra("logit_bias", "{\"1\":2}")
                .extra("service_tier", "\"flex\"")
                .extra("metadata", "{\"k\":\"v\"}")
                .extra("speed", "\"fast\"")
                .build();
        JsonNode written = write(request);
        assertThat(warnings.all())
                .containsExactlyInAnyOrder(
                        "sound was left out of a message: anthropic has no place for it",
                        "a part that only responses has was left out of a message: anthropic has no place for it",
                        "'image_url.detail' was left out: anthropic has no counterpart for it",
                        "the arguments of a call of 'f' are not a JSON object, and were left out",
                        "a message without content was left out",
                        "the tool 'search' was left out: only responses has it",
                        "'tool_choice' was left out: there are no tools",
                        "'temperature' was set to 1: anthropic takes 0 to 1",
                        "'seed' was left out: anthropic has no counterpart for it",
                        "'frequency_penalty' was left out: anthropic has no counterpart for it",
                        "'presence_penalty' was left out: anthropic has no counterpart for it",
                        "'logprobs' was left out: anthropic has no counterpart for it",
                        "'n' was left out: anthropic has no counterpart for it",
                        "a blank text was left out of 'stop': anthropic does not take one",
                        "'logit_bias' was left out: anthropic has no counterpart for it",
                        "'service_tier' was left out: anthropic has no counterpart for it",
                        "'metadata' was left out: anthropic has no counterpart for it");
        assertThat(written.propertyNames())
                .containsExactlyInAnyOrder("model", "max_tokens", "messages", "temperature", "speed");
    }

    @Test
    void toolsAndTheirChoice() {
        ChatRequest.Builder request = ChatRequest.builder("m")
                .user("Hi")
                .tool(ToolSpec.of("a", "", "{}").withStrict(false))
                .tool(ToolSpec.of("b", "B", "{\"properties\":{}}").withStrict(true))
                .tool(ToolSpec.nativeTo(
                        "anthropic", "bash", new RawJson("{\"type\":\"bash_20250124\",\"name\":\"bash\"}")));
        assertThat(write(request.build()).path("tools")).isEqualTo(tree("""
                        [{"name":"a","input_schema":{"type":"object"}},
                         {"name":"b","description":"B","input_schema":{"type":"object","properties":{}},"strict":true},
                         {"type":"bash_20250124","name":"bash"}]"""));
        assertThat(write(request.build()).has("tool_choice")).isFalse();
        assertThat(choice(request, ToolChoice.AUTO)).isEqualTo("{\"type\":\"auto\"}");
        assertThat(choice(request, ToolChoice.NONE)).isEqualTo("{\"type\":\"none\"}");
        assertThat(choice(request, ToolChoice.REQUIRED)).isEqualTo("{\"type\":\"any\"}");
        request.parallelToolCalls(false);
        assertThat(choice(request, ToolChoice.named("b")))
                .isEqualTo("{\"type\":\"tool\",\"name\":\"b\",\"disable_parallel_tool_use\":true}");
        assertThat(choice(request, ToolChoice.NONE)).isEqualTo("{\"type\":\"none\"}");
    }

    @Test
    void blocksThatTravelledThroughAnotherProtocolGoBack() {
        Message said = Message.assistant("Found.")
                .withExtra(Map.of(
                        "content_blocks",
                        new RawJson("[{\"type\":\"server_tool_use\"},7]"),
                        "name",
                        new RawJson("\"x\"")));
        JsonNode content = write(request(Message.user("Hi"), said))
                .path("messages")
                .path(1)
                .path("content");
        assertThat(content).isEqualTo(tree("[{\"type\":\"server_tool_use\"},{\"type\":\"text\",\"text\":\"Found.\"}]"));
        assertThat(warnings.all()).hasSize(1);
    }

    private String choice(ChatRequest.Builder request, ToolChoice choice) {
        return write(request.toolChoice(choice).build()).path("tool_choice").toString();
    }

    private static ChatRequest request(Message... messages) {
        return ChatRequest.builder("m").messages(List.of(messages)).build();
    }

    private JsonNode write(ChatRequest request) {
        return write(request, "claude-sonnet-4-5", false);
    }

    private JsonNode write(ChatRequest request, String model, boolean stream) {
        byte[] body = new AnthropicDialect()
                .writeRequest(request, Providers.find("openai").orElseThrow(), model, stream, warnings);
        return JsonMapper.shared().readTree(body);
    }

    private static JsonNode tree(String json) {
        return JsonMapper.shared().readTree(json);
    }
}
