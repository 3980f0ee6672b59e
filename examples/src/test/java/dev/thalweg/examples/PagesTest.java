package dev.thalweg.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.config.ConfigLoader;
import dev.thalweg.config.GatewayConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the pages show is in the programs that run, and the pages leave no program out. */
class PagesTest {
    private static final Path DOCS = Path.of("..", "docs");
    private static final Pattern BLOCK = Pattern.compile(
            "(?m)^(?:\\[[^\\]]+]\\((?:\\.\\./)+(?<file>examples/[^)]+)\\)\\n\\n)?^```(?<language>\\w*)\\n(?<text>.*?)^```$",
            Pattern.DOTALL | Pattern.MULTILINE);
    /**
     * Python is also what the other projects' lines are written in; blocks without a language are commands and output; some
     * XML is part of a pom.
     */
    private static final Set<String> MAY_STAND_ALONE = Set.of("python", "", "xml");

    /** Pages that show programs: those of the SDK, and those for who comes from elsewhere. */
    static List<String> pages() throws IOException {
        try (Stream<Path> files = Files.walk(DOCS)) {
            return files.map(file -> DOCS.relativize(file).toString())
                    .filter(file -> file.matches("coming-from-.*\\.md|sdk/.*\\.md"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyBlockUnderTheNameOfAProgramIsPartOfIt(String page) throws IOException {
        String text = read(page);
        Matcher block = BLOCK.matcher(text);
        List<String> checked = new ArrayList<>();
        int end = 0;
        while (block.find()) {
            boolean follows = end > 0 && text.substring(end, block.start()).isBlank();
            end = block.end();
            boolean mayStandAlone = MAY_STAND_ALONE.contains(block.group("language"));
            String file = block.group("file");
            if (file == null && follows && !mayStandAlone) {
                file = checked.getLast();
            }
            if (file == null) {
                assertThat(mayStandAlone).as(block.group()).isTrue();
                continue;
            }
            assertThat(folded(Files.readString(Path.of("..", file)))).as(file).contains(folded(block.group("text")));
            checked.add(file);
        }
        assertThat(checked).isNotEmpty();
    }

    @Test
    void thereAreThePagesOfTheSdk() throws IOException {
        assertThat(pages()).hasSizeGreaterThan(14).contains("sdk/quickstart.md", "coming-from-mirascope.md");
    }

    @Test
    void everyProgramIsOnAPage() throws IOException {
        StringBuilder pages = new StringBuilder();
        for (String page : pages()) {
            pages.append(read(page));
        }
        Path main = Path.of("src", "main");
        try (Stream<Path> files = Files.walk(main)) {
            assertThat(files.filter(
                                    file -> file.toString()
                                            .matches(
                                                    ".*/(litellm|choreoai|mirascope|sdk|observe|tools|types|quickstart|config|curl|node|python)/.*"))
                            .filter(Files::isRegularFile)
                            .filter(file -> !file.endsWith("package-info.java")))
                    .hasSizeGreaterThan(25)
                    .allSatisfy(file -> assertThat(pages).contains("../examples/" + file + ")"));
        }
    }

    @Test
    void everyExceptionHasItsRow() throws IOException {
        Path errors = Path.of("..", "core", "src", "main", "java", "dev", "thalweg", "error");
        try (Stream<Path> files = Files.list(errors)) {
            Set<String> classes = files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith("Exception.java"))
                    .map(file -> file.substring(0, file.length() - ".java".length()))
                    .filter(name -> !name.equals("ThalwegException"))
                    .collect(Collectors.toSet());
            Matcher row =
                    Pattern.compile("(?m)^\\| `[\\w.]+` \\| `(\\w+Exception)`").matcher(read("coming-from-litellm.md"));
            assertThat(row.results().map(match -> match.group(1))).containsExactlyInAnyOrderElementsOf(classes);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"litellm", "mishikallm", "thalweg"})
    void theSectionOfTheLimitMayBeSpelledInThreeWays(String name) throws IOException {
        String yaml = Files.readString(Path.of("src/main/config/loop-limit.yaml"))
                .replace("litellm_settings", name + "_settings")
                .replace("LIMIT: 100", "LIMIT: 7");
        GatewayConfig config = ConfigLoader.parse("config.yaml", yaml, Map.of("OPENAI_API_KEY", "sk-1"))
                .orThrow();
        assertThat(config.settings().loopLimits().text()).isEqualTo(7);
        assertThat(config.notices()).isEmpty();
    }

    private static String read(String page) throws IOException {
        return Files.readString(DOCS.resolve(page));
    }

    private static String folded(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }
}
