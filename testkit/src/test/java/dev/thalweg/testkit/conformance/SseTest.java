package dev.thalweg.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.testkit.ScriptEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SseTest {
    @Test
    void readsEventsPastComments() {
        Sse stream = Sse.parse(": ping\n\nevent: a\ndata: {}\n\n: x\n: y\n\ndata: [DONE]\n\n");
        assertThat(stream.events()).containsExactly(new ScriptEvent("a", "{}"), new ScriptEvent("", "[DONE]"));
        assertThat(stream.torn()).isFalse();
        assertThat(stream.crlf()).isFalse();
    }

    @Test
    void tellsOfTornEndsAndOtherLineEnds() {
        assertThat(Sse.parse("data: a\n").torn()).isTrue();
        assertThat(Sse.parse("data: a\r\n\r\n").crlf()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data:a\n\n",
                "event: ping\n\n",
                "data: a\ndata: b\n\n",
                "data: a\nevent: b\n\n",
                ": c\ndata: a\n\n",
                "id: 1\ndata: a\n\n",
                "data: a\rdata: b\n\n",
                "data: \u2028\n\n"
            })
    void rejects(String body) {
        assertThatThrownBy(() -> Sse.parse(body)).isInstanceOf(Malformed.class);
    }

    @Test
    void aStreamSaysThatItIsOne() {
        assertThatThrownBy(() -> Streams.json(200, "data: a\n\n").events()).hasMessageContaining("an event stream");
        assertThatThrownBy(() -> Streams.json(500, "{}").events()).hasMessageContaining("status 200");
    }

    @Test
    void jsonIsReadStrictly() {
        assertThatThrownBy(() -> Nodes.read("{\"a\":1,\"a\":2}")).isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> Nodes.read("{} {}")).isInstanceOf(Malformed.class);
    }
}
