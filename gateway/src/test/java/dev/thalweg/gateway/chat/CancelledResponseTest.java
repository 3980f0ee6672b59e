package dev.thalweg.gateway.chat;

import static dev.thalweg.gateway.chat.Chats.SOON;
import static dev.thalweg.gateway.chat.Chats.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.gateway.TestGateway;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.RawClient;
import dev.thalweg.testkit.ResponsesScripts;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptBuilder;
import dev.thalweg.testkit.ScriptEvent;
import dev.thalweg.testkit.ScriptedUpstream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Responses that are cancelled from another connection while they are streamed. */
class CancelledResponseTest {
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    /** As many as there are event loops, and more: some callers share one with whom they cancel, others do not. */
    private static final int TIMES = 6;

    private static Script translated() {
        return Script.sse()
                .event(OpenAiScripts.roleChunk())
                .event(OpenAiScripts.contentChunk("Half of"))
                .hang()
                .build();
    }

    private static Script passedOn() {
        ScriptBuilder script = Script.sse();
        List<ScriptEvent> events =
                ResponsesScripts.answer().text("Half of").unfinished().events();
        events.forEach(event -> script.event(event.name(), event.data()));
        return script.hang().build();
    }

    private static TestGateway gateway(ScriptedUpstream upstream, String provider, String... rest) {
        return TestGateway.of("""
                model_list:
                  - model_name: m
                    params: {model: %s/gpt-5-mini, api_base: "%s", api_key: sk-upstream-canary}
                thalweg_settings: {num_retries: 0, event_loops: 3}
                %s
                """.formatted(provider, upstream.url(), String.join("\n", rest)));
    }

    private static Map<String, String> key(String key) {
        return Map.of("Content-Type", "application/json", "Authorization", "Bearer " + key);
    }

    private static String ask(String... members) {
        return "{\"model\":\"m\",\"stream\":true,\"input\":\"Tell me all\"" + String.join("", members) + "}";
    }

    private static RawClient stream(TestGateway gateway, Map<String, String> headers, String body) {
        RawClient client = gateway.connect().timeout(SOON);
        client.post("/v1/responses", headers, body);
        assertThat(client.readHead().status()).isEqualTo(200);
        return client;
    }

    /** Reads up to the first text, and gives the response's id. */
    private static String id(RawClient client) {
        String id = "";
        while (true) {
            RawClient.Event event = client.readEvent().orElseThrow();
            if (event.name().equals("response.created")) {
                id = json(event.data()).at("/response/id").asString();
            } else if (event.name().equals("response.output_text.delta")) {
                assertThat(id).startsWith("resp_");
                return id;
            }
        }
    }

    /** An answer to a request on a connection of its own. */
    private record Told(int status, JsonNode body) {
        static Told of(TestGateway gateway, String method, Map<String, String> headers, String path) {
            try (RawClient client = gateway.connect().timeout(SOON)) {
                if (method.equals("POST")) {
                    client.post(path, headers, "");
                } else {
                    client.get(path, headers);
                }
                int status = client.readHead().status();
                return new Told(status, json(client.readBody().text()));
            }
        }
    }

