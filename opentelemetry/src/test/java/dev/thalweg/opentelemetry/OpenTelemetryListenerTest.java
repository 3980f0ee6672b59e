package dev.thalweg.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.thalweg.ChatStream;
import dev.thalweg.Chunks;
import dev.thalweg.Thalweg;
import dev.thalweg.model.ChatChunk;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptedUpstream;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpenTelemetryListenerTest {
    private static final String MODEL = "openai/gpt-4o-mini";
    private static final Duration SOON = Duration.ofSeconds(5);

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
    private final InMemoryMetricReader reader = InMemoryMetricReader.create();
    private final CountDownLatch oneEnded = new CountDownLatch(1);
    private final OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                    .build())
            .setMeterProvider(
                    SdkMeterProvider.builder().registerMetricReader(reader).build())
            .build();
    private final OpenTelemetryListener listener = OpenTelemetryListener.of(sdk);
    private Thalweg thalweg = client(listener, 0);

    private Thalweg client(OpenTelemetryListener to, int retries) {
        return Thalweg.builder()
                .environment(Map.of("OPENAI_API_KEY", "sk-1", "OPENAI_BASE_URL", upstream.url()))
                .retries(retries)
                .listener(to)
                .listener(new dev.thalweg.CallListener() {
                    @Override
                    public void ended(dev.thalweg.CallRecord call) {
                        oneEnded.countDown();
                    }
                })
                .build();
    }

    @AfterEach
    void stop() {
        assertThat(listener.open()).isZero();
        thalweg.close();
        upstream.close();
        sdk.close();
    }

    /** The only span of a call. */
    private SpanData span() {
        List<SpanData> spans = exporter.getFinishedSpanItems().stream()
                .filter(span -> span.getName().startsWith("chat "))
                .toList();
        assertThat(spans).hasSize(1);
        return spans.getFirst();
    }

    private void awaitEnd() throws InterruptedException {
        assertThat(oneEnded.await(5, TimeUnit.SECONDS)).isTrue();
    }

    private static Object attribute(SpanData span, String key) {
        return span.getAttributes().asMap().entrySet().stream()
                .filter(entry -> entry.getKey().getKey().equals(key))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    private Collection<HistogramPointData> points(Collection<MetricData> metrics, String name) {
        return metrics.stream()
                .filter(metric -> metric.getName().equals(name))
                .flatMap(metric -> metric.getHistogramData().getPoints().stream())
                .toList();
    }

    @Test
    void aCallIsASpanByTheConventions() {
        upstream.enqueue(OpenAiScripts.completion("gpt-4o-mini-2024-07-18", "Hi", 1000, 50));
        ChatRequest request = ChatRequest.builder(MODEL)
                .user("My secret garden")
                .temperature(0.5)
                .topP(0.9)
                .maxOutputTokens(100)
                .stop(List.of("END"))
                .seed(7)
                .build();

        thalweg.complete(request);

        SpanData span = span();
        assertThat(span.getName()).isEqualTo("chat " + MODEL);
        assertThat(span.getKind()).isEqualTo(SpanKind.CLIENT);
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(span.hasEnded()).isTrue();
        Map<String, Object> expected = Map.ofEntries(
                Map.entry("gen_ai.operation.name", "chat"),
                Map.entry("gen_ai.provider.name", "openai"),
                Map.entry("gen_ai.request.model", MODEL),
                Map.entry("gen_ai.request.temperature", 0.5),
                Map.entry("gen_ai.request.top_p", 0.9),
                Map.entry("gen_ai.request.max_tokens", 100L),
                Map.entry("gen_ai.request.stop_sequences", List.of("END")),
                Map.entry("gen_ai.request.seed", 7L),
                Map.entry("gen_ai.response.id", OpenAiScripts.ID),
                Map.entry("gen_ai.response.model", "gpt-4o-mini-2024-07-18"),
                Map.entry("gen_ai.response.finish_reasons", List.of("stop")),
                Map.entry("gen_ai.usage.input_tokens", 1000L),
                Map.entry("gen_ai.usage.output_tokens", 50L),
                Map.entry("server.address", "127.0.0.1"),
                Map.entry("server.port", (long) upstream.port()),
                Map.entry("thalweg.attempts", 1L),
                Map.entry("thalweg.outcome", "complete"));
        expected.forEach(
                (key, value) -> assertThat(attribute(span, key)).as(key).isEqualTo(value));
        assertThat((double) attribute(span, "thalweg.cost.usd")).isPositive();
        assertThat(span.getAttributes().asMap().keySet())
                .extracting(AttributeKey::getKey)
                .doesNotContain(
                        "gen_ai.request.stream", "gen_ai.input.messages", "gen_ai.output.messages", "error.type");
        assertThat(span.toString()).doesNotContain("garden", "sk-1");
    }

    @Test
    void theMetricsAreTheConventionsToo() {
        upstream.enqueue(OpenAiScripts.completion("gpt-4o-mini", "Hi", 1000, 50));
        thalweg.complete(MODEL, "Hello");

        Collection<MetricData> metrics = reader.collectAllMetrics();
        assertThat(points(metrics, "gen_ai.client.operation.duration"))
                .singleElement()
                .satisfies(point -> {
                    assertThat(point.getCount()).isEqualTo(1);
                    assertThat(point.getBoundaries()).startsWith(0.01, 0.02).endsWith(81.92);
                    assertThat(point.getAttributes().asMap())
                            .containsOnly(
                                    Map.entry(GenAi.OPERATION, "chat"),
                                    Map.entry(GenAi.PROVIDER, "openai"),
                                    Map.entry(GenAi.REQUEST_MODEL, MODEL),
                                    Map.entry(GenAi.RESPONSE_MODEL, "gpt-4o-mini"),
                                    Map.entry(GenAi.SERVER_ADDRESS, "127.0.0.1"),
                                    Map.entry(GenAi.SERVER_PORT, (long) upstream.port()));
                });
        assertThat(points(metrics, "gen_ai.client.token.usage"))
                .extracting(point -> point.getAttributes().get(GenAi.TOKEN_TYPE) + " " + point.getSum())
                .containsExactlyInAnyOrder("input 1000.0", "output 50.0");
        assertThat(points(metrics, "gen_ai.client.operation.time_to_first_chunk"))
                .isEmpty();
    }

    @Test
    void aStreamTellsItsFirstChunkAndItsPace() {
        upstream.enqueue(OpenAiScripts.stream("Hel", "lo"));
        try (ChatStream stream = thalweg.stream(MODEL, "Hello")) {
            stream.response();
        }
        SpanData span = span();
        assertThat(attribute(span, "gen_ai.request.stream")).isEqualTo(true);
        assertThat((double) attribute(span, "gen_ai.response.time_to_first_chunk"))
                .isPositive();
        Collection<MetricData> metrics = reader.collectAllMetrics();
        assertThat(points(metrics, "gen_ai.client.operation.time_to_first_chunk"))
                .singleElement()
                .satisfies(point -> assertThat(point.getCount()).isEqualTo(1));
        assertThat(points(metrics, "gen_ai.client.operation.time_per_output_chunk"))
                .singleElement()
                .satisfies(point -> assertThat(point.getCount()).isGreaterThanOrEqualTo(2));
    }

    @Test
    void estimatedUsageIsMarkedAndInNoMetric() {
        upstream.enqueue(Script.sse()
                .event(OpenAiScripts.contentChunk("Hi"))
                .event(OpenAiScripts.finishChunk("stop"))
                .event("[DONE]")
                .build());
        try (ChatStream stream = thalweg.stream(MODEL, "Hello")) {
            stream.response();
        }
        assertThat(attribute(span(), "thalweg.usage.estimated")).isEqualTo(true);
        assertThat(points(reader.collectAllMetrics(), "gen_ai.client.token.usage"))
                .isEmpty();
    }

    @Test
    void failedAttemptsAreEventsAndTheLastFailureTheStatus() {
        thalweg = client(listener, 1);
        upstream.enqueue(OpenAiScripts.error(503, "x", "overloaded", "No"))
                .enqueue(OpenAiScripts.error(429, "x", "rate_limit_exceeded", "You said: My secret garden"));

        assertThat(catchThrowable(() -> thalweg.complete(MODEL, "My secret garden")))
                .isNotNull();

        SpanData span = span();
        assertThat(span.getEvents())
                .hasSize(2)
                .allSatisfy(event -> assertThat(event.getName()).isEqualTo("thalweg.attempt.failed"));
        assertThat(span.getEvents().getFirst().getAttributes().asMap())
                .containsEntry(GenAi.ATTEMPT_DEPLOYMENT, MODEL)
                .containsEntry(GenAi.ERROR_TYPE, "ServiceUnavailableException")
                .containsEntry(GenAi.ERROR_CODE, "overloaded");
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(span.getStatus().getDescription()).isEqualTo("rate_limit_exceeded");
        assertThat(attribute(span, "error.type")).isEqualTo("dev.thalweg.error.RateLimitException");
        assertThat(span.toString()).doesNotContain("garden");
        assertThat(points(reader.collectAllMetrics(), "gen_ai.client.operation.duration"))
                .singleElement()
                .satisfies(point -> assertThat(point.getAttributes().get(GenAi.ERROR_TYPE))
                        .isEqualTo("dev.thalweg.error.RateLimitException"));
    }

    @Test
    void whatIsNotOursIsNamedByItsOwnClass() {
        thalweg = Thalweg.builder()
                .environment(Map.of("OPENAI_API_KEY", "sk-1", "OPENAI_BASE_URL", "no url"))
                .listener(listener)
                .build();
        assertThat(catchThrowable(() -> thalweg.complete(MODEL, "Hello"))).isNotNull();
        assertThat(attribute(span(), "error.type")).isEqualTo("java.lang.IllegalArgumentException");
    }

    @Test
    void theParentIsWhatRunsInTheThreadThatMakesTheCallInEveryFace() throws Exception {
        upstream.always(OpenAiScripts.stream("Hi"));
        Span parent = sdk.getTracer("test").spanBuilder("parent").startSpan();
        CountDownLatch complete = new CountDownLatch(1);
        CompletableFuture<?> answer;
        try (Scope unused = parent.makeCurrent()) {
            thalweg.complete(MODEL, "Hello");
            answer = thalweg.completeAsync(MODEL, "Hello");
            thalweg.publish(MODEL, "Hello").subscribe(new Reader(complete));
        }
        answer.get(5, TimeUnit.SECONDS);
        assertThat(complete.await(5, TimeUnit.SECONDS)).isTrue();
        parent.end();

        assertThat(exporter.getFinishedSpanItems())
                .filteredOn(span -> span.getName().startsWith("chat "))
                .hasSize(3)
                .allSatisfy(span -> assertThat(span.getParentSpanId())
                        .isEqualTo(parent.getSpanContext().getSpanId()));
    }

    private record Reader(CountDownLatch complete) implements Flow.Subscriber<ChatChunk> {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(ChatChunk chunk) {}

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onComplete() {
            complete.countDown();
        }
    }

    @Test
    void aStreamThatAnotherThreadClosesInAnotherContextKeepsItsParent() throws Exception {
        upstream.enqueue(
                Script.sse().event(OpenAiScripts.contentChunk("Hi")).hang().build());
        ChatStream stream = thalweg.stream(MODEL, "Hello");
        Iterator<ChatChunk> chunks = stream.iterator();
        chunks.next();
        Span other = sdk.getTracer("test").spanBuilder("other").startSpan();
        Thread closer = Thread.ofVirtual().start(() -> {
            try (Scope unused = other.makeCurrent()) {
                Thread.currentThread().interrupt();
                stream.close();
            }
        });
        closer.join();
        awaitEnd();
        other.end();

        SpanData span = span();
        assertThat(span.getParentSpanContext().isValid()).isFalse();
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(attribute(span, "thalweg.outcome")).isEqualTo("closed");
        assertThat(points(reader.collectAllMetrics(), "gen_ai.client.operation.duration"))
                .singleElement()
                .satisfies(point -> assertThat(point.getExemplars())
                        .isNotEmpty()
                        .allSatisfy(
                                exemplar -> assertThat(exemplar.getSpanContext().getSpanId())
                                        .isEqualTo(span.getSpanId())));
    }

    @Test
    void aFutureThatIsCancelledEndsItsSpan() throws Exception {
        upstream.enqueue(Script.hang());
        CompletableFuture<?> answer = thalweg.completeAsync(MODEL, "Hello");
        upstream.takeRequest(SOON);
        answer.cancel(true);
        awaitEnd();
        assertThat(attribute(span(), "thalweg.outcome")).isEqualTo("closed");
    }

    @Test
    void contentIsThereWhenItIsAskedFor() {
        thalweg = client(OpenTelemetryListener.builder(sdk).captureContent(true).build(), 0);
        upstream.enqueue(OpenAiScripts.completion("A rose"));

        thalweg.complete(ChatRequest.builder(MODEL)
                .system("Be kind")
                .user("My \"secret\" garden")
                .build());

        assertThat(attribute(span(), "gen_ai.input.messages").toString())
                .contains("\"role\":\"system\"", "{\"type\":\"text\",\"content\":\"My \\\"secret\\\" garden\"}");
        assertThat(attribute(span(), "gen_ai.output.messages").toString())
                .contains("\"role\":\"assistant\"", "A rose", "\"finish_reason\":\"stop\"");
    }

    @Test
    void twoReplaysOfOneIdLeaveNoSpanOpen() {
        for (int i = 0; i < 2; i++) {
            ChatStream unused = ChatStream.replay(List.of(Chunks.parse(OpenAiScripts.finishChunk("stop")))
                            .iterator())
                    .callId("12345")
                    .listener(listener)
                    .open();
            if (i == 1) {
                unused.response();
            }
        }
        assertThat(exporter.getFinishedSpanItems()).hasSize(2);
    }

    @Test
    void everyNameIsOnThePage() throws Exception {
        String page = Files.readString(Path.of("..", "docs", "sdk", "observability.md"));
        for (Field field : GenAi.class.getDeclaredFields()) {
            if (AttributeKey.class.isAssignableFrom(field.getType())) {
                assertThat(page).contains("`" + ((AttributeKey<?>) field.get(null)).getKey() + "`");
            }
        }
        aStreamTellsItsFirstChunkAndItsPace();
        assertThat(reader.collectAllMetrics())
                .hasSizeGreaterThanOrEqualTo(3)
                .allSatisfy(metric -> assertThat(page).contains("| `" + metric.getName() + "` |"));
    }

    @Test
    void providersHaveTheConventionsNames() {
        assertThat(List.of("openai", "azure", "gemini", "vertex_ai", "bedrock", "mistral", "xai", "gateway"))
                .extracting(GenAi::provider)
                .containsExactly(
                        "openai",
                        "azure.ai.openai",
                        "gcp.gemini",
                        "gcp.vertex_ai",
                        "aws.bedrock",
                        "mistral_ai",
                        "x_ai",
                        "gateway");
    }
}
