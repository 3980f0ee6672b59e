package dev.thalweg.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.examples.observe.CountCalls;
import dev.thalweg.examples.observe.SetVerbose;
import dev.thalweg.examples.observe.SummarizeWithProgress;
import dev.thalweg.examples.observe.TraceCalls;
import dev.thalweg.examples.observe.TypeWithProgress;
import dev.thalweg.examples.observe.WatchACall;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.ScriptedUpstream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The programs of the page on observability, and that it shows what they are. */
class ObserveExamplesTest {
    private static final Path PAGE = Path.of("..", "docs", "sdk", "observability.md");
    private static final Pattern BLOCK = Pattern.compile(
            "(?m)^\\[[^]]+]\\((?<file>\\.\\./\\.\\./examples/[^)]+)\\)\\n\\n```java\\n(?<text>.*?)^```$",
            Pattern.DOTALL | Pattern.MULTILINE);

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final Map<String, String> environment =
            Map.of("OPENAI_BASE_URL", upstream.url(), "OPENAI_API_KEY", "sk-example-123456");

    @AfterEach
    void close() {
        upstream.close();
    }

    @Test
    void progressIsNotSeenWhereNobodyLooksAndNeverOnStandardOutput() throws Exception {
        upstream.enqueue(OpenAiScripts.stream("In short", ": long."));
        Program.Run run = Program.start(SummarizeWithProgress.class, environment, "A text");
        assertThat(run.whole()).isEqualTo("In short: long.\n");
        assertThat(run.errors()).isEmpty();

        upstream.enqueue(OpenAiScripts.stream("Once", " upon"));
        run = Program.start(TypeWithProgress.class, environment);
        assertThat(run.whole()).isEqualTo("Once upon");
        assertThat(run.errors()).isEmpty();
    }

    @Test
    void verboseSaysWhatHappensAndNothingOfWhatIsSaid() throws Exception {
        upstream.enqueue(OpenAiScripts.completion("Roses"));
        Program.Run run = Program.start(SetVerbose.class, environment);
        assertThat(run.whole()).isEqualTo("Roses\n");
        assertThat(run.errors())
                .contains("asks openai/gpt-4o-mini for a whole answer", "attempt 1: openai/gpt-4o-mini at 127.0.0.1")
                .containsPattern("complete after \\d+ ms, finish stop")
                .doesNotContain("Roses", "Hello", "sk-example-123456", "123456");
    }

    @Test
    void aListenerHearsItAll() throws Exception {
        upstream.enqueue(OpenAiScripts.error(503, "x", null, "No")).enqueue(OpenAiScripts.stream("Hi"));
        assertThat(Program.run(WatchACall.class, environment)).matches("""
                        started: openai/gpt-4o-mini
                        attempt 1: openai/gpt-4o-mini
                        failed: ServiceUnavailableException
                        attempt 2: openai/gpt-4o-mini
                        first token
                        ended: COMPLETE, 0\\.\\d+ USD
                        Hi
                        """);
    }

    @Test
    void callsAreCountedAndTraced() throws Exception {
        upstream.always(OpenAiScripts.completion("Hi"));
        assertThat(Program.run(CountCalls.class, environment))
                .isEqualTo("Hi\nthalweg.attempts\nthalweg.calls\nthalweg.cost\nthalweg.tokens\n");
        assertThat(Program.run(TraceCalls.class, environment)).isEqualTo("Hi\n");
    }

    @Test
    void whatThePageShowsIsInTheProgramsAndThePageLeavesNoneOut() throws IOException {
        String page = Files.readString(PAGE);
        List<String> shown = new ArrayList<>();
        Matcher block = BLOCK.matcher(page);
        while (block.find()) {
            Path program = PAGE.resolveSibling(block.group("file"));
            assertThat(folded(Files.readString(program))).contains(folded(block.group("text")));
            shown.add(program.getFileName().toString());
        }
        assertThat(page.split("```java", -1))
                .as("blocks, each under its program's name")
                .hasSize(shown.size() + 1);
        Path programs = Path.of("src/main/java/dev/thalweg/examples/observe");
        try (Stream<Path> files = Files.list(programs)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> !name.startsWith("package-")))
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(shown).contains(name));
        }
    }

    private static String folded(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }
}
