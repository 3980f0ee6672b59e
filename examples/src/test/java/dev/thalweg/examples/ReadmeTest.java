package dev.thalweg.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.config.ConfigLoader;
import dev.thalweg.config.GatewayConfig;
import dev.thalweg.gateway.server.GatewayServer;
import dev.thalweg.testkit.RawClient;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows works as it stands there. */
class ReadmeTest {
    private static final Path ROOT = Path.of("..");

    @Test
    void theJavaOfTheReadmeIsTheExampleThatRuns() throws IOException {
        String example = Files.readString(
                Path.of("src/main/java", FirstStream.class.getName().replace('.', '/') + ".java"));
        assertThat(folded(example)).contains(folded(block("java")));
    }

    @Test
    void theConfigOfTheReadmeIsUnderstood() throws IOException {
        Map<String, String> environment =
                Map.of("OPENAI_API_KEY", "sk-1", "GROQ_API_KEY", "gsk-1", "THALWEG_MASTER_KEY", "sk-master");
        GatewayConfig config =
                ConfigLoader.parse("config.yaml", block("yaml"), environment).orThrow();
        assertThat(config.deployments()).extracting("modelName").containsExactly("gpt-4o-mini", "groq/*");
        assertThat(config.deployments()).extracting("disabled").containsOnlyNulls();
        assertThat(config.notices()).isEmpty();
    }

    @Test
    void theCurlOfTheReadmeStreamsToItsMarker(@TempDir Path data) throws IOException {
        Matcher curl = Pattern.compile("-d '(\\{.*})'").matcher(readme());
        assertThat(curl.find()).isTrue();
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (GatewayServer gateway = GatewayServer.start(
                        GatewayConfig.empty(Map.of()), anyPort, Map.of(), data, OutputStream.nullOutputStream());
                RawClient client = RawClient.connect(gateway.address().getPort())) {
            client.post("/v1/chat/completions", Map.of("Content-Type", "application/json"), curl.group(1));
            assertThat(client.readHead().status()).isEqualTo(200);
            RawClient.Body body = client.readBody();
            assertThat(body.clean()).isTrue();
            assertThat(body.text())
                    .contains("\"role\":\"assistant\"", "\"content\":\" said:\"", "\"finish_reason\":\"stop\"")
                    .containsPattern("data: \\[DONE]\n\n(: thalweg [^\n]*\n\n)?$");
        }
    }

    @Test
    void everyFileTheDocsPointToIsThere() throws IOException {
        Pattern link = Pattern.compile("\\]\\((?!https?:)([^)#]+)");
        for (String page : new String[] {
            "README.md",
            "ARCHITECTURE.md",
            "CONTRIBUTING.md",
            "docs/decisions/README.md",
            "docs/streams.md",
            "docs/operating.md",
            "docs/providers.md",
            "docs/configuration.md",
            "docs/loop-guard.md"
        }) {
            check(page, link);
        }
        for (String page : PagesTest.pages()) {
            check("docs/" + page, link);
        }
    }

    private static void check(String page, Pattern link) throws IOException {
        Path file = ROOT.resolve(page);
        Matcher matcher = link.matcher(Files.readString(file));
        while (matcher.find()) {
            assertThat(file.resolveSibling(matcher.group(1))).exists();
        }
    }

    private static String readme() throws IOException {
        return Files.readString(ROOT.resolve("README.md"));
    }

    private static String block(String language) throws IOException {
        Matcher matcher = Pattern.compile("```" + language + "\\n(.*?)```", Pattern.DOTALL)
                .matcher(readme());
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    private static String folded(String text) {
        return text.replaceAll("\\s+", " ");
    }
}
