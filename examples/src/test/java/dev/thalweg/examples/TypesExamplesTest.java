package dev.thalweg.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.examples.types.AnthropicBlocks;
import dev.thalweg.examples.types.GroqTimes;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptBuilder;
import dev.thalweg.testkit.ScriptedUpstream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The programs of the page on providers' types, and the page. */
class TypesExamplesTest {
    private static final Pattern BLOCK = Pattern.compile("(?s)```java\\n(.*?)```");

    private final ScriptedUpstream upstream = ScriptedUpstream.start();

    @AfterEach
    void close() {
        upstream.close();
    }

    @Test
    void anthropicsBlocksAreToldApart() throws Exception {
        ScriptBuilder script = Script.sse();
        event(script, "message_start", """
                "message":{"id":"msg_1","type":"message","role":"assistant","model":"claude-sonnet-4-5","content":[],\
                "stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":1,"output_tokens":1}}""");
        event(script, "content_block_start", """
                "index":0,"content_block":{"type":"server_tool_use","id":"srvtoolu_1","name":"web_search","input":{}}""");
        event(script, "content_block_stop", "\"index\":0");
        event(script, "content_block_start", """
                "index":1,"content_block":{"citations":[],"type":"text","text":""}""");
        event(script, "content_block_delta", """
                "index":1,"delta":{"type":"text_delta","text":"They are frozen."}""");
        event(script, "content_block_delta", """
                "index":1,"delta":{"type":"citations_delta","citation":{"type":"web_search_result_location",\
                "cited_text":"frozen","url":"https://example.com/falls","title":"Falls","encrypted_index":"E"}}""");
        event(script, "content_block_stop", "\"index\":1");
        event(script, "message_delta", """
                "delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":9}""");
        upstream.enqueue(
                script.event("message_stop", "{\"type\":\"message_stop\"}").build());
        assertThat(Program.run(
                        AnthropicBlocks.class,
                        Map.of("ANTHROPIC_BASE_URL", upstream.url(), "ANTHROPIC_API_KEY", "sk-example")))
                .isEqualTo("[web_search srvtoolu_1]\nThey are frozen. <https://example.com/falls>\n[end_turn]\n");
    }

    private static void event(ScriptBuilder script, String type, String members) {
        script.event(type, "{\"type\":\"" + type + "\"," + members + "}");
    }

    @Test
    void groqsTimesAreInItsUsage() throws Exception {
        upstream.enqueue(Script.json(200, """
                {"id":"1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":\
                {"role":"assistant","content":"Hello"},"finish_reason":"stop"}],"usage":{"queue_time":0.1,\
                "prompt_tokens":3,"completion_tokens":7,"completion_time":0.25,"total_tokens":10}}"""));
        assertThat(Program.run(GroqTimes.class, Map.of("GROQ_API_BASE", upstream.url(), "GROQ_API_KEY", "gsk-example")))
                .isEqualTo("7 tokens in 0.25 s\n");
    }

    @Test
    void thePageShowsWhatRuns() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "sdk", "provider-types.md"));
        StringBuilder programs = new StringBuilder();
        try (Stream<Path> files = Files.list(Path.of("src/main/java/dev/thalweg/examples/types"))) {
            for (Path file :
                    files.filter(file -> !file.endsWith("package-info.java")).toList()) {
                assertThat(page).contains("(../../examples/" + file + ")");
                programs.append(Files.readString(file));
            }
        }
        List<String> blocks = BLOCK.matcher(page)
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
        assertThat(blocks)
                .hasSize(3)
                .allSatisfy(block -> assertThat(folded(programs.toString())).contains(folded(block)));
    }

    private static String folded(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }
}
