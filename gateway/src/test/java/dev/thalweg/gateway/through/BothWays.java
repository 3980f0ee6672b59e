package dev.thalweg.gateway.through;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.thalweg.CallListener;
import dev.thalweg.Thalweg;
import dev.thalweg.gateway.TestGateway;
import dev.thalweg.testkit.Framing;
import dev.thalweg.testkit.RecordedRequest;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptBuilder;
import dev.thalweg.testkit.ScriptedUpstream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One provider, asked by the SDK in process and through a gateway, for a model of the same name. The test closes it. */
final class BothWays implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration SOON = Duration.ofSeconds(5);

    /** Protocols that providers are asked in, with a model whose answers are rich in what that protocol has. */
    enum Spoken {
        OPENAI("openrouter", "qwen3"),
        RESPONSES("openai", "responses/gpt-5-mini"),
        REFUSED("openai", "responses/gpt-5-mini"),
        ANTHROPIC("anthropic", "claude-sonnet-4-5"),
        GEMINI("gemini", "gemini-3-pro-preview"),
        BEDROCK("bedrock", "us.anthropic.claude-sonnet-4-5-20250929-v1:0"),
        COHERE("cohere", "command-a-reasoning-08-2025"),
        OLLAMA("ollama_chat", "qwen3:4b");

        private final String provider;
        private final String model;

        Spoken(String provider, String model) {
            this.provider = provider;
            this.model = model;
        }

        /** {@code provider/model}, which the gateway calls it, too. */
        String model() {
            return provider + "/" + model;
        }

        private String file(String kind) {
            String name = name().toLowerCase(Locale.ROOT) + "." + kind;
            try (InputStream in = BothWays.class.getResourceAsStream(name)) {
                if (in == null) {
                    throw new IllegalStateException("no " + name);
                }
                return new String(in.readAllBytes(), UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** The rich answer, whole or as a stream. */
        Script answer(boolean stream) {
            return stream
                    ? stream(Integer.MAX_VALUE).build()
                    : Script.status(200)
                            .header("Content-Type", "application/json")
                            .header("x-request-id", "req-upstream")
                            .text(file("json"))
                            .build();
        }

        /** The stream of the rich answer up to so many events, left open. */
        ScriptBuilder stream(int events) {
            return switch (this) {
                case BEDROCK -> {
                    ScriptBuilder frames = Script.awsFrames();
                    file("stream").lines().limit(events).forEach(line -> {
                        int blank = line.indexOf(' ');
                        frames.frame(line.substring(0, blank), line.substring(blank + 1));
                    });
                    yield frames;
                }
                case OLLAMA -> {
                    ScriptBuilder lines =
                            Script.status(200).framing(Framing.CHUNKED).header("Content-Type", "application/x-ndjson");
                    file("stream").lines().limit(events).forEach(line -> lines.text(line + "\n"));
                    yield lines;
                }
                default -> {
                    ScriptBuilder sse = Script.sse().header("x-request-id", "req-upstream");
                    Pattern.compile("\n\n")
                            .splitAsStream(file("stream").strip())
                            .limit(events)
                            .forEach(event -> sse.text(event + "\n\n"));
                    yield sse;
                }
            };
        }
    }

    final ScriptedUpstream upstream = ScriptedUpstream.start();
    final Thalweg direct;
    final Thalweg through;
    private final TestGateway gateway;

    BothWays(Spoken spoken) {
        this(spoken, new CallListener() {});
    }

    /** The same with this listener on both. */
    BothWays(Spoken spoken, CallListener listener) {
        boolean rootless = spoken == Spoken.BEDROCK || spoken == Spoken.COHERE;
        String url = upstream.url() + (rootless ? "" : "/v1");
        direct = Thalweg.builder()
                .environment(Map.of())
                .apiKey(spoken.provider, "sk-upstream")
                .baseUrl(spoken.provider, url)
                .option("bedrock", "aws_region_name", "us-east-1")
                .retries(0)
                .listener(listener)
                .build();
        String dialects = spoken == Spoken.OLLAMA ? ", dialects: [ollama]" : "";
        gateway = TestGateway.of("""
                model_list:
                  - model_name: "%1$s"
                    params: {model: "%1$s", api_base: "%2$s", api_key: sk-upstream%3$s}
                router_settings: {disable_cooldowns: true}
                thalweg_settings: {num_retries: 0}
                """.formatted(spoken.model(), url, dialects));
        through = Thalweg.builder()
                .environment(Map.of())
                .gateway(gateway.url(), "")
                .retries(0)
                .listener(listener)
                .build();
    }

    /** What the provider was asked since this was last called. */
    RecordedRequest asked() {
        return upstream.takeRequest(SOON);
    }

    /** A body as a tree, without regard to the order of members. */
    static JsonNode body(RecordedRequest request) {
        return JSON.readTree(request.bodyText());
    }

    @Override
    public void close() {
        direct.close();
        through.close();
        gateway.close();
        upstream.close();
    }
}
