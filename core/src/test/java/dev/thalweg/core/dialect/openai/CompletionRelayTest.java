package dev.thalweg.core.dialect.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.core.stream.StreamEnd;
import dev.thalweg.core.stream.StreamObserver;
import dev.thalweg.core.wire.JsonSyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompletionRelayTest {
    private static final String ANSWER =
            "\n\n{ \"model\" : \"up\", \"choices\":[{\"index\":0,\"message\":{\"content\":\"Hé\"},"
                    + "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}}\n";
    private final CompletionRelay relay = new CompletionRelay();
    private final StreamObserver observer = new StreamObserver(0);

    @Test
    void onlyTheModelsNameChanges() {
        byte[] bytes = read(ANSWER);
        assertThat(relay.isAnswer()).isTrue();
        assertThat(new String(relay.rename("a\"b").apply(bytes, 1, bytes.length - 1), StandardCharsets.UTF_8))
                .isEqualTo(ANSWER.replace("\"up\"", "\"a\\\"b\""));
        assertThat(observer.usage().orElseThrow().outputTokens()).isEqualTo(2);
        assertThat(observer.end(true, false)).isEqualTo(StreamEnd.COMPLETE);
    }

    @Test
    void aModelThatIsNotThereIsNotMadeUp() {
        read("{\"choices\":[]}");
        assertThat(relay.isAnswer()).isTrue();
        assertThat(relay.rename("alias").isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":{\"message\":\"broke\"}}",
                "{\"error\":\"broke\"}",
                "{\"detail\":\"broke\"}",
                "{\"choices\":[],\"error\":{\"message\":\"broke\",\"code\":502}}"
            })
    void anErrorWithStatus200IsAnError(String body) {
        read(body);
        assertThat(relay.isAnswer()).isFalse();
        assertThat(Objects.requireNonNull(relay.error()).message()).isEqualTo("broke");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"object\":\"list\",\"data\":[]}", "{\"choices\":null}"})
    void anotherDocumentIsNeither(String body) {
        read(body);
        assertThat(relay.isAnswer()).isFalse();
        assertThat(relay.error()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "[]", "{\"choices\":[", "{} x"})
    void whatIsNoJsonObjectIsRefused(String body) {
        assertThatThrownBy(() -> read(body)).isInstanceOf(JsonSyntaxException.class);
    }

    /** The body stands one byte into the array, which goes on one byte behind it. */
    private byte[] read(String body) {
        byte[] bytes = ("x" + body + "x").getBytes(StandardCharsets.UTF_8);
        relay.read(bytes, 1, bytes.length - 2, observer);
        return bytes;
    }
}
