package dev.thalweg.gateway.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.core.sign.AwsKey;
import dev.thalweg.core.sign.AwsSignature;
import dev.thalweg.gateway.TestGateway;
import dev.thalweg.testkit.AwsFrame;
import dev.thalweg.testkit.RawClient;
import dev.thalweg.testkit.RecordedRequest;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptBuilder;
import dev.thalweg.testkit.ScriptedUpstream;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** AWS Bedrock as a provider, asked by Converse and by InvokeModel, and its protocol for callers. */
class BedrockTest {
    private static final String SECRET = "wJalrXUtnFEMI-secret-canary";
    private static final String KEYS = "aws_access_key_id: AKIDEXAMPLE, aws_secret_access_key: " + SECRET
            + ", aws_session_token: session, aws_region_name: eu-west-1";
    private static final String ASK = "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"Hello\"}]}]}";
    private static final String CHAT =
            "{\"model\":\"m\",\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";
    private static final List<AwsFrame> STREAM = List.of(
            AwsFrame.event("messageStart", "{\"p\":\"abc\",\"role\":\"assistant\"}"),
            AwsFrame.event("contentBlockDelta", "{\"contentBlockIndex\":0,\"delta\":{\"text\":\"Hi\"},\"p\":\"a\"}"),
            AwsFrame.event("contentBlockStop", "{\"contentBlockIndex\":0,\"p\":\"ab\"}"),
            AwsFrame.event("messageStop", "{\"stopReason\":\"end_turn\"}"),
            AwsFrame.event(
                    "metadata",
                    "{\"metrics\":{\"latencyMs\":5},\"usage\":{\"inputTokens\":3,\"outputTokens\":1,\"totalTokens\":4}}"));
    private static final String WHOLE =
            "{\"output\":{\"message\":{\"role\":\"assistant\",\"content\":[{\"text\":\"Hi\"}]}},"
                    + "\"stopReason\":\"end_turn\",\"metrics\":{\"latencyMs\":5},"
                    + "\"usage\":{\"inputTokens\":3,\"outputTokens\":1,\"totalTokens\":4}}";

    private static TestGateway gateway(String model, String url, String params, String... rest) {
        return TestGateway.of("""
                model_list:
                  - model_name: m
                    litellm_params: {model: "%s", aws_bedrock_runtime_endpoint: "%s", %s}
                litellm_settings: {num_retries: 0}
                %s
                """.formatted(model, url, params, String.join("\n", rest)));
    }

    private static Script frames(List<AwsFrame> frames) {
        ScriptBuilder script = Script.awsFrames();
        frames.forEach(script::frame);
        return script.build();
    }

