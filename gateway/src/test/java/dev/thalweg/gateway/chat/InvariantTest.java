package dev.thalweg.gateway.chat;

import static dev.thalweg.gateway.chat.Chats.SOON;
import static dev.thalweg.gateway.chat.Chats.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.gateway.LeakRecorder;
import dev.thalweg.gateway.TestGateway;
import dev.thalweg.testkit.RawClient;
import dev.thalweg.testkit.RecordedRequest;
import dev.thalweg.testkit.ScriptedUpstream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What holds whatever an upstream and a caller do: random faults, the same ones in every run. */
class InvariantTest {
    private static final int ROUNDS = 160;
    private static final int AT_A_TIME = 12;

    @Test
    void everyRequestEndsOnceAndHonestlyAndNothingIsLeft() throws Exception {
        Map<String, Integer> ends = new TreeMap<>();
        try (var upstream = ScriptedUpstream.start().answer(InvariantTest::script);
                var gateway = gateway(upstream.url());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Semaphore turns = new Semaphore(AT_A_TIME);
            List<Future<?>> rounds = new ArrayList<>();
            for (int seed = 0; seed < ROUNDS; seed++) {
                int number = seed;
                rounds.add(threads.submit(() -> {
                    turns.acquire();
                    try {
                        round(gateway, number);
                    } finally {
                        turns.release();
                    }
                    return null;
                }));
            }
            for (int seed = 0; seed < ROUNDS; seed++) {
                join(seed, rounds.get(seed));
            }
            Map<String, JsonNode> rows = new HashMap<>();
            Chats.rows(gateway, ROUNDS).forEach(row -> rows.put(row.path("id").asString(), row));
            assertThat(rows).as("one row a request").hasSize(ROUNDS);
            rows.values().forEach(row -> ends.merge(row.path("outcome").asString(), 1, Integer::sum));
            Chats.settled(gateway);
            for (RecordedRequest request : upstream.requests()) {
                assertThat(request.bodyText()).contains("\"user\":\"");
            }
        }
        System.out.println("random faults ended as " + ends);
        assertThat(ends).containsKeys("complete", "cut", "stalled", "upstream_error", "protocol_error", "caller_gone");
        assertThat(LeakRecorder.leaks()).as("buffers never released").isEmpty();
    }

    private static TestGateway gateway(String url) {
        return TestGateway.of("""
                model_list:
                  - model_name: once
                    params: {model: openai/gpt-4o-mini, api_base: "%1$s", api_key: sk, num_retries: 0}
                  - model_name: twice
                    params: {model: openai/gpt-4o-mini, api_base: "%1$s", api_key: sk, num_retries: 1}
                thalweg_settings:
                  timeout: 1500ms
                  first_token_timeout: 5s
                  idle_timeout: 600ms
                  first_byte_timeout: 600ms
                  stream_keep_alive: 90ms
                  max_event_bytes: 200000
                """.formatted(url));
    }

    private static dev.thalweg.testkit.Script script(RecordedRequest request) {
        int seed = Integer.parseInt(json(request.bodyText()).path("user").asString());
        return FaultScripts.script(seed, request.connection());
    }

    private static void join(int seed, Future<?> round) throws InterruptedException {
        try {
            round.get();
        } catch (ExecutionException e) {
            throw new AssertionError("seed " + seed + ": " + e.getCause(), e.getCause());
        }
    }

    private static void round(TestGateway gateway, int seed) {
        Random random = new Random(seed * 31L);
        boolean stream = random.nextInt(5) > 0;
        String body = Chats.streamed("\"user\":\"" + seed + "\"")
                .replace("\"gpt\"", random.nextBoolean() ? "\"once\"" : "\"twice\"")
                .replace("\"stream\":true", "\"stream\":" + stream);
        try (RawClient client = gateway.connect()) {
            client.timeout(SOON.multipliedBy(2));
            client.post("/v1/chat/completions", Map.of("x-request-id", "seed-" + seed), body);
            if (seed % 8 == 0) {
                leave(client, random);
                return;
            }
            RawClient.Head head = client.readHead();
            RawClient.Body rest = client.readBody();
            var answer = new Chats.Answer(head, rest.text(), rest.clean());
            assertThat(answer.clean()).as("a body that ends: %s", rest.end()).isTrue();
            if (stream) {
                checkStream(answer, seed);
            } else if (head.status() != 200) {
                answer.error(head.status());
            } else {
                assertThat(json(answer.body()).path("choices").isArray()).isTrue();
            }
        }
    }

    private static void leave(RawClient client, Random random) {
        if (random.nextBoolean()) {
            client.readHead();
        }
        client.closeNow();
    }

    private static void checkStream(Chats.Answer answer, int seed) {
        String all = FaultScripts.text(seed);
        if (answer.status() != 200) {
            answer.error(answer.status());
            return;
        }
        String bytes = answer.body().replace(": keep-alive\n\n", "");
        if (answer.done()) {
            assertThat(FaultScripts.canComplete(seed)).isTrue();
            assertThat(answer.text()).isEqualTo(all);
            assertThat(bytes).doesNotContain("event: error").contains("\"finish_reason\":\"stop\"");
        } else {
            answer.errorEvent();
            int error = answer.body().indexOf("event: error");
            String before = answer.body().substring(0, error);
            int lastWhole = before.lastIndexOf("}\n\n") + 3;
            var whole = new Chats.Answer(answer.head(), lastWhole < 3 ? "" : before.substring(0, lastWhole), true);
            if (!before.contains("xxxxxxxx")) {
                assertThat(all).startsWith(whole.text());
            }
        }
    }
}
