package dev.thalweg.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.gateway.config.GatewayConfig;
import dev.thalweg.gateway.server.GatewayServer;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptedUpstream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs run, as a user runs them: in a process of their own, set up by environment variables. */
class ExamplesTest {
    @Test
    void theFirstStreamPrintsWhatTheModelSays() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start()) {
            upstream.enqueue(OpenAiScripts.stream("Fine, ", "and ", "you?"));
            String output =
                    run(FirstStream.class, Map.of("OPENAI_BASE_URL", upstream.url(), "OPENAI_API_KEY", "sk-example"));
            assertThat(output).isEqualTo("Fine, and you?\n");
        }
    }

    @Test
    void theGatewayStreamsItsDemoModel(@TempDir Path data) throws Exception {
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (GatewayServer gateway = GatewayServer.start(
                GatewayConfig.empty(Map.of()), anyPort, Map.of(), data, OutputStream.nullOutputStream())) {
            String url = "http://127.0.0.1:" + gateway.address().getPort();
            String output = run(ThroughTheGateway.class, Map.of("THALWEG_BASE_URL", url));
            assertThat(output)
                    .startsWith("You said: “Hello”.")
                    .contains("not a language model")
                    .endsWith(" tokens\n");
        }
    }

    @Test
    void aBrokenStreamShowsWhatThereWas() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start()) {
            upstream.enqueue(Script.sse()
                    .event(OpenAiScripts.contentChunk("Half an ans"))
                    .flush()
                    .fin()
                    .build());
            String output = run(ThroughTheGateway.class, Map.of("THALWEG_BASE_URL", upstream.url()));
            assertThat(output).startsWith("Half an ans\nBroken off: ").endsWith("So far: Half an ans\n");
        }
    }

    private static String run(Class<?> program, Map<String, String> environment)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Dstdout.encoding=UTF-8");
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(program.getName());
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        return output;
    }
}
