package dev.thalweg.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.ChatStream;
import dev.thalweg.Thalweg;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.model.Usage;
import dev.thalweg.testkit.AnthropicScripts;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.ScriptedUpstream;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the pages on streaming and on conversations say of answers. */
class StreamedAnswerTest {
    private static final String GPT = "openai/gpt-4o-mini";

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final Thalweg thalweg = Thalweg.builder()
            .environment(Map.of())
            .apiKey("openai", "sk-test")
            .baseUrl("openai", upstream.url())
            .apiKey("anthropic", "sk-test")
            .baseUrl("anthropic", upstream.url())
            .build();

    @AfterEach
    void close() {
        thalweg.close();
        upstream.close();
    }

    private ChatResponse streamed(String model) {
        try (ChatStream stream = thalweg.stream(model, "Hello")) {
            return stream.response();
        }
    }

    @Test
    void aStreamedAnswerIsAWholeOneButForWhatTheTableSays() {
        upstream.enqueue(OpenAiScripts.completion("Hi.")).enqueue(OpenAiScripts.stream("Hi", "."));
        ChatResponse whole = thalweg.complete(GPT, "Hello");
        ChatResponse streamed = streamed(GPT);

        assertThat(whole.raw()).isPresent();
        assertThat(streamed.raw()).isEmpty();
        assertThat(whole.usage().map(Usage::estimated)).contains(false);
        assertThat(streamed.usage().map(Usage::estimated)).contains(true);
        assertThat(streamed.content()).isEqualTo(whole.content());
        assertThat(streamed.created()).isPresent().isEqualTo(whole.created());
        assertThat(streamed.attempts()).hasSameSizeAs(whole.attempts());
    }

    @Test
    void anAnswerUnderWayDoesNotListItsAttemptYet() {
        upstream.enqueue(OpenAiScripts.stream("Hi", "."));
        try (ChatStream stream = thalweg.stream(GPT, "Hello")) {
            assertThat(stream.snapshot().attempts()).isEmpty();
            assertThat(stream.response().attempts()).hasSize(1);
        }
    }

    @Test
    void signedReasoningGoesBackToItsProviderAndToNoOther() {
        upstream.enqueue(AnthropicScripts.answer().thinking("signed-by-them", "Hm.").text("Hi.").stream());
        ChatResponse answer = streamed("anthropic/claude-sonnet-4-5");
        assertThat(answer.created()).isEmpty();

        upstream.enqueue(AnthropicScripts.message("And you?")).enqueue(OpenAiScripts.completion("And you?"));
        thalweg.complete(answer.reply("Well"));
        assertThat(upstream.requests().getLast().bodyText()).contains("signed-by-them");
        thalweg.complete(answer.reply("Well").toBuilder().model(GPT).build());
        assertThat(upstream.requests().getLast().bodyText()).contains("Hi.").doesNotContain("signed-by-them");
    }
}
