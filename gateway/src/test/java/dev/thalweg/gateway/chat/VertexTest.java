package dev.thalweg.gateway.chat;

import static dev.thalweg.gateway.chat.Chats.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.gateway.TestGateway;
import dev.thalweg.testkit.RawClient;
import dev.thalweg.testkit.RecordedRequest;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptedUpstream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Vertex AI: where it is, and the tokens it is asked with. */
class VertexTest {
    private static final String ANSWER =
            "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Hello\"}],\"role\":\"model\"},\"finishReason\":\"STOP\"}],"
                    + "\"usageMetadata\":{\"promptTokenCount\":3,\"candidatesTokenCount\":2},\"responseId\":\"r\"}";
    private static final String PATH =
            "/v1/projects/my-project/locations/us-central1/publishers/google/models/gemini-3-pro:generateContent";
    private static final KeyPair KEYS = keys();

    @TempDir
    Path directory;

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String account(String tokenUri) {
        String key = Base64.getMimeEncoder().encodeToString(KEYS.getPrivate().getEncoded());
        return JsonMapper.shared()
                .createObjectNode()
                .put("type", "service_account")
                .put("project_id", "my-project")
                .put("private_key_id", "key-1")
                .put("private_key", "-----BEGIN PRIVATE KEY-----\n" + key + "\n-----END PRIVATE KEY-----\n")
                .put("client_email", "me@my-project.iam.gserviceaccount.com")
                .put("token_uri", tokenUri)
                .toString();
    }

    private Path file(String tokenUri) throws IOException {
        return Files.writeString(directory.resolve("account.json"), account(tokenUri));
    }

    private static TestGateway gateway(String base, String options, Map<String, String> environment) {
        return TestGateway.of("""
                model_list:
                  - model_name: gpt
                    litellm_params: {model: vertex_ai/gemini-3-pro, api_base: "%s"%s}
                thalweg_settings: {num_retries: 0}
                router_settings: {disable_cooldowns: true}
                """.formatted(base, options), environment);
    }

    private static Script token(String token, int seconds) {
        return Script.json(
                200, "{\"access_token\":\"" + token + "\",\"expires_in\":" + seconds + ",\"token_type\":\"Bearer\"}");
    }

    private static int ask(TestGateway gateway) {
        try (RawClient client = gateway.post(Chats.unary())) {
            int status = client.readHead().status();
            RawClient.Body unused = client.readBody();
            return status;
        }
    }

    @Test
    void aServiceAccountGetsATokenOnceAndAsksWithIt() throws Exception {
        try (var google = ScriptedUpstream.start().always(token("ya29.canary", 3600));
                var upstream = ScriptedUpstream.start().always(Script.json(200, ANSWER));
                var gateway = gateway(
                        upstream.url(), ", vertex_credentials: \"" + file(google.url() + "/token") + "\"", Map.of())) {
            assertThat(ask(gateway)).isEqualTo(200);
            assertThat(ask(gateway)).isEqualTo(200);
            RecordedRequest asked = upstream.takeRequest(Chats.SOON);
            assertThat(asked.target()).isEqualTo(PATH);
            assertThat(asked.header("authorization")).contains("Bearer ya29.canary");
            assertThat(google.requests()).hasSize(1);
            RecordedRequest request = google.takeRequest(Chats.SOON);
            assertThat(request.target()).isEqualTo("/token");
            checkAssertion(request.bodyText(), google.url() + "/token");
            gateway.close();
            assertThat(gateway.log()).doesNotContain("canary");
        }
    }

