package dev.thalweg.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.testkit.RecordedRequest;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** Streams that break off before providers' own clients: none ends as if it were complete. */
class OwnBrokenStreamsTest {
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    @EachOwnPair
    void anErrorAfterSomeText(Client client, Provider provider) {
        broken(client, provider, "error after content", "The engine is overloaded");
    }

    @EachOwnPair
    void aConnectionClosedInTheMiddle(Client client, Provider provider) {
        broken(client, provider, "cut after content", "");
    }

    private static void broken(Client client, Provider provider, String scenario, String words) {
        try (Scene scene = Scene.before(provider, client).reply(scenario)) {
            Told told = scene.askStreamed();
            if (client == Client.COHERE) {
                // Its stream has no exception for it; it tells the end.
                assertThat(told.finish()).isEqualTo("error");
                assertThat(told.completion().path("problem").asString("")).contains(words);
            } else {
                // Mistral's says that the event cannot be read, and not what is in it.
                JsonNode error = told.raised(client == Client.MISTRAL ? "" : words);
                assertThat(error.path("class").asString()).isEqualTo(inStream(client));
            }
            assertThat(String.join("", told.texts())).isEqualTo("Hello");
        }
    }

    private static String inStream(Client client) {
        return switch (client) {
            case GENAI_NODE -> "ApiError";
            case GENAI_JAVA -> "ServerException";
            case MISTRAL -> "ZodError";
            default -> "Error";
        };
    }

    @EachOwnPair
    void aClientThatLeaves(Client client, Provider provider) {
        try (Scene scene = Scene.before(provider, client).reply("stall after content")) {
            Told told = scene.told(scene.call("stream").stopAfter(1));
            RecordedRequest request = scene.upstream().takeRequest(Scene.SOON);
            // The clock of the day, since the client may be another process.
            long ahead = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()) - System.nanoTime();
            Duration open = request.awaitDisconnect(Scene.SOON);
            long closed = TimeUnit.NANOSECONDS.toMillis(request.arrivedAt() + open.toNanos() + ahead);
            long after = closed - told.json().path("leftAt").asLong();
            assertThat(Duration.ofMillis(after)).isLessThan(AT_ONCE);
        }
    }
}
