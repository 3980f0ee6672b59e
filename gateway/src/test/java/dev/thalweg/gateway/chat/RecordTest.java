package dev.thalweg.gateway.chat;

import static dev.thalweg.gateway.chat.Chats.ask;
import static dev.thalweg.gateway.chat.Chats.json;
import static dev.thalweg.gateway.chat.Chats.streamed;
import static dev.thalweg.gateway.chat.Chats.unary;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.config.ConfigLoader;
import dev.thalweg.gateway.TestGateway;
import dev.thalweg.gateway.server.GatewayServer;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.RawClient;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptedUpstream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** One row a request: all of them, with what was used, without what was said. */
class RecordTest {
    private static final String DEMO = "model_list: [{model_name: gpt, params: {model: openai/x, mock_response: Hi}}]";

    @Test
    void aRowSaysWhoAskedWhatAndHowItEnded() {
        Script script = OpenAiScripts.streaming().text("Hi").usage(11, 3).build();
        try (var upstream = ScriptedUpstream.start().always(script);
                var gateway = TestGateway.before(upstream.url());
                RawClient client = gateway.connect()) {
            client.post("/v1/chat/completions", Map.of("x-request-id", "my-id.1"), streamed());
            assertThat(Chats.read(client).done()).isTrue();
            JsonNode row = Chats.row(gateway);
            assertThat(row.path("id").asString()).isEqualTo("my-id.1");
            assertThat(row.path("model").asString()).isEqualTo("gpt");
            assertThat(row.path("provider").asString()).isEqualTo("openai");
            assertThat(row.path("stream").asBoolean()).isTrue();
            assertThat(row.path("outcome").asString()).isEqualTo("complete");
            assertThat(row.path("status").asInt()).isEqualTo(200);
            assertThat(row.path("finish_reason").asString()).isEqualTo("stop");
            assertThat(row.path("attempts")).hasSize(1);
            assertThat(row.path("input_tokens").asInt()).isEqualTo(11);
            assertThat(row.path("output_tokens").asInt()).isEqualTo(3);
            assertThat(row.path("estimated").asBoolean()).isFalse();
            double first = row.path("first_event_ms").asDouble();
            double token = row.path("ttft_ms").asDouble();
            assertThat(first).isPositive().isLessThanOrEqualTo(token);
            assertThat(token).isLessThanOrEqualTo(row.path("duration_ms").asDouble());
        }
    }

    @Test
    void usageThatNobodyReportedIsEstimatedAndSaysSo() {
        try (var upstream = ScriptedUpstream.start()
                        .always(OpenAiScripts.stream("The quick brown fox jumps over the lazy dog."));
                var gateway = TestGateway.before(upstream.url())) {
            ask(gateway, streamed());
            JsonNode row = Chats.row(gateway);
            assertThat(row.path("output_tokens").asInt()).isBetween(8, 12);
            assertThat(row.path("input_tokens").asInt()).isPositive();
            assertThat(row.path("estimated").asBoolean()).isTrue();
        }
    }

    @Test
    void anEstimatedPromptIsItsTextAndNotTheSizeOfItsBody() {
        try (var upstream = ScriptedUpstream.start().always(OpenAiScripts.stream("Hi"));
                var gateway = TestGateway.before(upstream.url())) {
            ask(gateway, streamed());
            ask(gateway, streamed("\"metadata\":{\"note\":\"" + "x".repeat(100_000) + "\"}"));
            ask(gateway, streamed().replace("Hello", "Hello ".repeat(1000)));
            assertThat(Chats.rows(gateway, 3))
                    .extracting(row -> row.path("input_tokens").asInt())
                    .satisfiesExactly(
                            plain -> assertThat(plain).isBetween(7, 10),
                            padded -> assertThat(padded).isBetween(7, 10),
                            longer -> assertThat(longer).isBetween(800, 1400));
        }
    }

    @Test
    void thePromptOfAnAnswerThatBrokeOffIsEstimated() {
        Script script =
                Script.sse().event(OpenAiScripts.contentChunk("Half an")).fin().build();
        try (var upstream = ScriptedUpstream.start().always(script);
                var gateway = TestGateway.before(upstream.url())) {
            ask(gateway, streamed());
            JsonNode row = Chats.row(gateway);
            assertThat(row.path("outcome").asString()).isEqualTo("cut");
            assertThat(row.path("input_tokens").asInt()).isBetween(7, 10);
        }
    }

