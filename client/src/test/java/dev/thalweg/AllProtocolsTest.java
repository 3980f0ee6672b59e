package dev.thalweg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.testkit.conformance.Front;
import dev.thalweg.testkit.conformance.Gateways;
import dev.thalweg.testkit.conformance.Matrix;
import dev.thalweg.testkit.conformance.Protocol;
import dev.thalweg.testkit.conformance.Scenario;
import dev.thalweg.testkit.conformance.Upstream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every protocol of providers, asked in process, in every scenario of the conformance kit. */
class AllProtocolsTest {
    private static Gateways.Running start(Upstream upstream, String url) {
        String provider = switch (upstream.protocol()) {
            case ANTHROPIC -> "anthropic";
            case OPENAI -> "hosted_vllm";
            case RESPONSES -> "openai";
            case GEMINI -> "gemini";
            case BEDROCK -> "bedrock";
            case OLLAMA -> "ollama_chat";
            case COHERE -> "cohere";
        };
        String root = upstream.protocol() == Protocol.BEDROCK || upstream.protocol() == Protocol.COHERE ? "" : "/v1";
        Timeouts timeouts = Timeouts.builder()
                .firstToken(Duration.ofSeconds(2))
                .idle(Duration.ofSeconds(1))
                .build();
        Thalweg thalweg = Thalweg.builder()
                .environment(Map.of())
                .apiKey(provider, "sk-upstream")
                .baseUrl(provider, url + root)
                .option("bedrock", "aws_region_name", "us-east-1")
                .timeouts(timeouts)
                .retries(0)
                .build();
        String kind = upstream.protocol() == Protocol.RESPONSES ? "responses/" : "";
        String dialect = upstream.protocol().name().toLowerCase(Locale.ROOT);
        return new SdkGateway(thalweg, provider + "/" + kind + upstream.model(), dialect);
    }

    @Test
    void everyProtocolKeepsWhatItCanSay() {
        List<Front> chat = Front.all().stream()
                .filter(front -> front.protocol() == Protocol.OPENAI)
                .toList();
        // What a program adds in a provider's own words is sent as it is: it knows whom it asks.
        List<Scenario> scenarios = Scenario.all().stream()
                .filter(scenario -> !scenario.name().equals("unknown request fields"))
                .toList();
        Matrix matrix = Matrix.run(scenarios, chat, Upstream.all(), AllProtocolsTest::start);
        assertThat(matrix.failures()).isEmpty();
        assertThat(matrix.cells().size()).isGreaterThan(70 * Protocol.values().length);
    }
}
