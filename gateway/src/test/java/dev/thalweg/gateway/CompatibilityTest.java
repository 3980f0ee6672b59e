package dev.thalweg.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.testkit.conformance.Front;
import dev.thalweg.testkit.conformance.Gateways;
import dev.thalweg.testkit.conformance.Matrix;
import dev.thalweg.testkit.conformance.Protocol;
import dev.thalweg.testkit.conformance.Upstream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Every protocol of callers before every protocol of providers, in every scenario; the page is written from what came out. */
class CompatibilityTest {
    private static final Path PAGE = Path.of("../docs/compatibility.md");
    private static final String BEGIN = "<!-- generated: begins -->\n";
    private static final String END = "<!-- generated: ends -->\n";

    private static Gateways.Running start(Upstream upstream, String url) {
        String model = switch (upstream.protocol()) {
            case ANTHROPIC -> "anthropic/";
            case OPENAI -> "hosted_vllm/";
            case RESPONSES -> "openai/responses/";
            case GEMINI -> "gemini/";
            case BEDROCK -> "bedrock/";
            case OLLAMA -> "ollama/";
            case COHERE -> "cohere/";
        };
        TestGateway gateway = TestGateway.of(
                """
                model_list:
                  - model_name: %s
                    params: {model: "%s%s", api_base: "%s%s", api_key: sk-upstream%s}
                router_settings: {disable_cooldowns: true}
                thalweg_settings: {num_retries: 0, idle_timeout: 1, first_token_timeout: 2}
                """.formatted(Matrix.MODEL, model, upstream.model(), url, root(upstream), only(upstream)));
        return new Gateways.Running() {
            @Override
            public int port() {
                return gateway.port();
            }

            @Override
            public void close() {
                gateway.close();
            }
        };
    }

    /** What of the path is configured: providers whose own paths differ get theirs. */
    private static String root(Upstream upstream) {
        return switch (upstream.protocol()) {
            case BEDROCK, COHERE -> "";
            default -> "/v1";
        };
    }

    /** A server that speaks several protocols is asked in the caller's own unless it is said to have one. */
    private static String only(Upstream upstream) {
        return upstream.protocol() == Protocol.OLLAMA ? ", dialects: [ollama]" : "";
    }

    @Test
    void everyPairKeepsWhatBothSidesCanSay() throws IOException {
        Matrix matrix = Matrix.run(Front.all(), Upstream.all(), CompatibilityTest::start);
        assertThat(matrix.failures()).isEmpty();
        assertThat(matrix.cells().size()).isGreaterThan(500 * Protocol.values().length);
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        String table = "\n" + matrix.markdown().strip() + "\n\n";
        if (Boolean.getBoolean("thalweg.write-pages")) {
            Files.writeString(PAGE, page.substring(0, begin) + table + page.substring(end));
        } else {
            assertThat(page.substring(begin, end))
                    .as("run with -Dthalweg.write-pages=true to write the page anew")
                    .isEqualTo(table);
        }
    }
}
