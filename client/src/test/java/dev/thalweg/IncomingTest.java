package dev.thalweg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptedUpstream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A close at moments that chance seldom brings about. */
class IncomingTest {
    private static final Duration SOON = Duration.ofSeconds(2);

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCloseBetweenTheHeadAndTheBodyClosesTheConnection(boolean reused) throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                HttpClient http = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(upstream.url()))
                    .POST(HttpRequest.BodyPublishers.ofString("{}"))
                    .build();
            if (reused) {
                upstream.enqueue(Script.json(200, "{}"));
                assertThat(http.send(request, HttpResponse.BodyHandlers.ofString())
                                .statusCode())
                        .isEqualTo(200);
                upstream.takeRequest(SOON);
            }
            upstream.enqueue(Script.sse().head().flush().waitForClientClose().build());
            Incoming incoming = new Incoming();
            incoming.send(http, request, info -> {
                HttpResponse.BodySubscriber<Incoming> body = incoming.apply(info);
                incoming.close();
                return body;
            });
            assertThat(upstream.takeRequest(SOON).awaitDisconnect(SOON)).isLessThan(SOON);
        }
    }
}
