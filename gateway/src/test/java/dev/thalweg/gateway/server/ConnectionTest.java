package dev.thalweg.gateway.server;

import static dev.thalweg.gateway.server.Answers.CHAT;
import static dev.thalweg.gateway.server.Answers.HELLO;
import static dev.thalweg.gateway.server.Answers.HELLO_STREAM;
import static dev.thalweg.gateway.server.Answers.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.gateway.TestGateway;
import dev.thalweg.gateway.server.Answers.Answer;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.RawClient;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptedUpstream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One connection, many requests: answers in order, none in another's place, and an end when one was announced. */
class ConnectionTest {
    private ScriptedUpstream upstream;
    private TestGateway gateway;

    @BeforeEach
    void start() {
        upstream = ScriptedUpstream.start()
                .answer(request -> request.bodyText().contains("\"stream\":true")
                        ? OpenAiScripts.stream("hel", "lo")
                        : OpenAiScripts.completion("hello"));
        gateway = TestGateway.before(upstream.url(), "event_loops: 1");
    }

    @AfterEach
    void stop() {
        gateway.close();
        upstream.close();
    }

    /** One request of each kind with the start of its answer. */
    private static Map<String, Integer> kinds() {
        return Map.of(
                Answers.post(HELLO), 200,
                Answers.post(HELLO_STREAM), 200,
                Answers.chunked(HELLO_STREAM, 9), 200,
                Answers.get("/v1/models"), 200,
                Answers.get("/metrics"), 200,
                Answers.get("/nowhere"), 404,
                Answers.get(CHAT), 405,
                Answers.post("{"), 400,
                Answers.post(HELLO.replace("gpt", "none")), 404,
                Answers.post(HELLO).replace("application/json", "text/plain"), 415);
    }

    @Test
    void aConnectionIsUsedAgainAfterEveryKindOfAnswer() {
        try (RawClient client = gateway.connect()) {
            for (int round = 0; round < 3; round++) {
                kinds().forEach((request, status) -> {
                    Answer answer = Answers.read(client.send(request));
                    assertThat(answer.status()).as(request).isEqualTo(status);
                    assertThat(answer.header("connection")).isEmpty();
                });
            }
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrder() {
        List<String> ids = new ArrayList<>();
        List<Integer> statuses = new ArrayList<>();
        StringBuilder all = new StringBuilder();
        kinds().forEach((request, status) -> {
            String id = "id-" + ids.size();
            all.append(request.replace("Host: localhost\r\n", "Host: localhost\r\nx-request-id: " + id + "\r\n"));
            ids.add(id);
            statuses.add(status);
        });
        try (RawClient client = gateway.connect()) {
            client.send(all.toString());
            for (int i = 0; i < ids.size(); i++) {
                Answer answer = Answers.read(client);
                assertThat(answer.header("x-request-id")).isEqualTo(ids.get(i));
                assertThat(answer.status()).isEqualTo(statuses.get(i));
            }
        }
    }

    @Test
    void pipelinedRequestsMayComeByteByByte() {
        String two = Answers.post(HELLO_STREAM) + Answers.get("/v1/models");
        try (RawClient client = gateway.connect()) {
            for (byte one : two.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
                client.send(new byte[] {one});
            }
            assertThat(Answers.read(client).body()).endsWith("data: [DONE]\n\n");
            assertThat(Answers.read(client).body()).contains("\"object\":\"list\"");
        }
    }

    @Test
    void whatIsSentAheadWaitsForTheStreamBeforeIt() {
        CountDownLatch goOn = new CountDownLatch(1);
        upstream.enqueue(Script.sse()
                .event(OpenAiScripts.roleChunk())
                .event(OpenAiScripts.contentChunk("one"))
                .flush()
                .awaitSignal(goOn)
                .event(OpenAiScripts.finishChunk("stop"))
                .event("[DONE]")
                .build());
        try (RawClient client = gateway.connect()) {
            client.send(Answers.post(HELLO_STREAM) + Answers.get("/v1/models"));
            assertThat(client.readHead().status()).isEqualTo(200);
            client.readUntil("one");
            client.send(Answers.get("/nowhere"));
            goOn.countDown();
            assertThat(client.readUntil("[DONE]\n\n")).doesNotContain("HTTP/1.1");
            assertThat(client.readBody().clean()).isTrue();
            assertThat(Answers.read(client).status()).isEqualTo(200);
            assertThat(Answers.read(client).status()).isEqualTo(404);
        }
    }

    @Test
    void nothingIsServedBehindARequestThatCloses() {
        for (String last : List.of(Answers.get("/v1/models"), Answers.get("/nowhere"), Answers.post("{"))) {
            try (RawClient client = gateway.connect()) {
                String closing = last.replace("Host: localhost\r\n", "Host: localhost\r\nConnection: close\r\n");
                client.send(closing + Answers.post(HELLO) + Answers.post(HELLO));
                assertThat(Answers.read(client).header("connection")).isEqualTo("close");
                assertThat(client.awaitClose()).isTrue();
            }
        }
        // A request of ours comes after all that could have come of theirs: there is one event loop.
        assertThat(Answers.chat(gateway, HELLO).status()).isEqualTo(200);
        assertThat(upstream.requests()).hasSize(1);
    }

    @Test
    void afterAStreamThatBrokeTheConnectionServesOn() {
        upstream.enqueue(Script.sse()
                .event(OpenAiScripts.roleChunk())
                .event(OpenAiScripts.contentChunk("one"))
                .rst()
                .build());
        try (RawClient client = gateway.connect()) {
            Answer broken = Answers.read(client.send(Answers.post(HELLO_STREAM)));
            assertThat(broken.body()).contains("event: error").doesNotContain("[DONE]");
            assertThat(Answers.read(client.send(Answers.post(HELLO))).body()).contains("hello");
        }
    }

    @Test
    void aFloodReadAsItComesIsAnsweredInOrder() {
        try (RawClient client = gateway.connect()) {
            for (int batch = 0; batch < 50; batch++) {
                client.send(Answers.get("/health/live").repeat(20) + Answers.get("/nowhere"));
                for (int i = 0; i < 20; i++) {
                    assertThat(Answers.read(client).status()).isEqualTo(200);
                }
                assertThat(Answers.read(client).status()).isEqualTo(404);
            }
        }
    }

    @Test
    void aFloodWhoseAnswersNobodyTakesIsCutOff() {
        String batch = Answers.get("/metrics").repeat(100);
        try (RawClient client = gateway.connect()) {
            int sent = 0;
            try {
                // Each answer has some ten thousand bytes: unbounded, this would hold gigabytes.
                while (sent < 4_000) {
                    client.send(batch);
                    sent++;
                }
            } catch (UncheckedIOException cutOff) {
                // What is expected: the gateway has closed the connection.
            }
            assertThat(sent).isLessThan(4_000);
        }
        assertThat(get(gateway, "/health/live", Map.of()).status()).isEqualTo(200);
    }

    @Test
    void aFloodBehindAStreamIsCutOff() {
        upstream.enqueue(
                Script.sse().event(OpenAiScripts.contentChunk("one")).hang().build());
        try (RawClient client = gateway.connect()) {
            client.send(Answers.post(HELLO_STREAM));
            client.readHead();
            client.send(Answers.get("/health/live").repeat(200));
            assertThat(client.readBody().clean()).isFalse();
        }
        upstream.takeRequest(java.time.Duration.ofSeconds(5)).awaitDisconnect(java.time.Duration.ofSeconds(5));
    }
}
