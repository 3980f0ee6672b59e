package dev.thalweg.gateway.chat;

import static dev.thalweg.gateway.chat.Chats.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.thalweg.gateway.TestGateway;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptedUpstream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What real providers sent passes the gateway byte for byte, or ends in the error they reported. */
class RecordedStreamsTest {
    private static final List<String> OTHER_PROTOCOLS =
            List.of("anthropic", "bedrock", "bedrock-mantle", "cohere", "gemini", "ollama", "openai-responses");

    private static @Nullable Path directory() {
        String named = System.getProperty("THALWEG_RECORDINGS", System.getenv("THALWEG_RECORDINGS"));
        Path path = named == null ? Path.of("../../shared/wire") : Path.of(named);
        return Files.isDirectory(path) ? path : null;
    }

    @Test
    void theyPassByteForByteOrEndInTheirError() throws IOException {
        Path directory = directory();
        if (directory == null) {
            System.err.println("RecordedStreamsTest: NO RECORDINGS on this machine, nothing is replayed");
        }
        assumeTrue(directory != null, "name the recordings' directory in THALWEG_RECORDINGS");
        int count = 0;
        try (Stream<Path> files = Files.walk(directory);
                var upstream = ScriptedUpstream.start();
                var gateway = TestGateway.of("""
                        model_list:
                          - model_name: "*"
                            params: {model: "openai/*", api_base: "%s", api_key: sk}
                        thalweg_settings: {num_retries: 0}
                        """.formatted(upstream.url()))) {
            for (Path file :
                    files.filter(RecordedStreamsTest::isChatStream).sorted().toList()) {
                byte[] bytes = Files.readAllBytes(file);
                upstream.enqueue(Script.sse().splitWire(100).bytes(bytes).build());
                replay(gateway, file.toString(), new String(bytes, StandardCharsets.UTF_8));
                count++;
            }
            Chats.settled(gateway);
        }
        System.out.println("replayed " + count + " recorded streams");
        assertThat(count).isGreaterThan(25);
    }

    private static boolean isChatStream(Path file) {
        if (!file.toString().endsWith(".sse")
                || OTHER_PROTOCOLS.contains(file.getParent().getFileName().toString())) {
            return false;
        }
        try {
            String text = Files.readString(file);
            return text.contains("chat.completion.chunk") && !text.contains("\"response.created\"");
        } catch (IOException e) {
            return false;
        }
    }

    private static void replay(TestGateway gateway, String name, String recording) {
        List<JsonNode> chunks = recording
                .lines()
                .filter(line -> line.startsWith("data:") && line.contains("{"))
                .map(line -> json(line.substring(5)))
                .toList();
        String model = chunks.stream()
                .map(chunk -> chunk.path("model").asString(""))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("some-model");
        String body =
                Chats.streamed("\"stream_options\":{\"include_usage\":true}").replace("\"gpt\"", "\"" + model + "\"");
        Chats.Answer answer = Chats.ask(gateway, body);
        JsonNode error = chunks.stream()
                .map(chunk -> chunk.path("error"))
                .filter(node -> !node.isMissingNode() && !node.isNull())
                .findFirst()
                .orElse(null);
        if (error == null) {
            assertThat(answer.status()).as(name).isEqualTo(200);
            assertThat(answer.body()).as(name).isEqualTo(expected(recording, chunks, model));
        } else {
            JsonNode told = answer.status() == 200 ? answer.errorEvent() : answer.error(answer.status());
            String message =
                    error.isString() ? error.asString() : error.path("message").asString();
            assertThat(told.path("message").asString()).as(name).isEqualTo(message);
            if (answer.status() == 200) {
                int end = answer.body().indexOf("event: error");
                assertThat(recording).as(name).startsWith(answer.body().substring(0, end));
            }
        }
    }

    /** The recording with what the gateway has to change: one name for the model, the marker at the end. */
    private static String expected(String recording, List<JsonNode> chunks, String model) {
        String expected = recording;
        for (JsonNode chunk : chunks) {
            String shown = chunk.path("model").asString(model);
            if (!shown.equals(model)) {
                expected = expected.replace("\"model\":\"" + shown + "\"", "\"model\":\"" + model + "\"");
            }
        }
        if (expected.contains("[DONE]")) {
            return expected;
        }
        String blank = expected.endsWith("\n\n") || expected.endsWith("\r\n\r\n") ? "" : "\n\n";
        return expected + blank + "data: [DONE]\n\n";
    }
}
