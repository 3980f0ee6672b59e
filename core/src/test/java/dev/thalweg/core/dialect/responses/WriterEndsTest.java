package dev.thalweg.core.dialect.responses;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.thalweg.core.dialect.Dialect.CallerError;
import dev.thalweg.core.dialect.EventReader;
import dev.thalweg.core.dialect.EventWriter;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.core.wire.HeldBytes;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.SseReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Errors, signs of life, and what a stream may cost. */
class WriterEndsTest {
    private final EventWriter writer = EventWriterTest.writer("openai");

    @Test
    void anErrorHasTheAnswerSoFarAndTheNextNumbers() {
        writer.text(0, JsonText.of("so far"));
        CallerError error = new CallerError(503, "Gone", "server_error", null, null, "req_4f", List.of());
        byte[] before = writer.written().toBytes();
        writer.written().clear();
        String after = new String(ResponsesDialect.INSTANCE.writeErrorEvent(error, writer), StandardCharsets.UTF_8);
        List<JsonNode> events = EventWriterTest.events(new String(before, StandardCharsets.UTF_8) + after);
        assertThat(EventWriterTest.types(events)).endsWith("error", "failed");
        assertThat(events.get(events.size() - 2).path("error").path("message").asString())
                .isEqualTo("Gone");
        JsonNode response = events.get(events.size() - 1).path("response");
        assertThat(response.path("error").toString()).isEqualTo("{\"code\":\"server_error\",\"message\":\"Gone\"}");
        assertThat(response.path("output").path(0).path("status").asString()).isEqualTo("incomplete");
        assertThat(response.path("output")
                        .path(0)
                        .path("content")
                        .path(0)
                        .path("text")
                        .asString())
                .isEqualTo("so far");
        assertThat(Told.stream(after).error.message()).isEqualTo("Gone");
        String alone = new String(ResponsesDialect.INSTANCE.writeErrorEvent(error, null), StandardCharsets.UTF_8);
        assertThat(EventWriterTest.types(EventWriterTest.events(alone))).containsExactly("error", "failed");
    }

    @Test
    void anErrorBodyIsOpenAisEnvelope() {
        byte[] body = ResponsesDialect.INSTANCE.writeError(new CallerError(
                429, "Slow", "rate_limit_error", "c", "p", "r", List.of(new CallerError.Attempt("d", 500, null))));
        assertThat(new String(body, StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"error\":{\"message\":\"Slow\",\"type\":\"rate_limit_error\",\"param\":\"p\",\"code\":\"c\","
                                + "\"request_id\":\"r\",\"attempts\":[{\"deployment\":\"d\",\"status\":500,\"code\":null}]}}");
    }

    @Test
    void aSignOfLifeIsAComment() {
        assertThat(writer.keepAlive()).isEqualTo(Bytes.utf8(": ping\n\n"));
    }

    @Test
    void anAnswerTooLargeToKeepWantsItsStreamStopped() {
        JsonText piece = JsonText.of("x".repeat(1 << 20));
        for (int i = 0; i < 16; i++) {
            writer.text(0, piece);
            writer.written().clear();
            assertThat(writer.stopped()).isFalse();
        }
        writer.text(0, JsonText.of("x"));
        assertThat(writer.stopped()).isTrue();
    }

    @Test
    void aPieceOfTextIsReadAndWrittenWithoutAllocating() {
        byte[] event = Bytes.utf8(Told.sse("{'type':'response.output_text.delta','item_id':'msg_1','output_index':0,"
                + "'content_index':0,'delta':'Hello there','logprobs':[],'sequence_number':4}"));
        SseReader events = new SseReader(1 << 20, new HeldBytes(1 << 20));
        EventReader reader = ResponsesDialect.INSTANCE.eventReader();
        pass(events, event, reader, 20_000);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        pass(events, event, reader, 10_000);
        // What is kept of the text grows by doubling: at most its own size again for each piece.
        assertThat((threads.getCurrentThreadAllocatedBytes() - before) / 10_000).isLessThan(100);
    }

    private void pass(SseReader events, byte[] event, EventReader reader, int times) {
        for (int i = 0; i < times; i++) {
            events.feed(event, 0, event.length);
            while (events.next()) {
                var unused = reader.read(events.block(), writer);
            }
            writer.written().clear();
        }
    }
}
