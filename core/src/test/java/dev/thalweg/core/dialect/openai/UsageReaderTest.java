package dev.thalweg.core.dialect.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.core.stream.EventCollector;
import dev.thalweg.core.stream.StreamObserver;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.Usage;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsageReaderTest {
    private static final String COUNTS = "{\"prompt_tokens\":11,\"completion_tokens\":22,\"total_tokens\":33}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"choices\":[],\"usage\":" + COUNTS + "}",
                "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}],\"usage\":" + COUNTS + "}",
                "{\"usage\":" + COUNTS + ",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}}]}",
                "{\"choices\":[],\"x_groq\":{\"id\":\"r\",\"usage\":" + COUNTS + "}}",
                "{\"choices\":[],\"usage\":null,\"x_groq\":{\"usage\":" + COUNTS + "}}",
                "{\"choices\":[{\"index\":0,\"delta\":{},\"usage\":" + COUNTS + "}]}",
                "{\"choices\":[{\"usage\":" + COUNTS + ",\"delta\":{},\"index\":0}]}",
                "{\"choices\":[],\"timings\":{\"prompt_n\":11,\"prompt_ms\":1.5,\"predicted_n\":22,\"predicted_ms\":2}}",
                "{\"choices\":[],\"timings\":{\"cache_n\":4,\"prompt_n\":7,\"predicted_n\":22}}",
                "{\"usage\":{\"input_tokens\":11,\"output_tokens\":22}}",
                "{\"usage\":{\"prompt_tokens\":11,\"completion_tokens\":22,\"input_tokens\":0,\"output_tokens\":0}}",
                "{\"usage\":{\"input_tokens\":null,\"prompt_tokens\":11,\"output_tokens\":0,\"completion_tokens\":22}}",
                "{\"usage\":" + COUNTS + ",\"timings\":{\"prompt_n\":1,\"predicted_n\":1}}",
                "{\"timings\":{\"prompt_n\":1,\"predicted_n\":1},\"usage\":" + COUNTS + "}"
            })
    void isFoundInEachOfItsPlaces(String frame) {
        Usage usage = usage(frame);
        assertThat(usage.inputTokens()).isEqualTo(11);
        assertThat(usage.outputTokens()).isEqualTo(22);
        assertThat(usage.totalTokens()).isEqualTo(33);
        assertThat(usage.estimated()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"usage\":null}",
                "{\"usage\":{}}",
                "{\"usage\":[]}",
                "{\"usage\":7}",
                "{\"x_groq\":{\"id\":\"r\"}}",
                "{\"x_groq\":null}",
                "{\"timings\":{\"prompt_n\":3}}",
                "{\"timings\":null}",
                "{\"usage\":{\"cost\":1}}",
                "{\"choices\":[{\"usage\":null}]}"
            })
    void isAbsentWhereNothingWasCounted(String frame) {
        assertThat(Frames.of(frame).usage).isNull();
    }

    @Test
    void detailsAreReadAndAbsentOnesAreNotZero() {
        Usage full = usage("""
                {"usage":{"prompt_tokens":100,"completion_tokens":50,"total_tokens":150,
                "prompt_tokens_details":{"cached_tokens":60,"cache_write_tokens":10,"audio_tokens":0},
                "completion_tokens_details":{"reasoning_tokens":40,"audio_tokens":0}}}""");
        assertThat(full.cacheReadTokens()).hasValue(60);
        assertThat(full.cacheWriteTokens()).hasValue(10);
        assertThat(full.uncachedInputTokens()).isEqualTo(30);
        assertThat(full.reasoningTokens()).hasValue(40);
        Usage bare = usage("{\"usage\":{\"prompt_tokens\":1,\"prompt_tokens_details\":null}}");
        assertThat(bare.cacheReadTokens()).isEmpty();
        assertThat(bare.reasoningTokens()).isEmpty();
        assertThat(bare.totalTokens()).isEqualTo(1);
    }

    @Test
    void cacheReadsAreKnownInTheSpellingsOfDeepSeekMoonshotAndLlamaCpp() {
        assertThat(usage(
                                "{\"usage\":{\"prompt_tokens\":9,\"prompt_cache_hit_tokens\":8,\"prompt_cache_miss_tokens\":1}}")
                        .cacheReadTokens())
                .hasValue(8);
        assertThat(usage("{\"usage\":{\"prompt_tokens\":9,\"cached_tokens\":8}}")
                        .cacheReadTokens())
                .hasValue(8);
        assertThat(usage("{\"timings\":{\"cache_n\":8,\"prompt_n\":1,\"predicted_n\":2}}")
                        .cacheReadTokens())
                .hasValue(8);
    }

    @Test
    void theProvidersOwnObjectIsKept() {
        Usage usage = usage("{\"usage\":{\"prompt_tokens\":1, \"cost\":0.5}}");
        assertThat(usage.raw()).contains(new RawJson("{\"prompt_tokens\":1, \"cost\":0.5}"));
    }

    @Test
    void theLastUsageOfAStreamWinsAndNothingIsAddedUp() {
        StreamObserver observer = new StreamObserver(0);
        EventCollector collector = new EventCollector();
        String[] frames = {
            "{\"choices\":[{\"delta\":{\"content\":\"a\"}}],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":1}}",
            "{\"choices\":[{\"delta\":{\"content\":\"b\"}}],\"usage\":null}",
            "{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":2}}",
            "{\"choices\":[],\"usage\":null}"
        };
        for (String frame : frames) {
            Frames.read(new ResponseReader(), frame, observer);
            Frames.read(new ResponseReader(), frame, collector);
        }
        assertThat(observer.usage().orElseThrow().outputTokens()).isEqualTo(2);
        assertThat(collector.takeChunk(new RawJson("{}")).outputTokens()).hasValue(2);
    }

    @Test
    void soundImagesAndReasoningAreCounted() {
        Usage usage = usage("{\"usage\":{\"prompt_tokens\":100,\"completion_tokens\":50,\"total_tokens\":150,"
                + "\"prompt_tokens_details\":{\"cached_tokens\":10,\"audio_tokens\":20,\"image_tokens\":30},"
                + "\"completion_tokens_details\":{\"reasoning_tokens\":4,\"audio_tokens\":5,\"image_tokens\":6}}}");
        assertThat(usage.cacheReadTokens()).hasValue(10);
        assertThat(usage.inputAudioTokens()).hasValue(20);
        assertThat(usage.inputImageTokens()).hasValue(30);
        assertThat(usage.reasoningTokens()).hasValue(4);
        assertThat(usage.outputAudioTokens()).hasValue(5);
        assertThat(usage.outputImageTokens()).hasValue(6);
        assertThat(usage.outputTokens()).isEqualTo(50);
    }

    @Test
    void reasoningThatIsCountedBesideTheAnswerIsPartOfIt() {
        Usage usage = usage("{\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":5,\"total_tokens\":115,"
                + "\"completion_tokens_details\":{\"reasoning_tokens\":100}}}");
        assertThat(usage.outputTokens()).isEqualTo(105);
        assertThat(usage.reasoningTokens()).hasValue(100);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"service_tier\":\"priority\",\"usage\":" + COUNTS + "}",
                "{\"usage\":" + COUNTS + ",\"service_tier\":\"priority\"}"
            })
    void theServiceTierBelongsToIt(String frame) {
        StreamObserver observer = new StreamObserver(0);
        byte[] bytes = frame.getBytes(StandardCharsets.UTF_8);
        new ResponseReader().read(bytes, 0, bytes.length, observer);
        assertThat(observer.usage().flatMap(Usage::serviceTier)).hasValue("priority");
    }

    private static Usage usage(String frame) {
        return Objects.requireNonNull(Frames.of(frame).usage);
    }
}
