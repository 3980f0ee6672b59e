package dev.thalweg.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.examples.choreoai.AccumulateResponse;
import dev.thalweg.examples.choreoai.AsyncClient;
import dev.thalweg.examples.choreoai.BufferedOutput;
import dev.thalweg.examples.choreoai.ClosingStreams;
import dev.thalweg.examples.choreoai.ConnectionErrors;
import dev.thalweg.examples.choreoai.IncompleteStreams;
import dev.thalweg.examples.choreoai.MultipleChoices;
import dev.thalweg.examples.choreoai.NetworkInterruption;
import dev.thalweg.examples.choreoai.StreamingCompletion;
import dev.thalweg.examples.choreoai.StreamingIndicator;
import dev.thalweg.examples.choreoai.TimeoutHandling;
import dev.thalweg.examples.choreoai.UserFeedback;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** The twins of ChoreoAI's guide, through a gateway, print what it says they print. */
class ChoreoAiExamplesTest {
    private static final String HAIKU = "Code flows like water\nBugs emerge from the shadows\nDebug, refine, deploy";

    @Test
    void aHaikuIsPrintedAsItComes() throws Exception {
        String output = run(StreamingCompletion.class, OpenAiScripts.stream(HAIKU.split("(?<= )")));
        assertThat(output).isEqualTo(HAIKU + "\n");
    }

    @Test
    void aStreamOnAThreadOfItsOwnLeavesTheCallerFree() throws Exception {
        assertThat(run(AsyncClient.class, OpenAiScripts.stream("1, ", "2, ", "3")))
                .isEqualTo("Meanwhile …\n1, 2, 3\n");
    }

    @Test
    void anErrorIsPrintedAfterWhatCame() throws Exception {
        assertThat(run(ConnectionErrors.class, cut())).startsWith("Half an ans\nConnection error: ");
    }

    @Test
    void anErrorAtTheBeginningIsCaughtAtTheSamePlace() throws Exception {
        Script refusal = OpenAiScripts.error(400, "invalid_request_error", null, "No such thing.");
        assertThat(run(ConnectionErrors.class, refusal))
                .startsWith("\nStreaming error: ")
                .contains("No such thing.");
    }

    @Test
    void aFinishedAnswerSaysSo() throws Exception {
        assertThat(run(IncompleteStreams.class, OpenAiScripts.stream("Once", " upon a time")))
                .isEqualTo("Once upon a time\n[Completed]\n");
    }

    @Test
    void anAnswerAtItsLimitSaysSo() throws Exception {
        Script script = OpenAiScripts.streaming()
                .text("Once", " upon")
                .finishReason("length")
                .build();
        assertThat(run(IncompleteStreams.class, script)).isEqualTo("Once upon\n[Max tokens reached]\n");
    }

    @Test
    void aBrokenAnswerKeepsWhatCame() throws Exception {
        assertThat(run(IncompleteStreams.class, cut()))
                .startsWith("Half an ans\n[Error: ")
                .endsWith("]\nPartial response: Half an ans\n")
                .doesNotContain("[Completed]");
    }

    @Test
    void aStreamThatTakesTooLongIsEnded() throws Exception {
        Script endless = begun().hang().build();
        try (Scene scene = Scene.gpt4(endless)) {
            String output = Program.run(TimeoutHandling.class, scene.environment(), "1");
            assertThat(output).startsWith("Half an ans\n[total_timeout] ");
        }
    }

    @Test
    void theWholeAnswerIsThereInTheEnd() throws Exception {
        assertThat(run(AccumulateResponse.class, OpenAiScripts.stream("AI ", "is …")))
                .isEqualTo("AI is …\n\nFull response length: 7 characters\n");
    }

