package dev.thalweg.gateway.chat;

import static dev.thalweg.gateway.chat.Chats.SOON;
import static dev.thalweg.gateway.chat.Chats.streamed;
import static dev.thalweg.gateway.chat.Chats.unary;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.gateway.TestGateway;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.RawClient;
import dev.thalweg.testkit.RecordedRequest;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptedUpstream;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** A caller who leaves: the upstream sees its connection closed within milliseconds, whatever it was doing. */
class CallerGoneTest {
    private static final int TIMES = 15;
    private static final Consumer<RawClient> NOTHING = client -> {};

    /** Where the exchange is when its caller leaves. */
    enum Moment {
        MID_STREAM(
                Script.sse()
                        .event(OpenAiScripts.roleChunk())
                        .event(OpenAiScripts.contentChunk("Hel"))
                        .hang()
                        .build(),
                true,
                client -> client.readUntil("Hel\"")),
        BEFORE_THE_HEAD(Script.hang(), true, NOTHING),
        BEFORE_THE_FIRST_EVENT(Script.sse().comment("PROCESSING").hang().build(), true, NOTHING),
        BEFORE_THE_FIRST_TOKEN(
                Script.sse().event(OpenAiScripts.roleChunk()).hang().build(), true, client -> client.readUntil("role")),
        UNARY(Script.hang(), false, NOTHING),
        UNARY_IN_THE_ANSWER(
                Script.status(200)
                        .header("Content-Type", "application/json")
                        .text("{\"id\":")
                        .hang()
                        .text("1}")
                        .build(),
                false,
                NOTHING);

        private final Script script;
        private final boolean stream;
        private final Consumer<RawClient> progress;

        Moment(Script script, boolean stream, Consumer<RawClient> progress) {
            this.script = script;
            this.stream = stream;
            this.progress = progress;
        }
    }

    @ParameterizedTest
    @EnumSource
    void theUpstreamSeesItWithinMilliseconds(Moment moment) {
        double[] closing = new double[TIMES];
        double[] resetting = new double[TIMES];
        try (var upstream = ScriptedUpstream.start().always(moment.script);
                var gateway = TestGateway.before(upstream.url())) {
            for (int i = 0; i < TIMES; i++) {
                closing[i] = millisUntilSeen(moment, gateway, upstream, RawClient::close);
                resetting[i] = millisUntilSeen(moment, gateway, upstream, RawClient::closeNow);
            }
            for (JsonNode row : Chats.rows(gateway, 2 * TIMES)) {
                assertThat(row.path("outcome").asString()).isEqualTo("caller_gone");
                assertThat(row.path("attempts")).hasSize(1);
            }
            Chats.settled(gateway);
            upstream.awaitOpenConnections(0, SOON);
        }
        check(moment + ", FIN", closing);
        check(moment + ", RST", resetting);
    }

    private static double millisUntilSeen(
            Moment moment, TestGateway gateway, ScriptedUpstream upstream, Consumer<RawClient> leave) {
        RawClient client = gateway.post(moment.stream ? streamed() : unary());
        RecordedRequest request = upstream.takeRequest(SOON);
        if (moment.progress != NOTHING) {
            client.timeout(SOON).readHead();
            moment.progress.accept(client);
        }
        long left = System.nanoTime();
        leave.accept(client);
        request.awaitDisconnect(SOON);
        return (request.disconnected().join() - left) / 1e6;
    }

    private static void check(String name, double[] millis) {
        Arrays.sort(millis);
        double median = millis[millis.length / 2];
        double most = millis[millis.length - 1];
        System.out.printf("caller gone %-30s median %.2f ms, most %.2f ms%n", name, median, most);
        assertThat(median).as("median of %s", name).isLessThanOrEqualTo(50);
        assertThat(most).as("slowest of %s", name).isLessThanOrEqualTo(500);
    }

    @Test
    void tokensSoFarAreOnTheRecord() {
        Script script = Script.sse()
                .event(OpenAiScripts.roleChunk())
                .event(OpenAiScripts.contentChunk("xxx ".repeat(100) + "xxx"))
                .hang()
                .build();
        try (var upstream = ScriptedUpstream.start().always(script);
                var gateway = TestGateway.before(upstream.url())) {
            RawClient client = gateway.post(streamed());
            client.timeout(SOON).readHead();
            client.readUntil("xxx\"");
            client.close();
            JsonNode row = Chats.row(gateway);
            assertThat(row.path("output_tokens").asInt()).isBetween(50, 150);
            assertThat(row.path("estimated").asBoolean()).isTrue();
        }
    }

    @Test
    void whoWaitsForARetryAndLeavesCostsNoOtherAttempt() {
        Script later = Script.status(503)
                .header("retry-after-ms", "300")
                .header("Content-Type", "application/json")
                .text(OpenAiScripts.errorBody("server_error", null, "Busy."))
                .build();
        try (var upstream = ScriptedUpstream.start().always(later);
                var gateway = Chats.gateway(upstream.url(), "", "num_retries: 2")) {
            RawClient client = gateway.post(streamed());
            upstream.takeRequest(SOON);
            client.close();
            assertThat(Chats.row(gateway).path("outcome").asString()).isEqualTo("caller_gone");
            Chats.settled(gateway);
            // A second request shows that the time of the first one's retry has passed without it.
            JsonNode row = secondRow(gateway);
            assertThat(row.path("attempts")).hasSize(3);
            assertThat(upstream.requests()).hasSize(4);
        }
    }

    private static JsonNode secondRow(TestGateway gateway) {
        Chats.ask(gateway, streamed()).error(503);
        List<JsonNode> rows = Chats.rows(gateway, 2);
        return rows.get(1);
    }

    @Test
    void whoWaitsForAConnectionAndLeavesTakesNone() throws Exception {
        try (var upstream = ScriptedUpstream.start().always(Script.hang());
                var gateway = TestGateway.before(upstream.url(), "max_connections: 1", "event_loops: 1")) {
            RawClient first = gateway.post(streamed());
            RecordedRequest request = upstream.takeRequest(SOON);
            RawClient second = gateway.post(streamed());
            Chats.until("both to be under way", () -> gateway.server().running() == 2);
            second.close();
            Chats.until("one to be under way", () -> gateway.server().running() == 1);
            first.close();
            request.disconnected().get(SOON.toSeconds(), TimeUnit.SECONDS);
            Chats.rows(gateway, 2);
            Chats.settled(gateway);
            assertThat(upstream.requests()).hasSize(1);
            upstream.awaitOpenConnections(0, SOON);
        }
    }
}
