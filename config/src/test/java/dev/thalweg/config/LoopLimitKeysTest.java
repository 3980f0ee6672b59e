package dev.thalweg.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.model.LoopLimits;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoopLimitKeysTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "repeated_streaming_chunk_limit: 10 | 10, 10, 1000, 40, 40",
                "repeated_streaming_chunk_limit: 0 | 0, 0, 0, 0, 0",
                "repeated_streaming_reasoning_limit: 50 | 100, 50, 1000, 400, 400",
                "repeated_streaming_short_chunk_limit: 50 | 100, 100, 50, 400, 400",
                "repeated_streaming_cycle_limit: 0 | 100, 100, 1000, 0, 400",
                "repeated_streaming_argument_limit: 50 | 100, 100, 1000, 400, 50",
                "repeated_streaming_cycle_limit: 7, repeated_streaming_chunk_limit: 10 | 10, 10, 1000, 7, 40",
                "repeated_streaming_argument_limit: 7, REPEATED_STREAMING_CHUNK_LIMIT: 0 | 0, 0, 0, 0, 7",
                "repeated_streaming_chunk_limit: 10, REPEATED_STREAMING_CHUNK_LIMIT: 20 | 10, 10, 1000, 40, 40",
            })
    void eachKeySetsItsLimitAndTheOthersFollowTheChunkLimit(String keys, String limits) {
        LoopLimits read = Configs.settings("thalweg_settings: {" + keys + "}").loopLimits();
        assertThat("%d, %d, %d, %d, %d"
                        .formatted(read.text(), read.reasoning(), read.shortDeltas(), read.cycle(), read.arguments()))
                .isEqualTo(limits);
    }

    @Test
    void whatDiffersFromTheDefaultsIsPrinted() {
        ConfigResult result = ConfigLoader.parse("config.yaml", """
                model_list: [{model_name: m, params: {model: thalweg/demo}}]
                thalweg_settings: {repeated_streaming_chunk_limit: 2000, repeated_streaming_cycle_limit: 400}
                """, Map.of());

        assertThat(ConfigReport.text(result)).contains("""
                Settings that differ from their defaults:
                  REPEATED_STREAMING_CHUNK_LIMIT: 2000
                  repeated_streaming_reasoning_limit: 2000
                  repeated_streaming_short_chunk_limit: 2000
                  repeated_streaming_argument_limit: 8000
                """);
    }
}