    @Test
    void dotsAreShownUntilTheFirstText() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        Script late = Script.sse()
                .event(OpenAiScripts.roleChunk())
                .awaitSignal(seen)
                .event(OpenAiScripts.contentChunk("AI is"))
                .event(OpenAiScripts.contentChunk(" a field"))
                .event(OpenAiScripts.finishChunk("stop"))
                .event("[DONE]")
                .build();
        try (Scene scene = Scene.gpt4(late)) {
            Program.Run run = Program.start(StreamingIndicator.class, scene.environment());
            assertThat(run.read(13)).isEqualTo("Generating...");
            seen.countDown();
            assertThat(run.rest()).matches("\\.*\n\nAI is a field\n");
            assertThat(run.exit()).isZero();
        }
    }

    @Test
    void twoAnswersAreToldApart() throws Exception {
        Script two =
                OpenAiScripts.streaming().choices(2).text("An old ", "pond").build();
        try (Scene scene = Scene.gpt4(two)) {
            String output = Program.run(MultipleChoices.class, scene.environment());
            assertThat(output)
                    .contains("[0] An old [1] An old [0] pond[1] pond")
                    .endsWith("\n\nFinal responses:\n\n1. An old pond\n\n2. An old pond\n");
            assertThat(scene.upstream().requests().getFirst().bodyText()).contains("\"n\":2");
        }
    }

    @Test
    void aStreamThatIsLeftStopsTheProvider() throws Exception {
        Script endless = Script.sse()
                .event(OpenAiScripts.roleChunk())
                .event(OpenAiScripts.contentChunk("1, 2, 3, "))
                .event(OpenAiScripts.contentChunk("4, 5, 6, "))
                .hang()
                .build();
        try (Scene scene = Scene.gpt4(endless)) {
            String output = Program.run(ClosingStreams.class, scene.environment());
            assertThat(output).isEqualTo("1, 2, 3, 4, 5, 6,  … enough\n");
            scene.upstream().awaitOpenConnections(0, Duration.ofSeconds(10));
        }
    }

    @Test
    void fiveChunksArePrintedAtOnceAndThenTheRest() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        ScriptBuilder script = Script.sse().event(OpenAiScripts.roleChunk());
        "abcde".chars().forEach(c -> script.event(OpenAiScripts.contentChunk(Character.toString(c))));
        script.awaitSignal(seen).event(OpenAiScripts.contentChunk("f")).fin();
        try (Scene scene = Scene.gpt4(script.build())) {
            Program.Run run = Program.start(BufferedOutput.class, scene.environment());
            // The role's chunk is the first of the five.
            assertThat(run.read(4)).isEqualTo("abcd");
            seen.countDown();
            assertThat(run.rest()).isEqualTo("ef\n");
            assertThat(run.exit()).isEqualTo(1);
            assertThat(run.errors()).contains("ApiConnectionException");
        }
    }

    @Test
    void aBrokenConnectionIsRetried() throws Exception {
        assertThat(run(NetworkInterruption.class, cut(), OpenAiScripts.stream("A whole ", "answer")))
                .isEqualTo("Half an ans\nConnection interrupted. Retrying...\nA whole answer\n"
                        + "In the end: A whole answer\n");
    }

    @Test
    void aConnectionThatKeepsBreakingIsGivenUp() throws Exception {
        assertThat(run(NetworkInterruption.class, cut(), cut()))
                .startsWith("Half an ans\nConnection interrupted. Retrying...\nHalf an ans\nGiven up: ");
    }

    @Test
    void theReaderIsToldHowMuchCame() throws Exception {
        Script script =
                OpenAiScripts.streaming().text("Hi", " there", "!").usage(8, 3).build();
        assertThat(run(UserFeedback.class, script))
                .isEqualTo("Assistant: Hi there!\n[Received 3 chunks]\n[3 tokens]\n");
    }

    private static ScriptBuilder begun() {
        return Script.sse()
                .event(OpenAiScripts.roleChunk())
                .event(OpenAiScripts.contentChunk("Half an ans"))
                .flush();
    }

    private static Script cut() {
        return begun().fin().build();
    }

    private static String run(Class<?> program, Script... answers) throws IOException, InterruptedException {
        try (Scene scene = Scene.gpt4(answers)) {
            return Program.run(program, scene.environment());
        }
    }
}
