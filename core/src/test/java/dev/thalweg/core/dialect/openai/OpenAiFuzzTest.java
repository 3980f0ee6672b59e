package dev.thalweg.core.dialect.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.core.catalog.Providers;
import dev.thalweg.core.dialect.EventWriter;
import dev.thalweg.core.dialect.RequestProblem;
import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.wire.JsonSyntaxException;
import dev.thalweg.model.ChatRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

/** Bodies and streams that are almost right: they are read, or refused in the way that is meant for it. */
@Timeout(120)
class OpenAiFuzzTest {
    private static final int RUNS = 20_000;

    private static final String REQUEST = """
            {"model":"m","messages":[{"role":"system","content":"S"},{"role":"user","content":[{"type":"text","text":"a"},
            {"type":"image_url","image_url":{"url":"https://a/b","detail":"low"}},{"type":"file","file":{"file_id":"f"}}]},
            {"role":"assistant","content":null,"reasoning_details":[{"type":"reasoning.text","text":"t","signature":"s","index":0}],
            "tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{}"}}],"function_call":null},
            {"role":"tool","tool_call_id":"c","content":"42"}],"tools":[{"type":"function","function":{"name":"f",
            "parameters":{"type":"object"},"strict":true}}],"tool_choice":{"type":"function","function":{"name":"f"}},
            "response_format":{"type":"json_schema","json_schema":{"name":"n","schema":{}}},"stop":["a"],"seed":7,"n":2,
            "temperature":0.5,"reasoning":{"effort":"low"},"thinking":{"type":"enabled","budget_tokens":5},"odd":[1.5e3]}""";

    private static final String STREAM = """
            data: {"id":"c","model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":""}}]}

            data: {"choices":[{"index":0,"delta":{"reasoning_content":"r","reasoning_details":[{"text":"r","signature":"s"}]}}]}

            data: {"choices":[{"index":0,"delta":{"content":"h\\u00e9","annotations":[{"a":1}]},"logprobs":{"content":[]}}]}

            data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"i","function":{"name":"f","arguments":"{}"}}]}}]}

            data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":2}}

            data: [DONE]

            """;

    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "[",
            "]",
            "\"",
            ",",
            ":",
            "null",
            "true",
            "7",
            "-1e999",
            "\"x\"",
            "{}",
            "[]",
            "\\",
            "\n\n",
            "data:",
            "\"role\":",
            "\"index\":-5",
            "\u2028",
            "\u0000",
            "99999999999999999999",
            "\"type\":\"text\"");

    @Test
    void aBodyIsReadOrRefused() {
        Random random = new Random(11);
        int read = 0;
        for (int run = 0; run < RUNS; run++) {
            byte[] body = mutated(REQUEST, random);
            try {
                ChatRequest request = new OpenAiDialect().readRequest(body, 0, body.length);
                byte[] written = new OpenAiDialect()
                        .writeRequest(request, Providers.find("openai").orElseThrow(), "m", true, new Warnings());
                JsonMapper.shared().readTree(written);
                read++;
            } catch (RequestProblem e) {
                assertThat(e.text()).isNotEmpty();
            }
        }
        assertThat(read).isBetween(RUNS / 50, RUNS - 1);
    }

    @Test
    void aStreamIsReadOrRefusedAndWhatIsWrittenOfItIsSound() {
        Random random = new Random(12);
        int read = 0;
        for (int run = 0; run < RUNS; run++) {
            byte[] stream = mutated(STREAM, random);
            EventWriter writer =
                    new OpenAiDialect().eventWriter(Translated.head("anthropic", true), Translated.REQUEST);
            try {
                var unused = Translated.read(stream, writer);
                read++;
            } catch (JsonSyntaxException e) {
                // Refused: what was written before it counts all the same.
            }
            writer.complete();
            Translated.data(writer.written().toString());
        }
        assertThat(read).isBetween(RUNS / 50, RUNS - 1);
    }

    private static byte[] mutated(String text, Random random) {
        StringBuilder changed = new StringBuilder(text);
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(changed.length());
            switch (random.nextInt(4)) {
                case 0 -> changed.deleteCharAt(at);
                case 1 -> changed.insert(at, PIECES.get(random.nextInt(PIECES.size())));
                case 2 ->
                    changed.replace(
                            at,
                            Math.min(at + 1 + random.nextInt(8), changed.length()),
                            PIECES.get(random.nextInt(PIECES.size())));
                default -> value(changed, random);
            }
        }
        return changed.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Another value in place of one: the document stays sound, the types do not. */
    private static void value(StringBuilder text, Random random) {
        int colon = text.indexOf(":", random.nextInt(text.length()));
        if (colon > 0 && colon + 1 < text.length()) {
            int end = colon + 1;
            boolean string = text.charAt(end) == '"';
            end = string ? text.indexOf("\"", end + 1) + 1 : end + 1;
            List<String> values = List.of("null", "7", "\"y\"", "true", "{}", "[]", "[null]", "-0.5");
            if (string && end > 0) {
                text.replace(colon + 1, end, values.get(random.nextInt(values.size())));
            }
        }
    }
}