    @Test
    void neitherContentNorKeysAreKeptAnywhere() {
        String echo = "Incorrect API key provided: sk-upstream-canary-1234. You said CONTENT-CANARY.";
        try (var upstream = ScriptedUpstream.start()
                        .enqueue(OpenAiScripts.error(401, "invalid_request_error", "invalid_api_key", echo))
                        .always(OpenAiScripts.stream("ANSWER-CANARY"));
                var gateway = TestGateway.of("""
                        model_list:
                          - model_name: gpt
                            params: {model: openai/gpt-4o-mini, api_base: "%s", api_key: sk-upstream-canary-1234}
                        keys: [{name: team, key: sk-caller-canary-5678}]
                        """.formatted(upstream.url()))) {
            String body = streamed("\"user\":\"USER-CANARY\"").replace("Hello", "CONTENT-CANARY");
            for (int i = 0; i < 2; i++) {
                try (RawClient client = gateway.connect()) {
                    client.post("/v1/chat/completions", Map.of("Authorization", "Bearer sk-caller-canary-5678"), body);
                    assertThat(Chats.read(client).body()).doesNotContain("sk-");
                }
            }
            assertThat(Chats.rows(gateway, 2))
                    .extracting(row -> row.path("key").asString())
                    .containsOnly("team");
            String kept = gateway.log() + String.join("\n", gateway.rows()) + metrics(gateway);
            assertThat(kept).doesNotContain("CANARY", "canary").contains("team");
        }
    }

    private static String metrics(TestGateway gateway) {
        try (RawClient client = gateway.connect()) {
            client.get("/metrics", Map.of("Authorization", "Bearer sk-caller-canary-5678"));
            client.readHead();
            return client.readUntil("thalweg_upstream_attempts_total");
        }
    }

    @Test
    void everyRequestIsOnDiskWhenTheGatewayHasStopped() throws Exception {
        int count = 500;
        try (var gateway = TestGateway.of(DEMO)) {
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < count; i++) {
                    threads.submit(() -> ask(gateway, unary()));
                }
            }
            gateway.close();
            Set<String> ids = new HashSet<>();
            for (String row : gateway.rows()) {
                assertThat(json(row).path("outcome").asString()).isEqualTo("complete");
                ids.add(json(row).path("id").asString());
            }
            assertThat(ids).hasSize(count);
            assertThat(gateway.rows()).hasSize(count);
            assertThat(gateway.log().lines()).hasSize(count);
        }
    }

    @Test
    void theLastRowIsOnDiskHoweverSoonTheGatewayStops() {
        for (int i = 0; i < 20; i++) {
            try (var gateway = TestGateway.of(DEMO)) {
                ask(gateway, unary());
                gateway.close();
                assertThat(gateway.rows()).as("round %s", i).hasSize(1);
            }
        }
    }

    @Test
    void twoGatewaysOnOneDirectoryDoNotOverwriteEachOther(@TempDir Path directory) throws IOException {
        try (var first = start(directory);
                var second = start(directory)) {
            for (GatewayServer server : List.of(first, second, first)) {
                try (RawClient client = RawClient.connect(server.address().getPort())) {
                    client.post("/v1/chat/completions", Map.of(), unary());
                    assertThat(client.readHead().status()).isEqualTo(200);
                }
            }
        }
        String day = "requests-" + LocalDate.now(ZoneOffset.UTC);
        assertThat(Files.readAllLines(directory.resolve(day + ".jsonl"))).hasSize(2);
        assertThat(Files.readAllLines(directory.resolve(day + ".2.jsonl"))).hasSize(1);
    }

    private static GatewayServer start(Path directory) {
        return GatewayServer.start(
                ConfigLoader.parse("config.yaml", DEMO, Map.of()).orThrow(),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Map.of(),
                directory,
                OutputStream.nullOutputStream());
    }

    @Test
    void aTornLastLineIsClosedOff(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("requests-" + LocalDate.now(ZoneOffset.UTC) + ".jsonl");
        Files.writeString(file, "{\"id\":\"whole\"}\n{\"id\":\"torn");
        try (var server = start(directory)) {
            try (RawClient client = RawClient.connect(server.address().getPort())) {
                client.post("/v1/chat/completions", Map.of("x-request-id", "next"), unary());
                assertThat(client.readHead().status()).isEqualTo(200);
            }
        }
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(3).startsWith("{\"id\":\"whole\"}", "{\"id\":\"torn");
        assertThat(json(lines.get(2)).path("id").asString()).isEqualTo("next");
    }
}
