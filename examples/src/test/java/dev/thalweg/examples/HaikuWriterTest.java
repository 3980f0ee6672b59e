package dev.thalweg.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.Thalweg;
import dev.thalweg.examples.sdk.HaikuWriter;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptedUpstream;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HaikuWriterTest {
    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final Thalweg thalweg = Thalweg.builder()
            .environment(Map.of())
            .apiKey("openai", "sk-test")
            .baseUrl("openai", upstream.url())
            .retries(0)
            .build();

    @AfterEach
    void close() {
        thalweg.close();
        upstream.close();
    }

    @Test
    void theTopicIsAskedFor() {
        upstream.enqueue(OpenAiScripts.stream("Water ", "finds ", "its way"));
        assertThat(new HaikuWriter(thalweg).about("rivers")).isEqualTo("Water finds its way");
        assertThat(upstream.requests().getFirst().bodyText()).contains("Write a haiku about rivers");
    }

    @Test
    void aStreamThatBreaksIsNoHaiku() {
        upstream.enqueue(Script.sse()
                .event(OpenAiScripts.roleChunk())
                .event(OpenAiScripts.contentChunk("Water fi"))
                .rst()
                .build());
        assertThat(new HaikuWriter(thalweg).about("rivers")).startsWith("Cut off by the flood");
    }

    @Test
    void neitherIsARefusal() {
        upstream.enqueue(OpenAiScripts.error(429, "rate_limit_error", "rate_limit_exceeded", "Slow down"));
        assertThat(new HaikuWriter(thalweg).about("rivers")).startsWith("Cut off by the flood");
    }
}
