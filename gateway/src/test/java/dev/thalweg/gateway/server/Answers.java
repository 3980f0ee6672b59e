package dev.thalweg.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.gateway.TestGateway;
import dev.thalweg.testkit.RawClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests as bytes, answers as they came, and what every error has to look like; for tests of the callers' side. */
final class Answers {
    static final JsonMapper JSON = JsonMapper.shared();
    static final String CHAT = "/v1/chat/completions";

    /** A chat request that the model {@code gpt} can serve. */
    static final String HELLO = "{\"model\":\"gpt\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

    static final String HELLO_STREAM = HELLO.replace("{\"model\"", "{\"stream\":true,\"model\"");

    /** What an answer must never show: traces, the upstream's key, where it is. */
    private static final List<String> SECRETS =
            List.of("Exception", "\tat ", ".java", "io.netty", "dev.thalweg", "sk-upstream", "http://", "127.0.0.1:");

    /** A whole answer. */
    record Answer(RawClient.Head head, String body) {
        int status() {
            return head.status();
        }

        String header(String name) {
            return head.header(name).orElse("");
        }

        JsonNode json() {
            return JSON.readTree(body);
        }

        JsonNode error() {
            return json().path("error");
        }

        /** Asserts that this is an error of the caller's in OpenAI's envelope, and gives it back. */
        Answer isError(int status, String code) {
            assertThat(status()).as(body).isEqualTo(status);
            assertThat(header("content-type")).isEqualTo("application/json");
            assertThat(json().propertyNames()).containsExactly("error");
            assertThat(error().propertyNames()).containsExactly("message", "type", "param", "code", "request_id");
            assertThat(error().path("code").asString()).as(body).isEqualTo(code);
            assertThat(error().path("type").asString()).isNotEmpty();
            assertThat(error().path("message").asString()).isNotBlank();
            assertThat(error().path("request_id").asString()).isNotEmpty().isEqualTo(header("x-request-id"));
            assertThat(body).doesNotContain(SECRETS);
            return this;
        }

        /** Asserts that the field at fault is named. */
        Answer names(String param) {
            assertThat(error().path("param").asString()).as(body).isEqualTo(param);
            return this;
        }
    }

    private Answers() {}

    /** The next whole answer. */
    static Answer read(RawClient client) {
        RawClient.Head head = client.readHead();
        RawClient.Body body = client.readBody();
        assertThat(body.clean()).as("how the body ended: %s", body.end()).isTrue();
        return new Answer(head, TestGateway.plain(body.text()));
    }

    /** The answer to these bytes on a connection of their own. */
    static Answer ask(TestGateway gateway, String request) {
        return ask(gateway, request.getBytes(StandardCharsets.UTF_8));
    }

    static Answer ask(TestGateway gateway, byte[] request) {
        try (RawClient client = gateway.connect()) {
            return read(client.send(request));
        }
    }

    /** The answer to this chat request. */
    static Answer chat(TestGateway gateway, String body) {
        return ask(gateway, post(CHAT, Map.of(), body.getBytes(StandardCharsets.UTF_8)));
    }

    /** A GET with these headers. */
    static Answer get(TestGateway gateway, String path, Map<String, String> headers) {
        try (RawClient client = gateway.connect()) {
            client.get(path, headers);
            return read(client);
        }
    }

    static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    }

    /** A POST of JSON, head and body. */
    static byte[] post(String path, Map<String, String> headers, byte[] body) {
        StringBuilder head = new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: localhost\r\n");
        if (!headers.containsKey("Content-Type")) {
            head.append("Content-Type: application/json\r\n");
        }
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
        byte[] start = head.toString().getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[start.length + body.length];
        System.arraycopy(start, 0, all, 0, start.length);
        System.arraycopy(body, 0, all, start.length, body.length);
        return all;
    }

    static String post(String body) {
        return new String(post(CHAT, Map.of(), body.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }

    /** A chat request with a chunked body in pieces of this many bytes. */
    static String chunked(String body, int size) {
        StringBuilder request = new StringBuilder("POST " + CHAT + " HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (int i = 0; i < body.length(); i += size) {
            String piece = body.substring(i, Math.min(body.length(), i + size));
            request.append(Integer.toHexString(piece.length()))
                    .append("\r\n")
                    .append(piece)
                    .append("\r\n");
        }
        return request.append("0\r\n\r\n").toString();
    }

    /** The value of a metric without labels. */
    static double metric(TestGateway gateway, String name) {
        return get(gateway, "/metrics", Map.of("Host", "localhost"))
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no metric " + name));
    }
}
