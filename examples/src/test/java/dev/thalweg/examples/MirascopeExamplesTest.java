package dev.thalweg.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.examples.mirascope.ChunkProperties;
import dev.thalweg.examples.mirascope.ConstructCallResponse;
import dev.thalweg.examples.mirascope.GenerateWords;
import dev.thalweg.examples.mirascope.ProviderDetails;
import dev.thalweg.examples.mirascope.RecommendBook;
import dev.thalweg.examples.mirascope.StreamingErrors;
import dev.thalweg.examples.mirascope.WriteEssay;
import dev.thalweg.examples.mirascope.WriteStory;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptBuilder;
import dev.thalweg.testkit.ScriptedUpstream;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The twins of Mirascope's page print what it says they print. */
class MirascopeExamplesTest {
    private final ScriptedUpstream upstream = ScriptedUpstream.start();

    @AfterEach
    void close() {
        upstream.close();
    }

    @Test
    void aBookIsRecommendedAsItComes() throws Exception {
        assertThat(run(RecommendBook.class, OpenAiScripts.stream("Read ", "Momo.")))
                .isEqualTo("Read Momo.");
        assertThat(upstream.requests().getFirst().bodyText()).contains("Recommend a fantasy book");
    }

    @Test
    void aChunkHasWhatAllProvidersHave() throws Exception {
        Script answer = OpenAiScripts.streaming().text("Momo").usage(9, 2).build();
        assertThat(run(ChunkProperties.class, answer)).isEqualTo("""
                        chatcmpl-testkit gpt-4o-mini "" []
                        chatcmpl-testkit gpt-4o-mini "Momo" []
                        chatcmpl-testkit gpt-4o-mini "" [stop]
                        chatcmpl-testkit gpt-4o-mini "" []
                        9 in, 2 out
                        """);
    }

    @Test
    void aChunkIsReadAsItsProviderSentIt() throws Exception {
        assertThat(run(ProviderDetails.class, OpenAiScripts.stream("Momo")))
                .isEqualTo("Content: \nContent: Momo\nContent: null\n");
    }

    @Test
    void aStreamBecomesTheWholeAnswer() throws Exception {
        assertThat(run(ConstructCallResponse.class, OpenAiScripts.stream("Read ", "Momo.")))
                .contains("\"chat.completion\"", "\"content\":\"Read Momo.\"", "\"finish_reason\":\"stop\"");
    }

    @Test
    void anErrorComesOutOfTheLoop() throws Exception {
        assertThat(run(StreamingErrors.class, begun("Read Mo").fin().build()))
                .startsWith("Read Mo\nStreaming Error: openai/gpt-4o-mini ");
    }

    @Test
    void aStoryIsShownWhileItIsWritten() throws Exception {
        assertThat(run(WriteStory.class, OpenAiScripts.stream("Once ", "upon")))
                .isEqualTo("Generating story...\nOnce upon");
    }

    @Test
    void enoughWordsStopTheModel() throws Exception {
        Script endless = begun("river\nst")
                .event(OpenAiScripts.contentChunk("one\nmoss\nfe"))
                .hang()
                .build();
        assertThat(run(GenerateWords.class, endless, "3")).isEqualTo("[river]\n[stone]\n[moss]\n");
        upstream.awaitOpenConnections(0, Duration.ofSeconds(10));
    }

    @Test
    void anEssayThatTakesTooLongIsEnded() throws Exception {
        assertThat(run(WriteEssay.class, begun("Since ").hang().build(), "1"))
                .isEqualTo("Since \nGeneration timed out\n");
    }

    private static ScriptBuilder begun(String text) {
        return Script.sse()
                .event(OpenAiScripts.roleChunk())
                .event(OpenAiScripts.contentChunk(text))
                .flush();
    }

    private String run(Class<?> program, Script answer, String... args) throws IOException, InterruptedException {
        upstream.enqueue(answer);
        Map<String, String> environment = Map.of("OPENAI_BASE_URL", upstream.url(), "OPENAI_API_KEY", "sk-example");
        return Program.run(program, environment, args);
    }
}