    private static byte[] joined(List<AwsFrame> frames) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        frames.forEach(frame -> all.writeBytes(frame.bytes()));
        return all.toByteArray();
    }

    private static RawClient post(TestGateway gateway, String path, String body, String... keyHeader) {
        RawClient client = gateway.connect();
        client.timeout(Chats.SOON);
        Map<String, String> headers = keyHeader.length == 0
                ? Map.of("Content-Type", "application/json")
                : Map.of("Content-Type", "application/json", keyHeader[0], keyHeader[1]);
        client.post(path, headers, body);
        return client;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyRequestIsSigned(boolean stream) {
        try (var upstream = ScriptedUpstream.start().always(stream ? frames(STREAM) : Script.json(200, WHOLE));
                var gateway = gateway("bedrock/us.anthropic.claude-x-v1:0", upstream.url(), KEYS);
                RawClient client = post(gateway, "/v1/chat/completions", CHAT.formatted(stream))) {
            assertThat(client.readHead().status()).isEqualTo(200);
            assertThat(client.readBody().text()).contains("Hi");
            RecordedRequest request = upstream.takeRequest(Chats.SOON);
            assertThat(request.target())
                    .isEqualTo("/model/us.anthropic.claude-x-v1%3A0/converse" + (stream ? "-stream" : ""));
            Instant at = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
                    .withZone(ZoneOffset.UTC)
                    .parse(request.header("x-amz-date").orElseThrow(), Instant::from);
            Map<String, String> expected = new AwsSignature(
                            new AwsKey("AKIDEXAMPLE", SECRET, "session"), "eu-west-1", "bedrock")
                    .sign(
                            "POST",
                            request.target(),
                            Map.of("host", request.header("host").orElseThrow(), "content-type", "application/json"),
                            AwsSignature.bodyDigest().digest(request.body()),
                            at);
            expected.forEach((name, value) -> assertThat(request.header(name)).contains(value));
            assertThat(request.header("authorization").orElseThrow())
                    .contains("SignedHeaders=content-type;host;x-amz-date;x-amz-security-token");
            Chats.row(gateway);
            assertThat(gateway.log() + gateway.rows()).doesNotContain(SECRET);
        }
    }

    @Test
    void aLongBodyIsSignedAsItIsSent() {
        String body = "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"" + "x".repeat(3_000_000) + "\"}]}]}";
        try (var upstream = ScriptedUpstream.start().always(Script.json(200, WHOLE));
                var gateway = gateway("bedrock/nova", upstream.url(), KEYS);
                RawClient client = post(gateway, "/model/m/converse", body)) {
            assertThat(client.readHead().status()).isEqualTo(200);
            assertThat(client.readBody().text()).isEqualTo(WHOLE);
            RecordedRequest request = upstream.takeRequest(Chats.SOON);
            assertThat(request.bodyText()).isEqualTo(body);
        }
    }

    @Test
    void aKeyIsSentInsteadOfASignature() {
        try (var upstream = ScriptedUpstream.start().always(Script.json(200, WHOLE));
                var gateway = gateway("bedrock/converse/nova", upstream.url(), KEYS + ", api_key: sk-bearer");
                RawClient client = post(gateway, "/v1/chat/completions", CHAT.formatted(false))) {
            assertThat(client.readHead().status()).isEqualTo(200);
            RecordedRequest request = upstream.takeRequest(Chats.SOON);
            assertThat(request.header("authorization")).contains("Bearer sk-bearer");
            assertThat(request.header("x-amz-date")).isEmpty();
        }
    }

    @Test
    void framesGoThroughByteForByte() {
        try (var upstream = ScriptedUpstream.start().always(frames(STREAM));
                var gateway = gateway("bedrock/nova", upstream.url(), KEYS);
                RawClient client = post(gateway, "/model/m/converse-stream", ASK)) {
            RawClient.Head head = client.readHead();
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("content-type")).contains("application/vnd.amazon.eventstream");
            assertThat(head.header("x-amzn-requestid")).isEqualTo(head.header("x-request-id"));
            assertThat(client.readBody().bytes()).isEqualTo(joined(STREAM));
            assertThat(upstream.takeRequest(Chats.SOON).bodyText()).isEqualTo(ASK);
            JsonNode row = Chats.row(gateway);
            assertThat(row.path("outcome").asString()).isEqualTo("complete");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "429, ThrottlingException:http://x, ThrottlingException, 429",
        "403, UnrecognizedClientException, UnrecognizedClientException, 403",
        "424, ModelErrorException, ModelErrorException, 424",
        "500, '', InternalServerException, 500",
    })
    void anErrorBeforeTheStreamHasItsKindInAHeader(int status, String sent, String kind, int told) {
        Script error = Script.status(status)
                .header("Content-Type", "application/json")
                .header("x-amzn-ErrorType", sent)
                .text("{\"message\":\"No " + SECRET.substring(0, 4) + "\"}")
                .build();
        try (var upstream = ScriptedUpstream.start().always(error);
                var gateway = gateway("bedrock/nova", upstream.url(), KEYS);
                RawClient client = post(gateway, "/model/m/converse-stream", ASK)) {
            RawClient.Head head = client.readHead();
            assertThat(head.status()).isEqualTo(told);
            assertThat(head.header("x-amzn-errortype")).contains(kind);
            assertThat(Chats.json(client.readBody().text()).path("message").asString())
                    .startsWith("No ");
        }
    }

    @Test
    void anErrorInTheStreamIsAnException() {
        List<AwsFrame> broken = List.of(
                STREAM.get(0),
                STREAM.get(1),
                AwsFrame.exception("modelStreamErrorException", "{\"message\":\"It broke.\"}"));
        try (var upstream = ScriptedUpstream.start().always(frames(broken));
                var gateway = gateway("bedrock/nova", upstream.url(), KEYS);
                RawClient client = post(gateway, "/model/m/converse-stream", ASK)) {
            assertThat(client.readHead().status()).isEqualTo(200);
            String body = client.readBody().text();
            assertThat(body).contains(":exception-type", "modelStreamErrorException", "It broke.");
        }
    }

    @Test
    void aBrokenFrameEndsTheStreamWithAnError() {
        Script script = Script.awsFrames()
                .frame(STREAM.get(0))
                .frame(STREAM.get(1))
                .frame(AwsFrame.event("contentBlockStop", "{\"contentBlockIndex\":0}")
                        .wrongSum())
                .build();
        try (var upstream = ScriptedUpstream.start().always(script);
                var gateway = gateway("bedrock/nova", upstream.url(), KEYS);
                RawClient client = post(gateway, "/v1/chat/completions", CHAT.formatted(true))) {
            assertThat(client.readHead().status()).isEqualTo(200);
            assertThat(client.readBody().text())
                    .contains("\"Hi\"", "upstream_protocol_error")
                    .doesNotContain("[DONE]");
        }
    }

    @Test
    void callersAreToldOfMistakesAsAwsTellsThem() {
        try (var gateway =
                gateway("bedrock/nova", "http://127.0.0.1:1", KEYS, "general_settings: {master_key: sk-m}")) {
            refused(post(gateway, "/model/m/converse", ASK), 401, "AccessDeniedException");
            refused(
                    post(gateway, "/model/other/converse", ASK, "Authorization", "Bearer sk-m"),
                    404,
                    "ResourceNotFoundException");
            refused(
                    post(gateway, "/model/m/converse", "{}", "Authorization", "Bearer sk-m"),
                    400,
                    "ValidationException");
        }
    }

    private static void refused(RawClient answered, int status, String kind) {
        try (RawClient client = answered) {
            RawClient.Head head = client.readHead();
            assertThat(head.status()).isEqualTo(status);
            assertThat(head.header("x-amzn-errortype")).contains(kind);
            assertThat(Chats.json(client.readBody().text()).path("message").asString())
                    .isNotEmpty();
        }
    }

    @Test
    void whatTheConfigurationGivesStandsWhereConverseHasIt() {
        String params =
                KEYS + ", max_tokens: 7, top_p: 0.5, stop: END, top_k: 3, guardrailConfig: {guardrailIdentifier: g}";
        for (String path : List.of("/v1/chat/completions", "/model/m/converse")) {
            try (var upstream = ScriptedUpstream.start().always(Script.json(200, WHOLE));
                    var gateway = gateway("bedrock/nova", upstream.url(), params);
                    RawClient client = post(gateway, path, path.startsWith("/v1") ? CHAT.formatted(false) : ASK)) {
                assertThat(client.readHead().status()).isEqualTo(200);
                JsonNode body = Chats.json(upstream.takeRequest(Chats.SOON).bodyText());
                assertThat(body.path("inferenceConfig").toString())
                        .contains("\"maxTokens\":7", "\"topP\":0.5", "\"stopSequences\":[\"END\"]");
                assertThat(body.path("additionalModelRequestFields")
                                .path("top_k")
                                .asInt())
                        .isEqualTo(3);
                assertThat(body.path("guardrailConfig")
                                .path("guardrailIdentifier")
                                .asString())
                        .isEqualTo("g");
            }
        }
    }

    // InvokeModel.

    private static final List<String> EVENTS = List.of(
            "{\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\","
                    + "\"model\":\"claude-x\",\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,"
                    + "\"usage\":{\"input_tokens\":3,\"output_tokens\":1}}}",
            "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}",
            "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"Hi\"}}",
            "{\"type\":\"content_block_stop\",\"index\":0}",
            "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},"
                    + "\"usage\":{\"output_tokens\":1}}",
            "{\"type\":\"message_stop\",\"amazon-bedrock-invocationMetrics\":{\"inputTokenCount\":3}}");

    private static AwsFrame chunk(String event) {
        String bytes = Base64.getEncoder().encodeToString(event.getBytes(UTF_8));
        return AwsFrame.event("chunk", "{\"bytes\":\"" + bytes + "\",\"p\":\"abc\"}");
    }

    @Test
    void messagesGoThroughInvokeModelAsTheyAre() {
        String body =
                "{\"model\":\"m\",\"max_tokens\":9,\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
        Script stream = frames(EVENTS.stream().map(BedrockTest::chunk).toList());
        try (var upstream = ScriptedUpstream.start().always(stream);
                var gateway = gateway("bedrock/invoke/anthropic.claude-x-v1:0", upstream.url(), KEYS);
                RawClient client = post(gateway, "/v1/messages", body, "anthropic-beta", "one, two")) {
            assertThat(client.readHead().status()).isEqualTo(200);
            StringBuilder expected = new StringBuilder();
            for (String event : EVENTS) {
                expected.append("event: ").append(Chats.json(event).path("type").asString());
                expected.append("\ndata: ")
                        .append(event.replace("\"claude-x\"", "\"m\""))
                        .append("\n\n");
            }
            assertThat(TestGateway.plain(client.readBody().text())).isEqualTo(expected.toString());
            RecordedRequest request = upstream.takeRequest(Chats.SOON);
            assertThat(request.target()).isEqualTo("/model/anthropic.claude-x-v1%3A0/invoke-with-response-stream");
            assertThat(request.header("anthropic-beta")).isEmpty();
            assertThat(request.header("authorization").orElseThrow()).startsWith("AWS4-HMAC-SHA256 ");
            assertThat(Chats.json(request.bodyText())).isEqualTo(Chats.json("""
                    {"anthropic_version":"bedrock-2023-05-31","anthropic_beta":["one","two"],"max_tokens":9,
                    "messages":[{"role":"user","content":"Hi"}]}"""));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void otherCallersOfInvokeModelAreTranslated(boolean stream) {
        Script answer = stream
                ? frames(EVENTS.stream().map(BedrockTest::chunk).toList())
                : Script.json(
                        200,
                        "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude-x\",\"content\":"
                                + "[{\"type\":\"text\",\"text\":\"Hi\"}],\"stop_reason\":\"end_turn\","
                                + "\"usage\":{\"input_tokens\":3,\"output_tokens\":1}}");
        try (var upstream = ScriptedUpstream.start().always(answer);
                var gateway = gateway("bedrock/invoke/anthropic.claude-3-haiku-20240307-v1:0", upstream.url(), KEYS);
                RawClient client = post(gateway, "/v1/chat/completions", CHAT.formatted(stream))) {
            assertThat(client.readHead().status()).isEqualTo(200);
            assertThat(client.readBody().text()).contains("\"Hi\"", stream ? "[DONE]" : "\"finish_reason\":\"stop\"");
            JsonNode body = Chats.json(upstream.takeRequest(Chats.SOON).bodyText());
            assertThat(body.has("model") || body.has("stream")).isFalse();
            assertThat(body.path("anthropic_version").asString()).isEqualTo("bedrock-2023-05-31");
        }
    }

    @Test
    void anExceptionOfInvokeModelIsAnErrorEvent() {
        Script broken = frames(List.of(
                chunk(EVENTS.get(0)),
                chunk(EVENTS.get(1)),
                chunk(EVENTS.get(2)),
                AwsFrame.exception("throttlingException", "{\"message\":\"Slow down.\"}")));
        String body =
                "{\"model\":\"m\",\"max_tokens\":9,\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
        try (var upstream = ScriptedUpstream.start().always(broken);
                var gateway = gateway("bedrock/invoke/anthropic.claude-x", upstream.url(), KEYS);
                RawClient client = post(gateway, "/v1/messages", body)) {
            assertThat(client.readHead().status()).isEqualTo(200);
            assertThat(client.readBody().text()).contains("event: error", "rate_limit_error", "Slow down.");
        }
    }
}
