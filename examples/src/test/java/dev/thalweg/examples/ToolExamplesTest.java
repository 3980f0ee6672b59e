package dev.thalweg.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.examples.tools.AskTheLibrary;
import dev.thalweg.examples.tools.LambdaTool;
import dev.thalweg.examples.tools.McpServerTools;
import dev.thalweg.examples.tools.OwnLoop;
import dev.thalweg.examples.tools.RecordTool;
import dev.thalweg.examples.tools.StreamTheLibrary;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptedUpstream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The programs of the page on tools, and that the page shows them as they are. */
class ToolExamplesTest {
    private static final Path PAGE = Path.of("..", "docs", "sdk", "tools.md");

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final Map<String, String> environment =
            Map.of("OPENAI_BASE_URL", upstream.url(), "OPENAI_API_KEY", "sk-example");

    @AfterEach
    void close() {
        upstream.close();
    }

    private static Script streamed(String name, String arguments) {
        return OpenAiScripts.streaming()
                .toolCall("c1", name, arguments)
                .usage(10, 5)
                .build();
    }

    private static Script whole(String name, String arguments) {
        return OpenAiScripts.completing().toolCall("c1", name, arguments).build();
    }

    @Test
    void theModelAsksTheLibraryUntilItKnows() throws Exception {
        upstream.enqueue(streamed("list", "{\"genre\":\"CRIME\"}"));
        upstream.enqueue(streamed("lookup", "{\"isbn\":\"9780062073488\"}"));
        upstream.enqueue(OpenAiScripts.stream("Agatha ", "Christie."));
        assertThat(Program.run(AskTheLibrary.class, environment)).isEqualTo("Agatha Christie.\n");
        assertThat(upstream.requests().getLast().bodyText())
                .contains("[\\\"9780062073488\\\"]", "And Then There Were None");
        assertThat(upstream.requests().getFirst().bodyText())
                .contains("Looks up a book by its ISBN", "13 digits, no dashes", "[\"FANTASY\",\"CRIME\"]");
    }

    @Test
    void allRoundsAreOneStream() throws Exception {
        upstream.enqueue(OpenAiScripts.streaming()
                .text("Let me see. ")
                .toolCall("c1", "list", "{\"genre\":\"POETRY\"}")
                .usage(10, 5)
                .build());
        upstream.enqueue(streamed("list", "{}"));
        upstream.enqueue(OpenAiScripts.streaming().text("None.").usage(10, 5).build());
        assertThat(Program.run(StreamTheLibrary.class, environment)).isEqualTo("""
                        Let me see. None.
                        [list: The tool was not called. arguments.genre: expected one of FANTASY, CRIME, got "POETRY"]
                        [list: ["9780062073488","9780756404741"]]
                        [45 tokens]
                        """);
    }

    @Test
    void theLoopMayBeOnesOwn() throws Exception {
        upstream.enqueue(whole("lookup", "{\"isbn\":\"1\"}"));
        upstream.enqueue(OpenAiScripts.completion("I do not have it."));
        assertThat(Program.run(OwnLoop.class, environment)).isEqualTo("""
                        lookup({"isbn":"1"})#c1 → IllegalArgumentException: there is no book 1
                        I do not have it.
                        """);
    }

    @Test
    void aRecordIsReadAndThenCalled() throws Exception {
        upstream.enqueue(whole("FormatBook", "{\"title\":\"Momo\",\"author\":\"Michael Ende\"}"));
        assertThat(Program.run(RecordTool.class, environment))
                .isEqualTo("FormatBook[title=Momo, author=Michael Ende]\nMomo by Michael Ende\n");
    }

    @Test
    void aToolMayBeALambda() throws Exception {
        upstream.enqueue(streamed("weather", "{\"place\":\"Lauterbrunnen\"}"));
        upstream.enqueue(OpenAiScripts.stream("Cold."));
        assertThat(Program.run(LambdaTool.class, environment)).isEqualTo("Cold.\n");
        assertThat(upstream.requests().getLast().bodyText()).contains("4 °C in Lauterbrunnen");
    }

    @Test
    void toolsOfAServerAreToolsLikeOthers() throws Exception {
        upstream.enqueue(streamed("files_read", "{}"));
        upstream.enqueue(OpenAiScripts.stream("You have Momo."));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String output = Program.run(
                McpServerTools.class,
                environment,
                java,
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                BookServer.class.getName());
        assertThat(output).isEqualTo("You have Momo.\n");
        assertThat(upstream.requests().getLast().bodyText()).contains("One book: Momo");
    }

    @Test
    void thePageShowsEveryProgramAsItIs() throws IOException {
        String page = Files.readString(PAGE);
        Matcher block = Pattern.compile(
                        "\\[[^\\]]+]\\((\\.\\./\\.\\./examples/[^)]+)\\)\n\n```java\n(.*?)```", Pattern.DOTALL)
                .matcher(page);
        int shown = 0;
        while (block.find()) {
            String program = Files.readString(PAGE.resolveSibling(block.group(1)));
            assertThat(folded(program)).as(block.group(1)).contains(folded(block.group(2)));
            shown++;
        }
        assertThat(shown).isGreaterThan(5);
        try (Stream<Path> files = Files.list(Path.of("src/main/java/dev/thalweg/examples/tools"))) {
            assertThat(files.filter(file -> !file.endsWith("package-info.java")))
                    .allSatisfy(file -> assertThat(page).contains("(../../examples/" + file + ")"));
        }
    }

    private static String folded(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }
}
