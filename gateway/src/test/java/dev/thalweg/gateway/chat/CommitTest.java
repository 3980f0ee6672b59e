package dev.thalweg.gateway.chat;

import static dev.thalweg.gateway.chat.Chats.SOON;
import static dev.thalweg.gateway.chat.Chats.ask;
import static dev.thalweg.gateway.chat.Chats.streamed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.gateway.TestGateway;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.RawClient;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptedUpstream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** When the head goes out: from then on there is no other attempt and no other status. */
class CommitTest {
    private static final String ERROR = OpenAiScripts.errorBody("server_error", "boom", "It broke.");
    private static final String ONE_RETRY = "num_retries: 1";

    @Test
    void anErrorAfterTheRoleIsTriedAgainAndTheCallerSeesNothingOfIt() {
        Script fails = Script.sse()
                .comment("one")
                .event(OpenAiScripts.roleChunk())
                .event(ERROR)
                .build();
        try (var upstream = ScriptedUpstream.start().enqueue(fails).always(OpenAiScripts.stream("Hi"));
                var gateway = Chats.gateway(upstream.url(), "", ONE_RETRY)) {
            Chats.Answer answer = ask(gateway, streamed());
            assertThat(answer.text()).isEqualTo("Hi");
            assertThat(answer.data()).hasSize(4);
            assertThat(answer.body()).doesNotContain("broke", "one");
            JsonNode row = Chats.row(gateway);
            assertThat(row.path("attempts")).hasSize(2);
            assertThat(row.path("outcome").asString()).isEqualTo("complete");
            Chats.settled(gateway);
        }
    }

    @Test
    void anErrorAfterTheRoleIsAStatusWhenTheRetriesAreUsedUpAndNothingIsOut() {
        Script fails = Script.sse().event(ERROR).build();
        try (var upstream = ScriptedUpstream.start().always(fails);
                var gateway = Chats.gateway(upstream.url(), "", ONE_RETRY)) {
            Chats.Answer answer = ask(gateway, streamed());
            assertThat(answer.error(500).path("message").asString()).isEqualTo("It broke.");
            assertThat(answer.head().header("x-should-retry")).contains("false");
        }
    }

    @Test
    void withoutRetriesTheHeadGoesOutWithTheFirstEvent() {
        CountDownLatch seen = new CountDownLatch(1);
        Script script = Script.sse()
                .event(OpenAiScripts.roleChunk())
                .awaitSignal(seen)
                .event(ERROR)
                .build();
        try (var upstream = ScriptedUpstream.start().always(script);
                var gateway = TestGateway.before(upstream.url());
                RawClient client = gateway.post(streamed())) {
            RawClient.Head head = client.timeout(SOON).readHead();
            String before = client.readUntil("role");
            seen.countDown();
            RawClient.Body rest = client.readBody();
            new Chats.Answer(head, before + rest.text(), rest.clean()).errorEvent();
        }
    }

    @Test
    void withRetriesTheHeadGoesOutWithTheFirstContent() {
        CountDownLatch seen = new CountDownLatch(1);
        Script script = Script.sse()
                .event(OpenAiScripts.roleChunk())
                .event(OpenAiScripts.contentChunk("Hel"))
                .awaitSignal(seen)
                .event(ERROR)
                .build();
        try (var upstream = ScriptedUpstream.start().always(script);
                var gateway = Chats.gateway(upstream.url(), "", ONE_RETRY);
                RawClient client = gateway.post(streamed())) {
            RawClient.Head head = client.timeout(SOON).readHead();
            String before = client.readUntil("Hel");
            assertThat(before).contains("role");
            seen.countDown();
            RawClient.Body rest = client.readBody();
            var answer = new Chats.Answer(head, before + rest.text(), rest.clean());
            assertThat(answer.errorEvent().path("message").asString()).isEqualTo("It broke.");
            assertThat(upstream.requests()).hasSize(1);
        }
    }

    @Test
    void theHeadIsHeldBackNoLongerThanConfigured() {
        CountDownLatch seen = new CountDownLatch(1);
        Script script = Script.sse()
                .event(OpenAiScripts.roleChunk())
                .awaitSignal(seen)
                .event(OpenAiScripts.contentChunk("Hi"))
                .event(OpenAiScripts.finishChunk("stop"))
                .event("[DONE]")
                .build();
        try (var upstream = ScriptedUpstream.start().always(script);
                var gateway = Chats.gateway(upstream.url(), "", ONE_RETRY, "first_content_wait: 100ms");
                RawClient client = gateway.post(streamed())) {
            RawClient.Head head = client.timeout(SOON).readHead();
            String before = client.readUntil("role");
            seen.countDown();
            RawClient.Body rest = client.readBody();
            assertThat(new Chats.Answer(head, before + rest.text(), rest.clean()).text())
                    .isEqualTo("Hi");
        }
    }

