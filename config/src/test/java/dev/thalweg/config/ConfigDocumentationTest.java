package dev.thalweg.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Every key the loader knows has its line in the documentation. */
class ConfigDocumentationTest {
    static final List<KnownKeys> SECTIONS = KnownKeys.SECTIONS;

    @ParameterizedTest
    @FieldSource("SECTIONS")
    void everyKeyInEffectHasARowInATable(KnownKeys section) throws IOException {
        List<String> rows =
                lines().stream().filter(line -> line.startsWith("| `")).toList();

        assertThat(section.inEffect())
                .allSatisfy(key -> assertThat(rows).anyMatch(row -> row.startsWith("| `" + key + "`")));
    }

    @ParameterizedTest
    @FieldSource("SECTIONS")
    void everyKeyNotInEffectIsListed(KnownKeys section) throws IOException {
        String text = lines().stream()
                .dropWhile(line -> !line.equals("## Keys of LiteLLM that are not in effect"))
                .collect(Collectors.joining("\n"));

        assertThat(section.notInEffect()).allSatisfy(key -> assertThat(text).contains("`" + key + "`"));
    }

    @Test
    void everySettingThatNeedsARestartIsInTheTableOfThose() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("../docs/operating.md")).stream()
                .dropWhile(line -> !line.equals("What needs a restart:"))
                .filter(line -> line.startsWith("| `"))
                .toList();

        assertThat(SettingsText.AT_START)
                .allSatisfy(key -> assertThat(rows).anyMatch(row -> row.startsWith("| `" + key + "`")));
    }

    private static List<String> lines() throws IOException {
        return Files.readAllLines(Path.of("../docs/configuration.md"));
    }
}
