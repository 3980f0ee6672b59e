package dev.thalweg.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.config.GatewayConfig;
import dev.thalweg.gateway.server.GatewayServer;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptedUpstream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs run, as a user runs them: in a process of their own, set up by environment variables. */
class ExamplesTest {
    @Test
    void theFirstStreamPrintsWhatTheModelSays() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start()) {
            upstream.enqueue(OpenAiScripts.stream("Fine, ", "and ", "you?"));
            String output = Program.run(
                    FirstStream.class, Map.of("OPENAI_BASE_URL", upstream.url(), "OPENAI_API_KEY", "sk-example"));
            assertThat(output).isEqualTo("Fine, and you?\n");
        }
    }

    @Test
    void theGatewayStreamsItsDemoModel(@TempDir Path data) throws Exception {
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (GatewayServer gateway = GatewayServer.start(
                GatewayConfig.empty(Map.of()), anyPort, Map.of(), data, OutputStream.nullOutputStream())) {
            String url = "http://127.0.0.1:" + gateway.address().getPort();
            String output = Program.run(ThroughTheGateway.class, Map.of("THALWEG_BASE_URL", url));
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
            String output = Program.run(ThroughTheGateway.class, Map.of("THALWEG_BASE_URL", upstream.url()));
            assertThat(output).startsWith("Half an ans\nBroken off: ").endsWith("So far: Half an ans\n");
        }
    }
}
