package dev.thalweg.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OpenAiScriptsTest {
    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void aStreamHasRoleContentFinishAndDone() {
        List<String> events = events(OpenAiScripts.stream("Hello", " \"wörld\"\n\u2028\u0001"));
        assertThat(events).hasSize(5).last().isEqualTo("[DONE]");
        assertThat(at(events, 0, "/choices/0/delta/role")).isEqualTo("assistant");
        assertThat(at(events, 1, "/choices/0/delta/content")).isEqualTo("Hello");
        assertThat(at(events, 2, "/choices/0/delta/content")).isEqualTo(" \"wörld\"\n\u2028\u0001");
        assertThat(at(events, 3, "/choices/0/finish_reason")).isEqualTo("stop");
        assertThat(JSON.readTree(events.getFirst()).has("usage")).isFalse();
        assertThat(JSON.readTree(events.getFirst()).get("object").asString()).isEqualTo("chat.completion.chunk");
    }

    @Test
    void optionsShowInEveryChunk() {
        List<String> events = events(OpenAiScripts.streaming()
                .model("m\"1")
                .text("a")
                .usage(3, 4)
                .choices(2)
                .finishReason("length")
                .delay(Duration.ofNanos(1))
                .withoutDone()
                .build());
        assertThat(events).hasSize(7);
        for (int i = 0; i < 6; i++) {
            assertThat(at(events, i, "/choices/0/index")).isEqualTo(Integer.toString(i % 2));
            assertThat(JSON.readTree(events.get(i)).get("usage").isNull()).isTrue();
            assertThat(at(events, i, "/model")).isEqualTo("m\"1");
        }
        assertThat(at(events, 5, "/choices/0/finish_reason")).isEqualTo("length");
        JsonNode last = JSON.readTree(events.getLast());
        assertThat(last.get("choices")).isEmpty();
        assertThat(last.at("/usage/total_tokens").asInt()).isEqualTo(7);
    }

    @Test
    void toolCallsComeInPieces() {
        List<String> events = events(OpenAiScripts.streaming()
                .toolCall("call_1", "weather", "{\"city\":", "\"Bern\"}")
                .toolCall("call_2", "time")
                .build());
        assertThat(JSON.readTree(events.getFirst())
                        .at("/choices/0/delta/content")
                        .isNull())
                .isTrue();
        String call = "/choices/0/delta/tool_calls/0";
        assertThat(at(events, 1, call + "/id")).isEqualTo("call_1");
        assertThat(at(events, 1, call + "/function/name")).isEqualTo("weather");
        assertThat(at(events, 2, call + "/function/arguments") + at(events, 3, call + "/function/arguments"))
                .isEqualTo("{\"city\":\"Bern\"}");
        assertThat(at(events, 4, call + "/index")).isEqualTo("1");
        assertThat(at(events, 5, "/choices/0/finish_reason")).isEqualTo("tool_calls");
    }

    @Test
    void aCompletionHasUsage() {
        JsonNode answer = body(OpenAiScripts.completion("gpt-x", "say \"hi\"", 7, 2), 200);
        assertThat(answer.at("/choices/0/message/content").asString()).isEqualTo("say \"hi\"");
        assertThat(answer.at("/usage/total_tokens").asInt()).isEqualTo(9);
        assertThat(answer.get("model").asString()).isEqualTo("gpt-x");
        assertThat(body(OpenAiScripts.completion("x"), 200).at("/model").asString())
                .isEqualTo(OpenAiScripts.MODEL);
    }

    @Test
    void anErrorHasOpenAisShape() {
        JsonNode error = body(OpenAiScripts.error(429, "requests", null, "slow down"), 429)
                .get("error");
        assertThat(error.get("message").asString()).isEqualTo("slow down");
        assertThat(error.get("type").asString()).isEqualTo("requests");
        assertThat(error.get("code").isNull()).isTrue();
    }

    @Test
    void singleChunksMakeAStreamThatBreaksOff() {
        try (var upstream = ScriptedUpstream.start();
                var client = RawClient.connect(upstream.port())) {
            upstream.enqueue(Script.sse()
                    .event(OpenAiScripts.roleChunk())
                    .event(OpenAiScripts.contentChunk("Hel"))
                    .event(OpenAiScripts.finishChunk("stop"))
                    .fin()
                    .build());
            client.get("/", Map.of()).readHead();
            assertThat(client.readUntil("\"finish_reason\":\"stop\"")).contains("{\"content\":\"Hel\"}");
            assertThat(client.readBody().clean()).isFalse();
        }
    }

    private static String at(List<String> events, int index, String pointer) {
        return JSON.readTree(events.get(index)).at(pointer).asString();
    }

    private static List<String> events(Script script) {
        try (var upstream = ScriptedUpstream.start().always(script);
                var client = RawClient.connect(upstream.port())) {
            assertThat(client.get("/", Map.of())
                            .readHead()
                            .header("content-type")
                            .orElseThrow())
                    .startsWith("text/event-stream");
            var events = new ArrayList<String>();
            for (var event = client.readEvent(); event.isPresent(); event = client.readEvent()) {
                events.add(event.get().data());
            }
            assertThat(client.readBody().clean()).isTrue();
            return events;
        }
    }

    private static JsonNode body(Script script, int status) {
        try (var upstream = ScriptedUpstream.start().always(script);
                var client = RawClient.connect(upstream.port())) {
            assertThat(client.get("/", Map.of()).readHead().status()).isEqualTo(status);
            return JSON.readTree(client.readBody().text());
        }
    }
}
