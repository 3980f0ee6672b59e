package dev.thalweg.gateway.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.gateway.TestGateway;
import dev.thalweg.testkit.RawClient;
import dev.thalweg.testkit.ScriptedUpstream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the tests of this package share: request bodies, ways to read an answer, and what holds after every end. */
final class Chats {
    /** Long enough for a busy machine; nothing waits this long when all is well. */
    static final Duration SOON = Duration.ofSeconds(15);

    private Chats() {}

    /** A streaming request for the model {@code gpt} with further members. */
    static String streamed(String... members) {
        return request("\"stream\":true", members);
    }

    /** A request for the model {@code gpt} that is answered in one piece, with further members. */
    static String unary(String... members) {
        return request("\"stream\":false", members);
    }

    private static String request(String stream, String... members) {
        String more = members.length == 0 ? "" : "," + String.join(",", members);
        return "{\"model\":\"gpt\"," + stream + ",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]" + more
                + "}";
    }

    /** A gateway with one deployment of {@code gpt}, with these options besides, and these {@code thalweg_settings}. */
    static TestGateway gateway(String upstreamUrl, String options, String... settings) {
        return TestGateway.of(
                """
                model_list:
                  - model_name: gpt
                    params: {model: openai/gpt-4o-mini, api_base: "%s", api_key: sk-upstream-canary%s}
                thalweg_settings:
                  %s
                """.formatted(upstreamUrl, options.isEmpty() ? "" : ", " + options, String.join("\n  ", settings)));
    }

    static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }

    /** Sends a request, reads its whole answer. */
    static Answer ask(TestGateway gateway, String body) {
        try (RawClient client = gateway.post(body)) {
            return read(client);
        }
    }

    static Answer read(RawClient client) {
        client.timeout(SOON);
        RawClient.Head head = client.readHead();
        RawClient.Body body = client.readBody();
        return new Answer(head, body.text(), body.clean());
    }

    /** A whole answer, without the comment in which a stream says who served it. */
    record Answer(RawClient.Head head, String body, boolean clean) {
        Answer {
            body = TestGateway.plain(body);
        }

        int status() {
            return head.status();
        }

        /** The content of the first choice, put together. */
        String text() {
            StringBuilder text = new StringBuilder();
            for (String data : data()) {
                if (!data.equals("[DONE]")) {
                    text.append(json(data).at("/choices/0/delta/content").asString(""));
                }
            }
            return text.toString();
        }

        /** The data of all events, one line each. */
        List<String> data() {
            return body.lines()
                    .filter(line -> line.startsWith("data: "))
                    .map(line -> line.substring(6))
                    .toList();
        }

        boolean done() {
            return body.endsWith("data: [DONE]\n\n");
        }

        /** The {@code error} object of an error status. */
        JsonNode error(int status) {
            assertThat(status()).as("status; body: %s", body).isEqualTo(status);
            assertThat(clean).isTrue();
            return envelope(body);
        }

        /** The {@code error} object of the error event that ends this stream: nothing follows, nothing is dressed up. */
        JsonNode errorEvent() {
            assertThat(status()).as("status; body: %s", body).isEqualTo(200);
            assertThat(clean).as("a body that ends as its framing says").isTrue();
            assertThat(body).doesNotContain("[DONE]").contains("event: error\ndata: ");
            int at = body.lastIndexOf("event: error\ndata: ");
            assertThat(body.indexOf("event: error")).as("one error event").isEqualTo(at);
            assertThat(at == 0 || body.startsWith("\n\n", at - 2))
                    .as("an event of its own in %s", body)
                    .isTrue();
            String event = body.substring(at);
            assertThat(event).endsWith("\n\n");
            assertThat(event.strip().lines()).hasSize(2);
            return envelope(event.strip().lines().toList().get(1).substring(6));
        }

        private JsonNode envelope(String text) {
            JsonNode error = json(text).path("error");
            assertThat(error.propertyNames()).contains("message", "type", "param", "code", "request_id");
            assertThat(error.path("message").asString()).isNotBlank();
            assertThat(error.path("request_id").asString())
                    .isEqualTo(head.header("x-request-id").orElseThrow());
            assertThat(text).doesNotContain("127.0.0.1", "sk-upstream-canary", "dev.thalweg", "io.netty", "Exception:");
            return error;
        }
    }

    /** The one row of the record, once it is on disk. */
    static JsonNode row(TestGateway gateway) {
        return rows(gateway, 1).get(0);
    }

    /** All rows of the record, once there are so many; more are a mistake. */
    static List<JsonNode> rows(TestGateway gateway, int count) {
        until("the record to have " + count + " rows", () -> gateway.rows().size() >= count);
        List<JsonNode> rows = new ArrayList<>();
        gateway.rows().forEach(row -> rows.add(json(row)));
        assertThat(rows).hasSize(count);
        return rows;
    }

    /** The value of a metric without labels. */
    static double metric(TestGateway gateway, String name) {
        try (RawClient client = gateway.connect()) {
            client.get("/metrics", Map.of("Connection", "close"));
            client.timeout(SOON).readHead();
            Optional<String> line = client.readBody()
                    .text()
                    .lines()
                    .filter(text -> text.startsWith(name + " "))
                    .findFirst();
            return Double.parseDouble(line.orElseThrow().substring(name.length() + 1));
        }
    }

    /** Nothing is left of any request: none counted, no bytes held back. */
    static void settled(TestGateway gateway) {
        until("no request to be under way", () -> metric(gateway, "thalweg_requests_in_flight") == 0);
        assertThat(gateway.server().running()).isZero();
        assertThat(metric(gateway, "thalweg_held_bytes")).isZero();
    }

    /** The request ended like this, everywhere: in the record, in the log, in the metrics, at the upstream. */
    static JsonNode endedAs(String outcome, TestGateway gateway, ScriptedUpstream upstream) {
        JsonNode row = row(gateway);
        assertThat(row.path("outcome").asString()).as("row %s", row).isEqualTo(outcome);
        until("the log line", () -> gateway.log().contains(row.path("id").asString()));
        assertThat(json(gateway.log().lines().findFirst().orElseThrow())).isEqualTo(row);
        settled(gateway);
        upstream.awaitOpenConnections(0, SOON);
        return row;
    }

    /** Waits until this holds. */
    static void until(String what, BooleanSupplier holds) {
        long end = System.nanoTime() + SOON.toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited " + SOON.toSeconds() + " s for " + what);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(3));
        }
    }
}
