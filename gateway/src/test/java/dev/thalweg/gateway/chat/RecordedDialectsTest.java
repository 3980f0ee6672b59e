package dev.thalweg.gateway.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.thalweg.gateway.TestGateway;
import dev.thalweg.testkit.RawClient;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptedUpstream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Anthropic and OpenAI's Responses really sent: passed on as it came, and told whole in any other protocol. */
class RecordedDialectsTest {
    private static final Pattern MODEL = Pattern.compile("\"model\": ?\"([^\"]+)\"");
    private static final Map<String, String> ENDS = Map.of(
            "/v1/messages", "event: message_stop",
            "/v1/responses", "event: response.",
            "/v1/chat/completions", "data: [DONE]",
            "/v1/completions", "data: [DONE]");

    @ParameterizedTest
    @CsvSource({"anthropic, anthropic/*, /v1/messages", "openai-responses, openai/responses/*, /v1/responses"})
    void recordingsPassAndAreTranslated(String recordings, String model, String front) throws IOException {
        Path directory = Path.of("../../shared/wire", recordings);
        if (!Files.isDirectory(directory)) {
            System.err.println("RecordedDialectsTest: NO RECORDINGS on this machine, nothing is replayed");
        }
        assumeTrue(Files.isDirectory(directory), "there are recordings");
        int count = 0;
        try (Stream<Path> files = Files.list(directory);
                var upstream = ScriptedUpstream.start();
                var gateway = TestGateway.of("""
                        model_list:
                          - model_name: "*"
                            params: {model: "%s", api_base: "%s", api_key: sk}
                        thalweg_settings: {num_retries: 0}
                        """.formatted(model, upstream.url()))) {
            List<Path> streams = files.filter(file -> file.toString().endsWith(".sse"))
                    .sorted()
                    .toList();
            for (Path file : streams) {
                byte[] bytes = Files.readAllBytes(file);
                String recording = new String(bytes, StandardCharsets.UTF_8);
                Matcher named = MODEL.matcher(recording);
                boolean whole = recording.contains("message_stop") || recording.contains("response.completed");
                if (!named.find() || !whole) {
                    continue;
                }
                for (String path : ENDS.keySet()) {
                    upstream.enqueue(Script.sse().splitWire(100).bytes(bytes).build());
                    String answer = ask(gateway, path, named.group(1));
                    if (path.equals(front)) {
                        assertThat(answer).as("%s at %s", file, path).isEqualTo(recording);
                    } else {
                        assertThat(answer)
                                .as("%s at %s", file, path)
                                .contains(ENDS.get(path))
                                .doesNotContain("event: error");
                    }
                }
                count++;
            }
            Chats.settled(gateway);
        }
        System.out.println("replayed " + count + " recorded streams of " + recordings);
        assertThat(count).isGreaterThan(5);
    }

    private static String ask(TestGateway gateway, String path, String model) {
        String question = switch (path) {
            case "/v1/responses" -> "\"input\":\"Hello\"";
            case "/v1/completions" -> "\"prompt\":\"Hello\"";
            default -> "\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]";
        };
        try (RawClient client = gateway.connect()) {
            client.timeout(Chats.SOON);
            client.post(
                    path,
                    Map.of("Content-Type", "application/json"),
                    "{\"model\":\"" + model + "\",\"stream\":true," + question + "}");
            RawClient.Head head = client.readHead();
            String text = client.readBody().text();
            assertThat(head.status()).as(text).isEqualTo(200);
            return TestGateway.plain(text);
        }
    }
}