    @Test
    void aFloodOfCommentsIsNotHeldBackForEver() {
        CountDownLatch seen = new CountDownLatch(1);
        Script script = Script.sse()
                .repeat(70, b -> b.comment("x".repeat(1000)))
                .awaitSignal(seen)
                .bytes(new byte[0])
                .event(OpenAiScripts.contentChunk("Hi"))
                .event(OpenAiScripts.finishChunk("stop"))
                .event("[DONE]")
                .build();
        try (var upstream = ScriptedUpstream.start().always(script);
                var gateway = Chats.gateway(upstream.url(), "", ONE_RETRY);
                RawClient client = gateway.post(streamed())) {
            assertThat(client.timeout(SOON).readHead().status()).isEqualTo(200);
            seen.countDown();
            assertThat(TestGateway.plain(client.readBody().text()))
                    .contains("Hi")
                    .endsWith("data: [DONE]\n\n");
        }
    }

    @Test
    void keepAliveCommentsCommitTheHeadAndRepeat() {
        CountDownLatch seen = new CountDownLatch(1);
        Script script = Script.raw()
                .awaitSignal(seen)
                .rawText("HTTP/1.1 500 Oops\r\nContent-Length: " + ERROR.length() + "\r\n\r\n" + ERROR)
                .build();
        try (var upstream = ScriptedUpstream.start().always(script);
                var gateway = TestGateway.before(upstream.url(), "stream_keep_alive: 100ms");
                RawClient client = gateway.post(streamed())) {
            RawClient.Head head = client.timeout(SOON).readHead();
            String before = client.readUntil(": keep-alive\n\n: keep-alive\n\n: keep-alive\n\n");
            seen.countDown();
            RawClient.Body rest = client.readBody();
            // An error status cannot be one any more.
            var answer = new Chats.Answer(head, before + rest.text(), rest.clean());
            assertThat(answer.errorEvent().path("message").asString()).isEqualTo("It broke.");
            assertThat(Chats.row(gateway).path("status").asInt()).isEqualTo(200);
        }
    }

    @Test
    void keepAliveCommentsFillGapsBetweenEventsOnly() {
        CountDownLatch gap = new CountDownLatch(1);
        String event = "data: " + OpenAiScripts.contentChunk("lo") + "\n\n";
        Script script = Script.sse()
                .event(OpenAiScripts.roleChunk())
                .event(OpenAiScripts.contentChunk("Hel"))
                .text(event.substring(0, 30))
                .awaitSignal(gap)
                .text(event.substring(30))
                .event(OpenAiScripts.finishChunk("stop"))
                .event("[DONE]")
                .build();
        try (var upstream = ScriptedUpstream.start().always(script);
                var gateway = TestGateway.before(upstream.url(), "stream_keep_alive: 100ms");
                RawClient client = gateway.post(streamed())) {
            RawClient.Head head = client.timeout(SOON).readHead();
            String before = client.readUntil(": keep-alive\n\n: keep-alive\n\n");
            gap.countDown();
            RawClient.Body rest = client.readBody();
            var answer = new Chats.Answer(head, before + rest.text(), rest.clean());
            assertThat(answer.text()).isEqualTo("Hello");
            assertThat(answer.done()).isTrue();
            assertThat(answer.body().replace(": keep-alive\n\n", "").lines().filter(line -> !line.isEmpty()))
                    .allMatch(line -> line.startsWith("data: "));
        }
    }

    @Test
    void anEventThatComesByteForByteDoesNotKeepTheCallerAliveUntilItIsWhole() {
        String event = "data: " + OpenAiScripts.contentChunk("lo") + "\n\n";
        Script script = Script.sse()
                .event(OpenAiScripts.contentChunk("Hel"))
                .split(20, Duration.ofMillis(30))
                .text(event)
                .unsplit()
                .event(OpenAiScripts.finishChunk("stop"))
                .event("[DONE]")
                .build();
        try (var upstream = ScriptedUpstream.start().always(script);
                var gateway = TestGateway.before(upstream.url(), "stream_keep_alive: 100ms")) {
            Chats.Answer answer = ask(gateway, streamed());
            assertThat(answer.body()).contains(": keep-alive\n\n");
            assertThat(answer.done()).isTrue();
        }
    }

    @Test
    void noKeepAliveCommentStandsInsideAnEvent() {
        String chunk = OpenAiScripts.contentChunk("x".repeat(200_000));
        Script script = Script.sse()
                .event(OpenAiScripts.roleChunk())
                .text("data: " + chunk.substring(0, 150_000))
                .flush()
                .sleep(Duration.ofMillis(250))
                .text(chunk.substring(150_000) + "\n\n")
                .event(OpenAiScripts.finishChunk("stop"))
                .event("[DONE]")
                .build();
        try (var upstream = ScriptedUpstream.start().always(script);
                var gateway = TestGateway.before(upstream.url(), "stream_keep_alive: 50ms")) {
            Chats.Answer answer = ask(gateway, streamed());
            assertThat(answer.text()).isEqualTo("x".repeat(200_000));
            assertThat(answer.done()).isTrue();
        }
    }

    @Test
    void aCallerWhoAskedForNoStreamGetsNoComments() {
        Script slow = Script.status(200)
                .header("Content-Type", "application/json")
                .sleep(Duration.ofMillis(200))
                .text("{\"model\":\"m\",\"choices\":[]}")
                .build();
        try (var upstream = ScriptedUpstream.start().always(slow);
                var gateway = TestGateway.before(upstream.url(), "stream_keep_alive: 50ms")) {
            assertThat(ask(gateway, Chats.unary()).body()).isEqualTo("{\"model\":\"gpt\",\"choices\":[]}");
        }
    }
}