    private static Told cancel(TestGateway gateway, Map<String, String> headers, String id) {
        return Told.of(gateway, "POST", headers, "/v1/responses/" + id + "/cancel");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void cancellingEndsTheCallAndTheStreamAndKeepsWhatThereIs(boolean translated) {
        Script script = translated ? translated() : passedOn();
        try (var upstream = ScriptedUpstream.start().always(script);
                var gateway = gateway(upstream, translated ? "openai_like" : "openai")) {
            for (int i = 0; i < TIMES; i++) {
                try (RawClient client = stream(gateway, JSON, ask())) {
                    String id = id(client);
                    Told told = cancel(gateway, JSON, id);
                    assertThat(told.status()).as(told.toString()).isEqualTo(200);
                    assertThat(told.body().path("id").asString()).isEqualTo(id);
                    assertThat(told.body().path("status").asString()).isEqualTo("cancelled");
                    assertThat(told.body().path("object").asString()).isEqualTo("response");
                    assertThat(told.body().path("model").asString()).isEqualTo("m");
                    assertThat(told.body().at("/output/0/content/0/text").asString(""))
                            .isEqualTo(translated ? "Half of" : "");

                    List<RawClient.Event> rest = new ArrayList<>();
                    client.readEvent().ifPresent(rest::add);
                    RawClient.Event last = rest.get(0);
                    assertThat(last.name()).isEqualTo("response.incomplete");
                    assertThat(json(last.data()).path("response")).isEqualTo(told.body());
                    assertThat(json(last.data()).path("sequence_number").asInt())
                            .isEqualTo(5);
                    RawClient.Body end = client.readBody();
                    assertThat(end.clean()).isTrue();
                    assertThat(end.text()).doesNotContain("data:");
                    upstream.awaitOpenConnections(0, SOON);

                    assertThat(Told.of(gateway, "GET", JSON, "/v1/responses/" + id)
                                    .body())
                            .isEqualTo(told.body());
                    assertThat(cancel(gateway, JSON, id)).isEqualTo(told);
                }
            }
            for (JsonNode row : Chats.rows(gateway, TIMES)) {
                assertThat(row.path("outcome").asString()).isEqualTo("caller_gone");
            }
            Chats.settled(gateway);
        }
    }

    @Test
    void onlyItsOwnerCancelsIt() {
        String keys = "keys: [{name: one, key: sk-one-123456}, {name: two, key: sk-two-123456}]";
        try (var upstream = ScriptedUpstream.start().always(translated());
                var gateway = gateway(upstream, "openai_like", keys);
                RawClient client = stream(gateway, key("sk-one-123456"), ask())) {
            String id = id(client);
            assertThat(cancel(gateway, key("sk-two-123456"), id).status()).isEqualTo(404);
            assertThat(cancel(gateway, JSON, id).status()).isEqualTo(401);
            assertThat(upstream.openConnections()).isEqualTo(1);
            assertThat(cancel(gateway, key("sk-one-123456"), id).status()).isEqualTo(200);
        }
    }

    @Test
    void whatIsCompleteIsNotCancelled() {
        try (var upstream = ScriptedUpstream.start().always(OpenAiScripts.stream("All of it"));
                var gateway = gateway(upstream, "openai_like");
                RawClient client = stream(gateway, JSON, ask())) {
            String id = id(client);
            assertThat(client.readBody().text()).contains("response.completed");
            Told told = cancel(gateway, JSON, id);
            assertThat(told.status()).isEqualTo(400);
            assertThat(told.body().at("/error/message").asString()).isEqualTo("Cannot cancel a completed response.");
            assertThat(Told.of(gateway, "GET", JSON, "/v1/responses/" + id)
                            .body()
                            .path("status")
                            .asString())
                    .isEqualTo("completed");
        }
    }

    @Test
    void whatIsNotToBeKeptIsCancelledAndForgotten() {
        try (var upstream = ScriptedUpstream.start().always(translated());
                var gateway = gateway(upstream, "openai_like");
                RawClient client = stream(gateway, JSON, ask(",\"store\":false"))) {
            String id = id(client);
            assertThat(cancel(gateway, JSON, id).status()).isEqualTo(200);
            assertThat(cancel(gateway, JSON, id).status()).isEqualTo(404);
        }
    }

    @Test
    void aCallersStreamThatBrokeIsNotThereToBeCancelled() {
        try (var upstream = ScriptedUpstream.start().always(translated());
                var gateway = gateway(upstream, "openai_like")) {
            String id;
            try (RawClient client = stream(gateway, JSON, ask())) {
                id = id(client);
            }
            upstream.awaitOpenConnections(0, SOON);
            Chats.settled(gateway);
            assertThat(cancel(gateway, JSON, id).status()).isEqualTo(404);
        }
    }
}
