package dev.thalweg.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that are too much, or none: refused, quickly, with a clear word. */
@Timeout(10)
class HostileFilesTest {
    @TempDir
    private Path directory;

    @Test
    void aBillionLaughs() {
        StringBuilder yaml = new StringBuilder("environment_variables: {}\nmodel_list:\n- model_name: m\n  params:\n"
                + "    model: thalweg/demo\n    lol_00: &l0 [ha, ha, ha, ha, ha, ha, ha, ha, ha, ha]\n");
        for (int level = 1; level <= 30; level++) {
            yaml.append("    lol_%02d: &l%d [".formatted(level, level))
                    .append(("*l" + (level - 1) + ", ").repeat(10))
                    .append("]\n");
        }

        assertThat(Configs.problems(yaml.toString()))
                .isNotEmpty()
                .allMatch(text -> text.contains("longer than 256 KiB or deeper than 60 levels"));
    }

    @Test
    void aBombOfMerges() {
        StringBuilder yaml = new StringBuilder("model_list:\n- model_name: m\n  model_info:\n    m0: &m0 {a: 1}\n");
        for (int level = 1; level <= 15; level++) {
            yaml.append("    m%d: &m%d {<<: [".formatted(level, level))
                    .append(("*m" + (level - 1) + ", ").repeat(10))
                    .append("]}\n");
        }
        yaml.append("  params: {model: thalweg/demo, <<: *m15}\n");

        assertThat(Configs.problems(yaml.toString())).anyMatch(text -> text.contains("more merges (<<) in merges"));
    }

    @Test
    void aLongListThatManyShare() {
        StringBuilder yaml = new StringBuilder("model_list: [{model_name: m, params: {model: thalweg/demo}}]\n"
                + "thalweg_settings: {allowed_fails: 3}\nrouter_settings:\n  default_fallbacks: &l [");
        yaml.append("n, ".repeat(100_000)).append("m]\n  fallbacks:\n");
        for (int model = 0; model < 1_900; model++) {
            yaml.append("  - {m").append(model).append(": *l}\n");
        }

        assertThat(Configs.problems(yaml.toString()))
                .anyMatch(text -> text.contains("expected a list of names of model_list, at most 100, found a list"));
    }

    @Test
    void manyNamesOfNothing() {
        StringBuilder yaml = new StringBuilder("model_list:\n");
        for (int model = 0; model < 9_000; model++) {
            yaml.append("- {model_name: model-").append(model).append(", params: {model: thalweg/demo}}\n");
        }
        yaml.append("router_settings: {fallbacks: [{");
        for (int model = 0; model < 9_000; model++) {
            yaml.append("modle-")
                    .append(model)
                    .append(": [other-")
                    .append(model)
                    .append("], ");
        }
        yaml.append("}]}\n");

        assertThat(Configs.problems(yaml.toString())).hasSize(18_000);
    }

    @Test
    void aListThatHoldsItself() {
        assertThat(Configs.deploymentProblems("model: thalweg/demo, stop: &a [*a]"))
                .singleElement()
                .asString()
                .contains("deeper than 60 levels");
    }

    @Test
    void aMappingThatMergesItself() {
        String yaml = "model_list: [{model_name: m, params: &a {model: thalweg/demo, <<: *a}}]";

        assertThat(Configs.problems(yaml))
                .containsExactly("config.yaml:1:63: more merges (<<) in merges than can be read; write the keys out");
    }

    @Test
    void moreAliasesThanAnyFleetHas() {
        String yaml = "model_list:\n- &a {model_name: m, params: {model: thalweg/demo}}\n" + "- *a\n".repeat(3_000);

        assertThat(Configs.problems(yaml)).singleElement().asString().contains("aliases");
    }

    @Test
    void nestingWithoutEnd() {
        assertThat(Configs.problems("[".repeat(10_000)))
                .singleElement()
                .asString()
                .contains("nests deeper");
    }

    @Test
    void aFileAboveFourMegabytes() throws IOException {
        Path file = directory.resolve("big.yaml");
        Files.writeString(file, "#".repeat((4 << 20) + 1));

        assertThat(load(file))
                .containsExactly(file + ": the file has more than 4 MiB; split it or remove what is not configuration");
    }

    @Test
    void aFileThatIsNotThere() {
        assertThat(load(Path.of("no/such.yaml")))
                .containsExactly("no/such.yaml: there is no such file; the path is taken from "
                        + Path.of("").toAbsolutePath());
    }

    @Test
    void aDirectory() {
        assertThat(load(directory))
                .containsExactly(directory + ": the file cannot be read (it is a directory); check the path and its"
                        + " permissions");
    }

    @Test
    void aFileThatIsNotUtf8() throws IOException {
        Path file = directory.resolve("latin1.yaml");
        Files.write(file, new byte[] {'a', ':', ' ', (byte) 0xe9});

        assertThat(load(file)).containsExactly(file + ": the file is not UTF-8; save it as UTF-8");
    }

    @Test
    void aByteOrderMarkIsNoMistake() {
        assertThat(Configs.problems("\uFEFFmodel_list: [{model_name: m, params: {model: thalweg/demo}}]"))
                .isEmpty();
    }

    private static List<String> load(Path file) {
        return ((ConfigResult.Refused) ConfigLoader.load(file, Map.of()))
                .problems().stream().map(Problem::text).toList();
    }
}
