package dev.thalweg.core.dialect.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.core.catalog.Provider;
import dev.thalweg.core.catalog.Providers;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.Message;
import dev.thalweg.model.ToolCall;
import dev.thalweg.model.ToolSpec;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RequestWriterTest {
    private static final Provider OPENAI = Providers.find("openai").orElseThrow();
    private static final Provider MISTRAL = Providers.find("mistral").orElseThrow();

    @Test
    void aPlainQuestionHasNothingButModelAndMessages() {
        same(write(ChatRequest.of("openai/gpt-4o", "Hé \"you\"\n\u2028"), OPENAI, "gpt-4o", false), """
                {"model":"gpt-4o","messages":[{"role":"user","content":"Hé \\"you\\"\\n\\u2028"}]}""");
    }

    @Test
    void aStreamAsksForUsageWhereThatIsUnderstood() {
        ChatRequest request = ChatRequest.of("x", "Hi");
        same(write(request, OPENAI, "m", true), """
                {"model":"m","messages":[{"role":"user","content":"Hi"}],"stream":true,"stream_options":{"include_usage":true}}""");
        same(write(request, MISTRAL, "m", true), """
                {"model":"m","messages":[{"role":"user","content":"Hi"}],"stream":true}""");
        ChatRequest own = request.toBuilder()
                .extra("stream_options", "{\"include_obfuscation\":false}")
                .build();
        same(write(own, OPENAI, "m", true), """
                {"model":"m","messages":[{"role":"user","content":"Hi"}],"stream":true,"stream_options":{"include_obfuscation":false}}""");
    }

    @Test
    void anExtraFieldReplacesTheSettingOfItsName() {
        ChatRequest request = ChatRequest.of("x", "Hi").toBuilder()
                .temperature(1)
                .maxOutputTokens(3)
                .extra("temperature", "0")
                .extra("max_tokens", "5")
                .build();
        same(write(request, MISTRAL, "m", true), """
                {"model":"m","messages":[{"role":"user","content":"Hi"}],"stream":true,"temperature":0,"max_tokens":5}""");
    }

    @Test
    void everySettingIsSent() {
        ChatRequest request = ChatRequest.builder("x")
                .system("S")
                .user("U")
                .temperature(0.25)
                .maxOutputTokens(9)
                .choices(2)
                .endUser("e\"1")
                .tool(ToolSpec.of("f", "does \\ f", "{\"type\":\"object\"}"))
                .extra("seed", "7")
                .build();
        same(write(request, OPENAI, "o1", false), """
                {"model":"o1","messages":[{"role":"system","content":"S"},{"role":"user","content":"U"}],"temperature":0.25,
                "max_completion_tokens":9,"n":2,"user":"e\\"1","tools":[{"type":"function","function":{"name":"f",
                "description":"does \\\\ f","parameters":{"type":"object"}}}],"seed":7}""");
    }

    @Test
    void theTokenLimitHasTheNameTheModelKnows() {
        ChatRequest request =
                ChatRequest.builder("x").user("U").maxOutputTokens(9).build();
        assertThat(write(request, OPENAI, "gpt-4o", false)
                        .get("max_completion_tokens")
                        .asInt())
                .isEqualTo(9);
        assertThat(write(request, OPENAI, "gpt-5", false)
                        .get("max_completion_tokens")
                        .asInt())
                .isEqualTo(9);
        assertThat(write(request, MISTRAL, "gpt-5", false).get("max_tokens").asInt())
                .isEqualTo(9);
    }

    @Test
    void everyKindOfMessageIsWritten() {
        ChatRequest request = ChatRequest.builder("x")
                .message(Message.user("Look", List.of("https://a/b.png", "data:image/png;base64,AA==")))
                .message(Message.assistant(
                        "", List.of(ToolCall.of("id1", "f", "{\"a\":\"b\"}"), ToolCall.of("id2", "g", "{}"))))
                .message(Message.tool("id1", "42"))
                .message(Message.assistant("So", List.of(ToolCall.of("id3", "h", "{}"))))
                .message(Message.assistant(""))
                .build();
        same(write(request, OPENAI, "m", false).get("messages"), """
                [{"role":"user","content":[{"type":"text","text":"Look"},{"type":"image_url","image_url":{"url":"https://a/b.png"}},
                 {"type":"image_url","image_url":{"url":"data:image/png;base64,AA=="}}]},
                {"role":"assistant","content":null,"tool_calls":[
                 {"id":"id1","type":"function","function":{"name":"f","arguments":"{\\"a\\":\\"b\\"}"}},
                 {"id":"id2","type":"function","function":{"name":"g","arguments":"{}"}}]},
                {"role":"tool","content":"42","tool_call_id":"id1"},
                {"role":"assistant","content":"So","tool_calls":[
                 {"id":"id3","type":"function","function":{"name":"h","arguments":"{}"}}]},
                {"role":"assistant","content":""}]""");
    }

    @Test
    void theOrderOfTheFieldsIsAlwaysThis() {
        ChatRequest request = ChatRequest.builder("x")
                .message(Message.assistant("a", List.of(ToolCall.of("i", "f", "{}"))))
                .message(Message.tool("i", "r"))
                .temperature(1)
                .maxOutputTokens(9)
                .choices(2)
                .endUser("e")
                .tool(ToolSpec.of("f", "", "{}"))
                .extra("seed", "7")
                .build();
        assertThat(RequestWriter.write(request, OPENAI, "m", true)).asString().isEqualTo("""
                {"model":"m","messages":[{"role":"assistant","content":"a","tool_calls":[{"id":"i","type":"function",\
                "function":{"name":"f","arguments":"{}"}}]},{"role":"tool","content":"r","tool_call_id":"i"}],"stream":true,\
                "stream_options":{"include_usage":true},"temperature":1.0,"max_completion_tokens":9,"n":2,"user":"e",\
                "tools":[{"type":"function","function":{"name":"f","description":"","parameters":{}}}],"seed":7}""");
    }

    @Test
    void ourOwnRequestReaderTakesWhatIsWritten() {
        byte[] body = RequestWriter.write(ChatRequest.of("x", "Hi"), OPENAI, "m", true);
        RequestHead head = new RequestReader(128).read(body, 0, body.length);
        assertThat(head.model()).isEqualTo("m");
        assertThat(head.stream()).isTrue();
        assertThat(head.includeUsage()).isTrue();
    }

    private static JsonNode write(ChatRequest request, Provider provider, String model, boolean stream) {
        return JsonMapper.shared().readTree(RequestWriter.write(request, provider, model, stream));
    }

    private static void same(JsonNode written, String expected) {
        assertThat(written).isEqualTo(JsonMapper.shared().readTree(expected));
    }
}
