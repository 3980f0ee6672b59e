package dev.thalweg.core.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.core.error.ErrorKind;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamEndTest {
    @ParameterizedTest
    @CsvSource({
        "COMPLETE,       ,                    ,                        false, false",
        "CUT,            API_CONNECTION,      upstream_cut,            true,  true",
        "STALLED,        TIMEOUT,             idle_timeout,            true,  true",
        "UPSTREAM_ERROR, INTERNAL_SERVER,     upstream_error,          true,  true",
        "PROTOCOL_ERROR, RESPONSE_VALIDATION, upstream_protocol_error, true,  true",
        "LOOP,           INTERNAL_SERVER,     repeated_chunks,         true,  false",
        "TOO_LARGE,      RESPONSE_TOO_LARGE,  upstream_too_large,      false, false",
        "DEADLINE,       TIMEOUT,             total_timeout,           true,  true",
        "BUDGET,         BUDGET_EXCEEDED,     insufficient_quota,      false, false",
        "CALLER_GONE,    CANCELLED,           cancelled,               false, false",
        "SHUTDOWN,       SERVICE_UNAVAILABLE, shutting_down,           true,  false"
    })
    void saysWhatTheCallerIsToldAndWhoseFaultItIs(
            StreamEnd end, ErrorKind kind, String code, boolean retryable, boolean counts) {
        assertThat(end.kind()).isEqualTo(kind);
        assertThat(end.code()).isEqualTo(code);
        assertThat(end.retryable()).isEqualTo(retryable);
        assertThat(end.countsAgainstUpstream()).isEqualTo(counts);
        assertThat(end.label()).isEqualTo(end.name().toLowerCase(java.util.Locale.ROOT));
    }

    @Test
    void thereAreElevenEnds() {
        assertThat(EnumSet.allOf(StreamEnd.class)).hasSize(11);
    }
}
