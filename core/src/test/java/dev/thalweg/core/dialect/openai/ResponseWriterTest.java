package dev.thalweg.core.dialect.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.core.dialect.ErrorReader;
import dev.thalweg.core.error.ErrorBody;
import dev.thalweg.model.ToolCall;
import dev.thalweg.model.Usage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What is written is valid, on one line, and read back by our own readers. */
class ResponseWriterTest {
    private static final String ODD = "a\"b\\c\nd\u2028e\u0085f\u0000é日🦊";
    private final ResponseWriter writer = new ResponseWriter("id\"1", "m\\2", 17);

    @Test
    void chunksComeBackFromTheReaderAsTheyWere() {
        ToolCall call = ToolCall.of("c" + ODD, "f" + ODD, "{\"a\":\"" + "é\\n" + "\"}");
        assertThat(told(writer.role(1)))
                .containsExactly("id id\"1", "-1 ANSWER created 17", "model m\\2", "1 role assistant", "1 text ");
        assertThat(told(writer.text(0, ODD))).endsWith("0 text " + ODD);
        assertThat(told(writer.reasoning(0, ODD))).endsWith("0 reasoning " + ODD);
        assertThat(told(writer.refusal(0, ODD))).endsWith("0 refusal " + ODD);
        assertThat(told(writer.toolCall(0, 2, call)))
                .endsWith("0 call 2 " + call.id() + " " + call.name() + " " + call.arguments());
        assertThat(told(writer.finish(1, ODD))).endsWith("1 finish " + ODD);
        assertThat(told(writer.usage(
                        Usage.builder().inputTokens(3).outputTokens(4).build())))
                .endsWith("usage 3 4");
    }

    @Test
    void aChunkHasTheFieldsEveryClientWants() {
        same(event(writer.finish(0, "stop")), """
                {"id":"id\\"1","object":"chat.completion.chunk","created":17,"model":"m\\\\2",
                "choices":[{"index":0,"delta":{},"logprobs":null,"finish_reason":"stop"}]}""");
        same(event(writer.usage(Usage.builder().inputTokens(3).outputTokens(4).build())), """
                {"id":"id\\"1","object":"chat.completion.chunk","created":17,"model":"m\\\\2","choices":[],
                "usage":{"prompt_tokens":3,"completion_tokens":4,"total_tokens":7}}""");
    }

    @Test
    void aCompletionHasEveryChoice() {
        Usage usage = Usage.builder().inputTokens(3).outputTokens(4).build();
        same(text(writer.completion(2, ODD, List.of(), "stop", usage)), """
                {"id":"id\\"1","object":"chat.completion","created":17,"model":"m\\\\2","choices":[
                {"index":0,"message":{"role":"assistant","content":ODD,"refusal":null},"logprobs":null,"finish_reason":"stop"},
                {"index":1,"message":{"role":"assistant","content":ODD,"refusal":null},"logprobs":null,"finish_reason":"stop"}],
                "usage":{"prompt_tokens":3,"completion_tokens":4,"total_tokens":7}}""".replace(
                        "ODD", JsonMapper.shared().writeValueAsString(ODD)));
    }

    @Test
    void aCompletionOfToolCallsHasNoText() {
        List<ToolCall> calls = List.of(ToolCall.of("a", "f", "{}"), ToolCall.of("b", "g", "{\"x\":1}"));
        Usage usage = Usage.builder().inputTokens(1).outputTokens(1).build();
        assertThat(Frames.of(text(writer.completion(1, "", calls, "tool_calls", usage)))
                        .contents())
                .containsExactly(
                        "0 role assistant",
                        "0 call 0 a f {}",
                        "0 call 1 b g {\"x\":1}",
                        "0 finish tool_calls",
                        "usage 1 1");
    }

    @Test
    void theMarkerIsAnEventOfItsOwnAndNobodyCanSpoilIt() {
        ResponseWriter.done()[0] = 'x';
        assertThat(text(ResponseWriter.done())).isEqualTo("data: [DONE]\n\n");
    }

    @Test
    void errorsComeBackFromTheReaderAsTheyWere() {
        byte[] full = ErrorWriter.body(ODD, "t" + ODD, "p" + ODD, "c" + ODD, "r" + ODD);
        assertThat(ErrorReader.read(full, 0, full.length))
                .isEqualTo(new ErrorBody(ODD, "t" + ODD, "c" + ODD, "p" + ODD, 0));
        same(text(ErrorWriter.body("m", "t", null, null, null)), """
                {"error":{"message":"m","type":"t","param":null,"code":null}}""");
        same(text(ErrorWriter.body("m", "t", "p", "c", "r")), """
                {"error":{"message":"m","type":"t","param":"p","code":"c","request_id":"r"}}""");
    }

    @Test
    void anErrorEventHasTheNameThatClientsLookFor() {
        byte[] body = ErrorWriter.body(ODD, "t", null, null, null);
        assertThat(text(ErrorWriter.event(body))).isEqualTo("event: error\ndata: " + text(body) + "\n\n");
        assertThat(text(body)).doesNotContain("\n", "\u2028", "\u0085");
    }

    private static List<String> told(byte[] event) {
        return Frames.of(event(event)).told;
    }

    private static String event(byte[] event) {
        String text = text(event);
        assertThat(text).startsWith("data: ").endsWith("}\n\n");
        String data = text.substring(6, text.length() - 2);
        assertThat(data).doesNotContain("\n", "\r", "\u2028", "\u0085");
        return data;
    }

    private static void same(String written, String expected) {
        assertThat(JsonMapper.shared().readTree(written))
                .isEqualTo(JsonMapper.shared().readTree(expected));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
