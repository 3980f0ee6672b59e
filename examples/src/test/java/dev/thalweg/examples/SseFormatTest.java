package dev.thalweg.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.RawClient;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bytes of a stream from the gateway have the shape that callers over HTTP expect. */
class SseFormatTest {
    private static final String HEAD = "\\{\"id\":\"chatcmpl-[^\"]+\",\"object\":\"chat\\.completion\\.chunk\","
            + "\"created\":\\d+,\"model\":\"%s\",.*\"choices\":\\[\\{\"index\":0,\"delta\":";

    @ParameterizedTest
    @ValueSource(strings = {"gpt-4", "gpt-demo"})
    void aStreamIsARoleThenTextThenAReasonThenTheMarker(String model) throws IOException {
        String body = body(model);
        assertThat(body).endsWith("\n\n");
        List<String> blocks = Arrays.asList(body.split("\n\n"));
        assertThat(blocks.getLast()).startsWith(": thalweg call-id=");
        List<String> events = blocks.subList(0, blocks.size() - 1);
        String head = HEAD.formatted(model);
        assertThat(events).allMatch(event -> event.startsWith("data: ") && event.indexOf('\n') < 0);
        assertThat(events.getFirst())
                .matches("data: " + head + "\\{\"role\":\"assistant\",\"content\":\"\".*\"finish_reason\":null}].*}");
        assertThat(events.subList(1, events.size() - 2))
                .isNotEmpty()
                .allMatch(event ->
                        event.matches("data: " + head + "\\{\"content\":\"[^\"]+\"}.*\"finish_reason\":null}].*}"));
        assertThat(events.get(events.size() - 2)).matches("data: " + head + "\\{}.*\"finish_reason\":\"stop\"}].*}");
        assertThat(events.getLast()).isEqualTo("data: [DONE]");
        assertThat(events.subList(0, events.size() - 1).stream()
                        .map(event -> event.replaceFirst(".*(\"id\":\"[^\"]+\").*(\"created\":\\d+).*", "$1 $2"))
                        .distinct())
                .as("one id and one time for all chunks")
                .hasSize(1);
    }

    private static String body(String model) throws IOException {
        try (Scene scene = Scene.gpt4(OpenAiScripts.stream("Once", " upon", " a"));
                RawClient client = RawClient.connect(scene.port())) {
            client.post("/v1/chat/completions", Map.of("Authorization", "Bearer " + Scene.KEY), """
                    {"model":"%s","stream":true,"messages":[{"role":"user","content":"Hi"}]}""".formatted(model));
            assertThat(client.readHead().header("content-type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
            RawClient.Body body = client.readBody();
            assertThat(body.clean()).isTrue();
            return body.text();
        }
    }
}