    private static void checkAssertion(String form, String audience) throws GeneralSecurityException {
        assertThat(form).startsWith("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=");
        String[] parts = URLDecoder.decode(form.substring(form.lastIndexOf('=') + 1), UTF_8)
                .split("\\.", -1);
        JsonNode header = json(new String(Base64.getUrlDecoder().decode(parts[0]), UTF_8));
        JsonNode claims = json(new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8));
        assertThat(header.path("alg").asString()).isEqualTo("RS256");
        assertThat(header.path("kid").asString()).isEqualTo("key-1");
        assertThat(claims.path("iss").asString()).isEqualTo("me@my-project.iam.gserviceaccount.com");
        assertThat(claims.path("aud").asString()).isEqualTo(audience);
        assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isEqualTo(3600);
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(KEYS.getPublic());
        signature.update((parts[0] + "." + parts[1]).getBytes(UTF_8));
        assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
    }

    @Test
    void aTokenThatSoonExpiresIsStillGoodWhileTheNextIsFetched() throws Exception {
        try (var google = ScriptedUpstream.start().enqueue(token("first", 60)).always(token("second", 3600));
                var upstream = ScriptedUpstream.start().always(Script.json(200, ANSWER));
                var gateway = gateway(
                        upstream.url(),
                        "",
                        Map.of(
                                "GOOGLE_APPLICATION_CREDENTIALS",
                                file(google.url()).toString()))) {
            assertThat(ask(gateway)).isEqualTo(200);
            assertThat(upstream.takeRequest(Chats.SOON).header("authorization")).contains("Bearer first");
            RecordedRequest unused = google.takeRequest(Chats.SOON);
            assertThat(ask(gateway)).isEqualTo(200);
            assertThat(upstream.takeRequest(Chats.SOON).header("authorization")).isPresent();
            assertThat(google.takeRequest(Chats.SOON).method()).isEqualTo("POST");
        }
    }

    @Test
    void withoutATokenNothingIsAskedAndTheNextRequestTriesAgain() throws Exception {
        Script refused = Script.json(400, "{\"error\":\"invalid_grant\",\"error_description\":\"canary\"}");
        try (var google = ScriptedUpstream.start().enqueue(refused).always(token("t", 3600));
                var upstream = ScriptedUpstream.start().always(Script.json(200, ANSWER));
                var gateway =
                        gateway(upstream.url(), ", vertex_credentials: \"" + file(google.url()) + "\"", Map.of());
                RawClient client = gateway.post(Chats.unary())) {
            assertThat(client.readHead().status()).isEqualTo(502);
            assertThat(client.readBody().text()).contains("invalid_grant").doesNotContain("canary");
            assertThat(upstream.requests()).isEmpty();
            assertThat(ask(gateway)).isEqualTo(200);
        }
    }

    @Test
    void aReadyTokenIsSentAsItIs() {
        try (var upstream = ScriptedUpstream.start().always(Script.json(200, ANSWER));
                var gateway = gateway(upstream.url(), ", api_key: ya29.ready, vertex_project: my-project", Map.of())) {
            assertThat(ask(gateway)).isEqualTo(200);
            RecordedRequest asked = upstream.takeRequest(Chats.SOON);
            assertThat(asked.target()).isEqualTo(PATH);
            assertThat(asked.header("authorization")).contains("Bearer ya29.ready");
        }
    }

    private static TestGateway claude(String base) {
        return TestGateway.of("""
                model_list:
                  - model_name: gpt
                    litellm_params:
                      {model: vertex_ai/claude-sonnet-4-5@20250929, api_base: "%s", api_key: t, vertex_project: my-project}
                thalweg_settings: {num_retries: 0}
                """.formatted(base), Map.of());
    }

    private static final String CLAUDE =
            "/v1/projects/my-project/locations/us-central1/publishers/anthropic/models/claude-sonnet-4-5@20250929:";

    @Test
    void anthropicsModelsAreAskedInAnthropicsWords() {
        String events =
                "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"type\":\"message\","
                        + "\"role\":\"assistant\",\"model\":\"claude\",\"content\":[],\"usage\":{\"input_tokens\":3,"
                        + "\"output_tokens\":1}}}\n\nevent: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":"
                        + "{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":1}}\n\n"
                        + "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";
        String body =
                "{\"model\":\"gpt\",\"max_tokens\":9,\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
        try (var upstream = ScriptedUpstream.start().always(Script.replay(events.getBytes(UTF_8)));
                var gateway = claude(upstream.url());
                RawClient client = gateway.connect()) {
            client.post("/v1/messages", Map.of("Content-Type", "application/json", "anthropic-beta", "one"), body);
            assertThat(client.readHead().status()).isEqualTo(200);
            assertThat(client.readBody().text()).contains("message_stop", "\"model\":\"gpt\"");
            RecordedRequest asked = upstream.takeRequest(Chats.SOON);
            assertThat(asked.target()).isEqualTo(CLAUDE + "streamRawPredict");
            assertThat(asked.header("authorization")).contains("Bearer t");
            assertThat(asked.header("anthropic-beta")).contains("one");
            assertThat(json(asked.bodyText())).isEqualTo(json("""
                    {"anthropic_version":"vertex-2023-10-16","max_tokens":9,"stream":true,
                    "messages":[{"role":"user","content":"Hi"}]}"""));
        }
    }

    @Test
    void otherCallersOfAnthropicsModelsAreTranslated() {
        Script answer = Script.json(
                200,
                "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude\",\"content\":"
                        + "[{\"type\":\"text\",\"text\":\"Hello\"}],\"stop_reason\":\"end_turn\","
                        + "\"usage\":{\"input_tokens\":1000000,\"output_tokens\":1}}");
        try (var upstream = ScriptedUpstream.start().always(answer);
                var gateway = claude(upstream.url())) {
            assertThat(ask(gateway)).isEqualTo(200);
            RecordedRequest asked = upstream.takeRequest(Chats.SOON);
            assertThat(asked.target()).isEqualTo(CLAUDE + "rawPredict");
            JsonNode body = json(asked.bodyText());
            assertThat(body.path("anthropic_version").asString()).isEqualTo("vertex-2023-10-16");
            assertThat(body.has("model")).isFalse();
        }
    }
}
