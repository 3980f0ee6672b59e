package dev.thalweg.core.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.core.dialect.ErrorReader;
import dev.thalweg.core.dialect.openai.ErrorWriter;
import dev.thalweg.core.error.ErrorBody;
import dev.thalweg.core.error.ErrorClassifier;
import dev.thalweg.core.error.ErrorKind;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An end that a gateway found and wrote down is read as the same end, as a status and inside a stream. */
class EndsThroughAGatewayTest {
    @ParameterizedTest
    @EnumSource(
            value = StreamEnd.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"COMPLETE"})
    void anEndKeepsItsClass(StreamEnd end) {
        ErrorKind kind = Objects.requireNonNull(end.kind());
        assertThat(read(kind, end.code(), kind.status()).exceptionClass()).isEqualTo(kind.exceptionClass());
        assertThat(read(kind, end.code(), 200).exceptionClass()).isEqualTo(kind.exceptionClass());
    }

    @ParameterizedTest
    @EnumSource(Clock.class)
    void aClockKeepsItsClass(Clock clock) {
        ErrorKind kind = Objects.requireNonNull(clock.end().kind());
        assertThat(read(kind, clock.code(), kind.status())).isEqualTo(ErrorKind.TIMEOUT);
        assertThat(read(kind, clock.code(), 200)).isEqualTo(ErrorKind.TIMEOUT);
    }

    @ParameterizedTest
    @EnumSource(
            value = StreamEnd.class,
            names = {"TOO_LARGE", "CUT", "PROTOCOL_ERROR", "SHUTDOWN", "BUDGET"})
    void whetherToTryAgainIsKeptToo(StreamEnd end) {
        ErrorKind kind = Objects.requireNonNull(end.kind());
        assertThat(read(kind, end.code(), 200).retryable()).isEqualTo(end.retryable());
    }

    private static ErrorKind read(ErrorKind kind, String code, int status) {
        byte[] body = ErrorWriter.body("It ended.", kind.type(), null, code, "req_1");
        ErrorBody said = ErrorReader.read(body, 0, body.length);
        return ErrorClassifier.classify(status, said);
    }
}
