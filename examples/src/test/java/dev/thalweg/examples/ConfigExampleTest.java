package dev.thalweg.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.examples.sdk.FromAConfigFile;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.ScriptedUpstream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program of the page on the configuration file. */
class ConfigExampleTest {
    @TempDir
    Path directory;

    @Test
    void aModelOfTheFileAnswers() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start()) {
            upstream.enqueue(OpenAiScripts.completion("Hi there."));
            Path file = Files.writeString(directory.resolve("config.yaml"), """
                    model_list:
                      - model_name: fast
                        litellm_params: {model: openai/gpt-4o-mini, api_base: "%s/v1", api_key: os.environ/MY_KEY}
                    """.formatted(upstream.url()));
            assertThat(Program.run(FromAConfigFile.class, Map.of("MY_KEY", "sk-example"), file.toString()))
                    .isEqualTo("Hi there.\n");
        }
    }

    @Test
    void thePageShowsTheProgram() throws Exception {
        String page = Files.readString(Path.of("../docs/sdk/configuration.md"));
        String program = Files.readString(Path.of("src/main/java/dev/thalweg/examples/sdk/FromAConfigFile.java"));
        String snippet = page.substring(page.indexOf("```java\n") + 8, page.lastIndexOf("```"));
        assertThat(program.replaceAll("(?m)^        ", "")).contains(snippet.strip());
    }
}
