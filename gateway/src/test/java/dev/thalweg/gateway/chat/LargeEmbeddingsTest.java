package dev.thalweg.gateway.chat;

import static dev.thalweg.gateway.chat.Chats.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.core.dialect.EmbeddingJson;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Floats;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.gateway.TestGateway;
import dev.thalweg.model.EmbeddingRequest.Encoding;
import dev.thalweg.testkit.RawClient;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptedUpstream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Large answers with embeddings are converted by threads of their own: an event loop has others to serve. */
class LargeEmbeddingsTest {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int VECTORS = 300;
    private static final List<float[]> VALUES = values();

    private static List<float[]> values() {
        Random random = new Random(7);
        List<float[]> vectors = new ArrayList<>();
        for (int i = 0; i < VECTORS; i++) {
            float[] vector = new float[1536];
            for (int j = 0; j < vector.length; j++) {
                vector[j] = (float) (random.nextGaussian() * 0.0255);
            }
            vectors.add(vector);
        }
        return vectors;
    }

    private static String answer(Encoding encoding) {
        ByteBuilder json = new ByteBuilder(1 << 23).ascii("{\"data\":[");
        for (int i = 0; i < VECTORS; i++) {
            json.ascii(i == 0 ? "{\"embedding\":" : ",{\"embedding\":");
            if (encoding == Encoding.BASE64) {
                Floats.writeBase64(json, VALUES.get(i));
            } else {
                Floats.write(json, VALUES.get(i));
            }
            json.ascii("}");
        }
        return json.ascii("],\"model\":\"m\",\"usage\":{\"prompt_tokens\":3,\"total_tokens\":3}}")
                .toString();
    }

    private static TestGateway gateway(String model, String url) {
        return TestGateway.of("""
                model_list:
                  - model_name: emb
                    params: {model: %s, api_base: "%s", api_key: k}
                thalweg_settings: {num_retries: 0}
                """.formatted(model, url));
    }

    private static Chats.Answer ask(TestGateway gateway, String path, String body) {
        try (RawClient client = gateway.connect()) {
            client.timeout(Chats.SOON);
            client.post(path, Map.of("Content-Type", "application/json"), body);
            return Chats.read(client);
        }
    }

    private static String inputs() {
        return IntStream.range(0, VECTORS).mapToObj(i -> "\"t\"").collect(Collectors.joining(",", "[", "]"));
    }

    @ParameterizedTest
    @CsvSource({"FLOAT, base64", "BASE64, float"})
    void passedOnInAnotherEncodingTheyAreTheSame(Encoding given, String wanted) {
        try (var upstream = ScriptedUpstream.start().always(Script.json(200, answer(given)));
                var gateway = gateway("openai/x", upstream.url())) {
            String told = ask(
                            gateway,
                            "/v1/embeddings",
                            "{\"model\":\"emb\",\"input\":" + inputs() + ",\"encoding_format\":\"" + wanted + "\"}")
                    .body();
            Encoding other = given == Encoding.FLOAT ? Encoding.BASE64 : Encoding.FLOAT;
            assertThat(told).isEqualTo(answer(other).replace("\"m\"", "\"emb\""));
            assertThat(Chats.row(gateway).path("input_tokens").asInt()).isEqualTo(3);
            Chats.settled(gateway);
        }
    }

    @Test
    void translatedTheyAreTheSame() {
        String texts = inputs();
        String cohere =
                "{\"embeddings\":{\"float\":" + floats() + "},\"meta\":{\"billed_units\":{\"input_tokens\":3}}}";
        String part = part(cohere, 0, 96);
        try (var upstream = ScriptedUpstream.start()
                        .enqueue(Script.json(200, part))
                        .enqueue(Script.json(200, part(cohere, 96, 192)))
                        .enqueue(Script.json(200, part(cohere, 192, 288)))
                        .enqueue(Script.json(200, part(cohere, 288, 300)));
                var gateway = gateway("cohere/x", upstream.url())) {
            Chats.Answer told = ask(
                    gateway,
                    "/v1/embeddings",
                    "{\"model\":\"emb\",\"input\":" + texts + ",\"encoding_format\":\"float\"}");
            JsonNode data = json(told.body()).path("data");
            assertThat(data.size()).isEqualTo(VECTORS);
            for (int i = 0; i < VECTORS; i += 37) {
                assertThat(vector(data.get(i).path("embedding"))).isEqualTo(VALUES.get(i));
            }
            assertThat(json(told.body()).at("/usage/prompt_tokens").asInt()).isEqualTo(12);
            assertThat(part.length()).isGreaterThan(WholeAnswer.LARGE);
            Chats.settled(gateway);
        }
    }

    private static String floats() {
        ByteBuilder json = new ByteBuilder(1 << 23);
        EmbeddingJson.vectors(json, VALUES, Encoding.FLOAT);
        return json.toString();
    }

    private static String part(String whole, int from, int to) {
        ByteBuilder json = new ByteBuilder(1 << 22);
        EmbeddingJson.vectors(json, VALUES.subList(from, to), Encoding.FLOAT);
        return whole.replace(floats(), json.toString());
    }

    private static float[] vector(JsonNode numbers) {
        byte[] bytes = numbers.toString().getBytes(StandardCharsets.UTF_8);
        JsonCursor cursor = new JsonCursor(8, false).reset(bytes, 0, bytes.length);
        return Floats.read(cursor, bytes);
    }

    @Test
    void whatIsNoAnswerIsNoneHoweverLargeItIs() {
        String broken = answer(Encoding.FLOAT);
        try (var upstream = ScriptedUpstream.start()
                        .enqueue(Script.json(200, broken.substring(0, broken.length() - 10)))
                        .enqueue(Script.json(
                                200, "{\"error\":{\"message\":\"Broken\",\"more\":\"" + "x".repeat(200_000) + "\"}}"));
                var gateway = gateway("openai/x", upstream.url())) {
            String body = "{\"model\":\"emb\",\"input\":\"t\",\"encoding_format\":\"base64\"}";
            ask(gateway, "/v1/embeddings", body).error(502);
            assertThat(ask(gateway, "/v1/embeddings", body)
                            .error(500)
                            .path("message")
                            .asString())
                    .isEqualTo("Broken");
            Chats.settled(gateway);
        }
    }

    /** Processor time and not time: a busy machine makes no difference. */
    @Test
    void theEventLoopsDoNotConvert() {
        String given = answer(Encoding.BASE64);
        String body = "{\"model\":\"emb\",\"input\":\"t\",\"encoding_format\":\"float\"}";
        try (var upstream = ScriptedUpstream.start().always(Script.json(200, given));
                var gateway = gateway("openai/x", upstream.url())) {
            ask(gateway, "/v1/embeddings", body);
            long before = loops();
            for (int i = 0; i < 3; i++) {
                assertThat(ask(gateway, "/v1/embeddings", body).status()).isEqualTo(200);
            }
            long looped = loops() - before;
            long start = THREADS.getCurrentThreadCpuTime();
            for (int i = 0; i < 3; i++) {
                assertThat(floats()).isNotEmpty();
            }
            assertThat(looped).isLessThan(THREADS.getCurrentThreadCpuTime() - start);
        }
    }

    private static long loops() {
        return Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
                .filter(thread -> thread != null && thread.getThreadName().startsWith("multiThreadIoEventLoopGroup"))
                .mapToLong(ThreadInfo::getThreadId)
                .map(THREADS::getThreadCpuTime)
                .sum();
    }
}
