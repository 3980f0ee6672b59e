package dev.thalweg.gateway.chat;

import static dev.thalweg.gateway.chat.Chats.ask;
import static dev.thalweg.gateway.chat.Chats.json;
import static dev.thalweg.gateway.chat.Chats.streamed;
import static dev.thalweg.gateway.chat.Chats.unary;
import static dev.thalweg.gateway.chat.Routes.BROKEN;
import static dev.thalweg.gateway.chat.Routes.deployment;
import static dev.thalweg.gateway.chat.Routes.withSpare;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.gateway.TestGateway;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.RawClient;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptedUpstream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Who stands in for a model that fails, and when nobody does. */
class FallbackTest {
    private static final Script TOO_LONG =
            OpenAiScripts.error(400, "invalid_request_error", "context_length_exceeded", "Too long.");
    private static final Script REFUSED =
            OpenAiScripts.error(400, "invalid_request_error", "content_policy_violation", "No.");
    private static final Script HI = OpenAiScripts.stream("Hi");

    private final ScriptedUpstream first = ScriptedUpstream.start();
    private final ScriptedUpstream spare = ScriptedUpstream.start().always(HI);

    private static Optional<String> header(Chats.Answer answer, String name) {
        return answer.head().header(name);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 408, 429, 500, 503, 529})
    void anotherModelStandsInForOneThatFails(int status) {
        first.always(OpenAiScripts.error(status, "some_error", null, "It broke."));
        try (var gateway = withSpare(first, spare)) {
            Chats.Answer answer = ask(gateway, streamed());
            assertThat(answer.text()).isEqualTo("Hi");
            assertThat(answer.done()).isTrue();
            assertThat(header(answer, "x-thalweg-deployment")).contains("second");
            assertThat(header(answer, "x-thalweg-model-group")).contains("spare");
            assertThat(header(answer, "x-thalweg-attempts")).contains("2");
            assertThat(header(answer, "x-thalweg-fallbacks")).contains("1");
            assertThat(json(answer.data().get(0)).path("model").asString()).isEqualTo("gpt");
            JsonNode row = Chats.row(gateway);
            assertThat(row.path("deployment").asString()).isEqualTo("second");
            assertThat(row.path("attempts").get(0).path("deployment").asString())
                    .isEqualTo("first");
            Chats.settled(gateway);
        }
    }

    @Test
    void anotherModelStandsInForOneThatCannotBeReached() {
        try (var gateway = Routes.gateway(
                "router_settings: {num_retries: 0, default_fallbacks: [spare]}",
                deployment("gpt", "first", ScriptedUpstream.refusingUrl()),
                deployment("spare", "second", spare.url()))) {
            assertThat(ask(gateway, streamed()).text()).isEqualTo("Hi");
        }
    }

    @Test
    void theCallersOwnFaultIsToldAtOnce() {
        first.always(OpenAiScripts.error(400, "invalid_request_error", "bad", "Wrong."));
        try (var gateway = withSpare(first, spare)) {
            Chats.Answer answer = ask(gateway, streamed());
            assertThat(answer.error(400).path("message").asString()).isEqualTo("Wrong.");
            assertThat(answer.error(400).has("attempts")).isFalse();
            assertThat(header(answer, "x-should-retry")).isEmpty();
            assertThat(spare.requests()).isEmpty();
        }
    }

    @Test
    void eachCauseHasAListOfItsOwn() {
        String lists = """
                router_settings:
                  num_retries: 2
                  fallbacks: [{gpt: [general]}]
                  context_window_fallbacks: [{gpt: [long]}]
                  content_policy_fallbacks: [{gpt: [lenient]}]
                """;
        try (var longer = ScriptedUpstream.start().always(OpenAiScripts.stream("long"));
                var lenient = ScriptedUpstream.start().always(OpenAiScripts.stream("lenient"));
                var gateway = Routes.gateway(
                        lists,
                        deployment("gpt", "first", first.url()),
                        deployment("general", "general", spare.url()),
                        deployment("long", "long", longer.url()),
                        deployment("lenient", "lenient", lenient.url()))) {
            first.enqueue(TOO_LONG);
            assertThat(ask(gateway, streamed()).text()).isEqualTo("long");
            first.enqueue(REFUSED);
            assertThat(ask(gateway, streamed()).text()).isEqualTo("lenient");
            assertThat(first.requests()).hasSize(2);
            assertThat(spare.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFilterThatRefusesBeforeAnyContentIsARefusalToo(boolean stream) {
        String whole = "{\"id\":\"1\",\"object\":\"chat.completion\",\"model\":\"m\",\"choices\":[{\"index\":0,"
                + "\"message\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":\"content_filter\"}]}";
        Script filtered = stream
                ? Script.sse()
                        .event(OpenAiScripts.roleChunk())
                        .event(OpenAiScripts.finishChunk("content_filter"))
                        .event("[DONE]")
                        .build()
                : Script.json(200, whole);
        first.always(filtered);
        spare.always(stream ? HI : OpenAiScripts.completion("Hi"));
        String list = "content_policy_fallbacks: [{gpt: [spare]}]";
        try (var gateway = withSpare(first, spare, list)) {
            Chats.Answer answer = ask(gateway, stream ? streamed() : unary());
            assertThat(answer.body()).contains("\"Hi\"").doesNotContain("content_filter");
            assertThat(header(answer, "x-thalweg-deployment")).contains("second");
        }
        try (var gateway = withSpare(first, spare)) {
            assertThat(ask(gateway, stream ? streamed() : unary()).body()).contains("content_filter");
        }
    }

    @Test
    void theErrorIsTheLastOneThatSaysSomethingWithAllAttempts() {
        first.always(BROKEN);
        spare.always(OpenAiScripts.error(401, "authentication_error", "invalid_api_key", "Wrong key."));
        try (var gateway = withSpare(first, spare)) {
            Chats.Answer answer = ask(gateway, streamed());
            JsonNode error = answer.error(500);
            assertThat(error.path("message").asString()).isEqualTo("It broke.");
            assertThat(error.path("attempts").toString())
                    .isEqualTo("[{\"deployment\":\"first\",\"status\":500,\"code\":\"boom\"},"
                            + "{\"deployment\":\"second\",\"status\":401,\"code\":\"invalid_api_key\"}]");
            assertThat(header(answer, "x-should-retry")).contains("false");
            assertThat(header(answer, "x-thalweg-attempts")).contains("2");
        }
    }

    @Test
    void aSecondAnswerOf400Stops() {
        first.always(BROKEN);
        spare.always(OpenAiScripts.error(400, "invalid_request_error", "bad", "Wrong."));
        try (var third = ScriptedUpstream.start().always(HI);
                var gateway = Routes.gateway(
                        "router_settings:\n  num_retries: 2\n  fallbacks: [{gpt: [spare, third]}]\n",
                        deployment("gpt", "first", first.url(), "num_retries: 0"),
                        deployment("spare", "second", spare.url()),
                        deployment("third", "third", third.url()))) {
            ask(gateway, streamed()).error(400);
            assertThat(spare.requests()).hasSize(1);
            assertThat(third.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"'\"disable_fallbacks\":true', false", "'\"num_retries\":0', true", "'\"fallbacks\":[]', false"})
    void aRequestMaySwitchThemOff(String member, boolean standsIn) {
        first.always(BROKEN);
        try (var gateway = withSpare(first, spare)) {
            Chats.Answer answer = ask(gateway, streamed(member));
            assertThat(answer.status()).isEqualTo(standsIn ? 200 : 500);
            assertThat(first.takeRequest(Chats.SOON).bodyText())
                    .doesNotContain("disable_fallbacks", "num_retries", "\"fallbacks\"");
        }
    }

    @Test
    void aRequestMayNameItsOwn() {
        first.always(BROKEN);
        try (var gateway = Routes.gateway(
                "router_settings: {num_retries: 0}",
                deployment("gpt", "first", first.url()),
                deployment("spare", "second", spare.url()))) {
            assertThat(ask(gateway, streamed()).status()).isEqualTo(500);
            assertThat(ask(gateway, streamed("\"fallbacks\":[\"spare\"]")).text())
                    .isEqualTo("Hi");
            try (RawClient client = gateway.connect()) {
                Map<String, String> headers =
                        Map.of("Content-Type", "application/json", "x-thalweg-fallbacks", "spare");
                client.post("/v1/chat/completions", headers, streamed());
                assertThat(Chats.read(client).text()).isEqualTo("Hi");
            }
        }
    }

    @Test
    void aKeyIsServedOnlyByModelsItMayUse() {
        first.always(BROKEN);
        String keys = """
                router_settings: {num_retries: 0, fallbacks: [{gpt: [spare]}]}
                keys:
                  - {name: some, key: sk-some-key-long-enough, models: [gpt]}
                """;
        try (var gateway = Routes.gateway(
                        keys, deployment("gpt", "first", first.url()), deployment("spare", "second", spare.url()));
                RawClient client = gateway.connect()) {
            Map<String, String> headers =
                    Map.of("Content-Type", "application/json", "Authorization", "Bearer sk-some-key-long-enough");
            client.post("/v1/chat/completions", headers, streamed());
            assertThat(Chats.read(client).status()).isEqualTo(500);
            assertThat(spare.requests()).isEmpty();
        }
    }

    @Test
    void anAnswerThatHasBegunIsNotRepeated() {
        first.always(Script.sse()
                .event(OpenAiScripts.roleChunk())
                .event(OpenAiScripts.contentChunk("Hel"))
                .flush()
                .sleep(Duration.ofMillis(50))
                .rst()
                .build());
        try (var gateway = withSpare(first, spare)) {
            assertThat(ask(gateway, streamed()).errorEvent().path("code").asString())
                    .isEqualTo("upstream_cut");
            assertThat(spare.requests()).isEmpty();
        }
    }

    @Test
    void aGatewayThatStopsLetsAFallbackFinish() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        first.always(BROKEN);
        spare.answer(request -> {
            asked.countDown();
            return Script.sse()
                    .awaitSignal(go)
                    .event(OpenAiScripts.roleChunk())
                    .event(OpenAiScripts.contentChunk("Hi"))
                    .event(OpenAiScripts.finishChunk("stop"))
                    .event("[DONE]")
                    .build();
        });
        try (var gateway = withSpare(first, spare);
                RawClient client = gateway.post(streamed())) {
            assertThat(asked.await(Chats.SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
            var closing = CompletableFuture.runAsync(gateway::close);
            go.countDown();
            Chats.Answer answer = Chats.read(client);
            assertThat(answer.text()).isEqualTo("Hi");
            assertThat(answer.done()).isTrue();
            closing.get(Chats.SOON.toSeconds(), TimeUnit.SECONDS);
        }
    }

    @Test
    void anotherNameOfAPatternsModelIsThatModelAtTheProvider() {
        String alias = "router_settings: {model_group_alias: {quick: any/o3}}";
        try (var gateway = TestGateway.of("""
                model_list:
                  - model_name: any/*
                    litellm_params: {model: openai/*, api_base: "%s", api_key: sk}
                %s
                """.formatted(spare.url(), alias))) {
            Chats.Answer answer = ask(gateway, streamed().replace("\"gpt\"", "\"quick\""));
            assertThat(json(answer.data().get(0)).path("model").asString()).isEqualTo("quick");
            JsonNode sent = json(spare.takeRequest(Chats.SOON).bodyText());
            assertThat(sent.path("model").asString()).isEqualTo("o3");
        }
    }

    @Test
    void theLastCommentOfAStreamSaysWhoServed() {
        first.always(BROKEN);
        try (TestGateway gateway = withSpare(first, spare);
                RawClient client = gateway.post(streamed())) {
            client.timeout(Chats.SOON).readHead();
            String[] events = client.readBody().text().split("\n\n");
            assertThat(events[events.length - 2]).isEqualTo("data: [DONE]");
            assertThat(events[events.length - 1])
                    .matches(": thalweg call-id=\\S+ deployment=second attempts=2 fallbacks=1 duration=[0-9.]+ms");
        }
    }
}
