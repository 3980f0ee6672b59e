package dev.thalweg.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.config.ConfigLoader;
import dev.thalweg.config.GatewayConfig;
import dev.thalweg.gateway.server.GatewayServer;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptedUpstream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The programs of {@code examples} that need a library of another language. They run as they are, but for the address. */
class ExamplesTest {
    private static final Path EXAMPLES = Path.of("..", "examples", "src", "main");

    @Test
    void openAisClientForPythonStreams() throws IOException {
        Tool.Run run = python("openai_client.py", OpenAiScripts.stream("Why did ", "the chicken …"));
        assertThat(run.ok()).as(run.tail()).isTrue();
        assertThat(run.output()).isEqualTo("Why did the chicken …\n");
    }

    @Test
    void openAisAsynchronousClientForPythonStreams() throws IOException {
        Tool.Run run = python("async_client.py", OpenAiScripts.stream("1, ", "2, ", "3"));
        assertThat(run.ok()).as(run.tail()).isTrue();
        assertThat(run.output()).isEqualTo("1, 2, 3\n");
    }

    @Test
    void openAisAsynchronousClientForPythonIsToldOfABrokenStream() throws IOException {
        Script cut = Script.sse()
                .event(OpenAiScripts.roleChunk())
                .event(OpenAiScripts.contentChunk("1, "))
                .flush()
                .fin()
                .build();
        Tool.Run run = python("async_client.py", cut);
        assertThat(run.ok()).as(run.tail()).isTrue();
        assertThat(run.output()).startsWith("1, \nStreaming error: upstream_cut: ");
    }

    @Test
    void theReactComponentAndItsReaderAreTypedRight() throws IOException {
        Path directory = copy("react");
        try {
            if (!Files.exists(directory.resolve("node_modules/typescript/package.json"))) {
                Setup.npmCi(directory);
            }
            Tool.Run run = Tool.run(directory, "node", "node_modules/typescript/bin/tsc");
            assertThat(run.ok()).as(run.tail()).isTrue();
        } catch (Unavailable e) {
            System.out.println("EXAMPLE SKIPPED: the React component: " + e.getMessage());
            Assumptions.abort(e.getMessage());
        }
    }

    private static Tool.Run python(String file, Script answer) throws IOException {
        String library = Client.PYTHON.driver().version();
        assertThat(library).isNotEmpty();
        Path directory = copy("python");
        Path python = Path.of("target", "python", "venv", "bin", "python").toAbsolutePath();
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                GatewayServer gateway = gateway(upstream)) {
            upstream.enqueue(answer);
            Path program = directory.resolve(file);
            String url = "http://127.0.0.1:" + gateway.address().getPort();
            Files.writeString(program, Files.readString(program).replace("http://localhost:8000", url));
            return Tool.run(directory, python.toString(), file);
        }
    }

    private static GatewayServer gateway(ScriptedUpstream upstream) throws IOException {
        Map<String, String> environment = Map.of(
                "OPENAI_BASE_URL",
                upstream.url(),
                "OPENAI_API_KEY",
                "sk-example",
                "THALWEG_MASTER_KEY",
                "your-api-key");
        GatewayConfig config = ConfigLoader.load(EXAMPLES.resolve("config/gpt-4.yaml"), environment)
                .orThrow();
        Path records = Files.createDirectories(Path.of("target", "records"));
        return GatewayServer.start(
                config,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                environment,
                Files.createTempDirectory(records, ""),
                OutputStream.nullOutputStream());
    }

    private static Path copy(String language) throws IOException {
        Path directory = Files.createDirectories(Path.of("target", "examples", language));
        try (var files = Files.list(EXAMPLES.resolve(language))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, directory.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return directory;
    }
}
