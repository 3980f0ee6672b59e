package dev.thalweg.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that ask the gateway without the SDK. They run as they are, but for the address in them. */
class HttpCallersTest {
    private static final Script POEM = OpenAiScripts.stream("Röslein, ", "Röslein, ", "Röslein rot");

    @TempDir
    Path copies;

    @Test
    void curlShowsTheEventsOfAStream() throws Exception {
        String output = run(POEM, "curl", "sh", "curl/stream.sh");
        assertThat(output)
                .startsWith("data: {")
                .contains("\"content\":\"Röslein rot\"")
                .containsPattern("data: \\[DONE\\]\n\n: thalweg call-id=[^\n]+\n\n$");
    }

    @Test
    void aLoopOverTheLinesOfEachReadWorksWithEventsInOnePiece() throws Exception {
        assertThat(run(POEM, "node", "node", "node/fetch-lines.mjs")).isEqualTo("Röslein, Röslein, Röslein rot");
    }

    @Test
    void theGatewayPutsEventsTogetherThatCameInPieces() throws Exception {
        String event = "data: " + OpenAiScripts.contentChunk("Röslein") + "\n\n";
        Script pieces = Script.sse()
                .event(OpenAiScripts.roleChunk())
                .split(7)
                .text(event.repeat(3))
                .unsplit()
                .event(OpenAiScripts.finishChunk("stop"))
                .event("[DONE]")
                .build();
        assertThat(run(pieces, "node", "node", "node/fetch-lines.mjs")).isEqualTo("RösleinRösleinRöslein");
    }

    @Test
    void theCarefulLoopReadsAStreamInAnyPieces() throws Exception {
        Script pieces = Script.sse()
                .split(1)
                .event(OpenAiScripts.roleChunk())
                .event(OpenAiScripts.contentChunk("Röslein"))
                .event(OpenAiScripts.finishChunk("stop"))
                .event("[DONE]")
                .build();
        try (Scene scene = Scene.gpt4(pieces)) {
            assertThat(run(scene.upstream().url(), "node", "node", "node/fetch.mjs"))
                    .isEqualTo("Röslein\n");
        }
    }

    @Test
    void theCarefulLoopStopsAtTheMarker() throws Exception {
        assertThat(run(POEM, "node", "node", "node/fetch.mjs")).isEqualTo("Röslein, Röslein, Röslein rot\n");
    }

    @Test
    void theCarefulLoopSaysThatAStreamBroke() throws Exception {
        Script cut = Script.sse()
                .event(OpenAiScripts.roleChunk())
                .event(OpenAiScripts.contentChunk("Röslein"))
                .flush()
                .fin()
                .build();
        assertThat(run(cut, "node", "node", "node/fetch.mjs")).startsWith("Röslein\nStreaming error: upstream_cut: ");
    }

    @Test
    void theCarefulLoopSaysWhyNothingCame() throws Exception {
        Script refusal = OpenAiScripts.error(400, "invalid_request_error", null, "No such thing.");
        assertThat(run(refusal, "node", "node", "node/fetch.mjs"))
                .startsWith("\nStreaming error: 400: ")
                .contains("No such thing.");
    }

    private String run(Script answer, String tool, String interpreter, String file)
            throws IOException, InterruptedException {
        try (Scene scene = Scene.gpt4(answer)) {
            return run(scene.url(), tool, interpreter, file);
        }
    }

    private String run(String url, String tool, String interpreter, String file)
            throws IOException, InterruptedException {
        need(tool);
        for (String source :
                List.of("curl/stream.sh", "node/fetch-lines.mjs", "node/fetch.mjs", "react/chatStream.mjs")) {
            Path copy = copies.resolve(source);
            Files.createDirectories(copy.getParent());
            String text = Files.readString(Path.of("src/main").resolve(source));
            Files.writeString(copy, text.replace("http://localhost:8000", url));
        }
        return Program.start(List.of(interpreter, copies.resolve(file).toString()), Map.of())
                .whole();
    }

    /** Without the tool the test is skipped, and the build's output says so. */
    private static void need(String tool) throws InterruptedException {
        try {
            Process version = new ProcessBuilder(tool, "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assertThat(version.waitFor()).isZero();
        } catch (IOException e) {
            System.out.println("EXAMPLE SKIPPED: " + tool + " is not there.");
            Assumptions.abort(tool + " is not there");
        }
    }
}
