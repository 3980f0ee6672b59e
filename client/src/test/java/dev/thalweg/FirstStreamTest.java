package dev.thalweg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.thalweg.model.ChatChoice;
import dev.thalweg.model.ChatChunk;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.model.FinishReason;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.StreamEvent;
import dev.thalweg.model.ToolCall;
import dev.thalweg.model.ToolSpec;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.RecordedRequest;
import dev.thalweg.testkit.Script;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class FirstStreamTest extends SdkTest {
    @Test
    void theProgramOfTheReadmePrintsTheAnswer() {
        upstream.enqueue(OpenAiScripts.stream("Fine, ", "and ", "you?"));
        StringBuilder out = new StringBuilder();

        try (ChatStream stream = thalweg.stream("openai/gpt-4o-mini", "Hey, how's it going?")) {
            for (ChatChunk chunk : stream) out.append(chunk.content());
        }

        assertThat(out).hasToString("Fine, and you?");
        RecordedRequest request = upstream.takeRequest(SOON);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.target()).isEqualTo("/v1/chat/completions");
        assertThat(request.header("authorization")).contains("Bearer sk-test-1234567890");
        assertThat(request.header("content-type")).contains("application/json");
        assertThat(request.bodyText())
                .contains("\"model\":\"gpt-4o-mini\"", "\"stream\":true", "\"include_usage\":true", "how's it going?");
    }

    @Test
    void aConnectionIsUsedAgainAfterAWholeStreamAndAWholeAnswer() {
        upstream.always(OpenAiScripts.stream("Hi"));

        assertThat(read(stream())).isEqualTo("Hi");
        assertThat(read(stream())).isEqualTo("Hi");
        upstream.enqueue(OpenAiScripts.completion("Hi"));
        assertThat(thalweg.complete(MODEL, "Hello").content()).isEqualTo("Hi");

        assertThat(upstream.connections()).isEqualTo(1);
    }

    @Test
    void aConnectionIsUsedAgainAlsoWhenTheEndOfTheBodyComesALittleLater() {
        upstream.always(OpenAiScripts.streaming().text("Hi").toBuilder()
                .sleep(Duration.ofMillis(1))
                .text(": bye\n\n")
                .flush()
                .text(": bye\n\n")
                .build());

        for (int i = 0; i < 10; i++) {
            assertThat(read(stream())).isEqualTo("Hi");
        }

        assertThat(upstream.connections()).isLessThan(5);
    }

    @Test
    void plainHttpIsAskedWithHttp11WithoutAnOfferToUpgrade() {
        upstream.enqueue(OpenAiScripts.stream("Hi"));

        read(stream());

        RecordedRequest request = upstream.takeRequest(SOON);
        assertThat(new String(request.rawHead(), java.nio.charset.StandardCharsets.ISO_8859_1))
                .contains(" HTTP/1.1\r\n");
        assertThat(request.header("upgrade")).isEmpty();
        assertThat(request.header("http2-settings")).isEmpty();
    }

    @Test
    void choicesAreAssembledApart() {
        upstream.enqueue(OpenAiScripts.streaming().text("Hel", "lo").choices(2).build());

        try (ChatStream stream = thalweg.stream(
                ChatRequest.of(MODEL, "Hello").toBuilder().choices(2).build())) {
            ChatResponse response = stream.response();

            assertThat(response.choices())
                    .extracting(ChatChoice::index, ChatChoice::content)
                    .containsExactly(Assertions.tuple(0, "Hello"), Assertions.tuple(1, "Hello"));
            assertThat(stream.finishReasons()).extracting(FinishReason::raw).containsExactly("stop", "stop");
        }
        assertThat(upstream.takeRequest(SOON).bodyText()).contains("\"n\":2");
    }

    @Test
    void toolCallsCanBeWatchedAndAreAssembled() {
        upstream.enqueue(OpenAiScripts.streaming()
                .toolCall("call_1", "weather", "{\"city\":", "\"Basel\"}")
                .build());
        ChatRequest request = ChatRequest.builder(MODEL)
                .user("Weather?")
                .tool(ToolSpec.of("weather", "The weather", "{\"type\":\"object\"}"))
                .build();
        StringBuilder arguments = new StringBuilder();

        try (ChatStream stream = thalweg.stream(request)) {
            for (ChatChunk chunk : stream) {
                chunk.events().stream()
                        .filter(StreamEvent.ToolCallDelta.class::isInstance)
                        .forEach(event -> arguments.append(((StreamEvent.ToolCallDelta) event).arguments()));
            }
            assertThat(arguments).hasToString("{\"city\":\"Basel\"}");
            assertThat(stream.response().toolCalls())
                    .containsExactly(ToolCall.of("call_1", "weather", "{\"city\":\"Basel\"}"));
            assertThat(stream.finishReasons().getFirst().kind()).isEqualTo(FinishReason.Kind.TOOL_CALLS);
        }
    }

    @Test
    void usageIdAndModelAreKnownToTheStreamAsSoonAsTheyCome() {
        upstream.enqueue(OpenAiScripts.streaming().text("Hi").usage(7, 2).build());

        try (ChatStream stream = stream()) {
            assertThat(stream.id()).isEqualTo(OpenAiScripts.ID);
            assertThat(stream.model()).isEqualTo(OpenAiScripts.MODEL);
            assertThat(stream.usage()).isEmpty();
            assertThat(stream.finishReasons()).isEmpty();
            read(stream);
            assertThat(stream.usage().orElseThrow().inputTokens()).isEqualTo(7);
            assertThat(stream.usage().orElseThrow().outputTokens()).isEqualTo(2);
        }
    }

    @Test
    void aStreamAndACallGiveTheSameAnswer() {
        upstream.enqueue(
                OpenAiScripts.streaming().text("Hel", "lo").usage(10, 5).build());
        upstream.enqueue(OpenAiScripts.completion("Hello"));

        ChatResponse streamed = stream().response();
        ChatResponse whole = thalweg.complete(MODEL, "Hello");

        assertThat(streamed.usage()).isEqualTo(whole.usage());
        assertThat(streamed)
                .usingRecursiveComparison()
                .ignoringFields("usage", "raw", "attempts")
                .isEqualTo(whole);
        assertThat(upstream.requests().get(1).bodyText()).doesNotContain("\"stream\"");
    }

    @Test
    void aWholeAnswerKeepsTheProvidersBodyAndAStreamedOneHasNone() {
        String body = "{\"id\":\"c1\",\"choices\":[{\"message\":{\"content\":\"Hi\"},\"logprobs\":{\"content\":[]},"
                + "\"finish_reason\":\"stop\"}],\"citations\":[\"https://a.example\"]}";
        upstream.enqueue(Script.json(200, body));
        upstream.enqueue(Script.json(200, body));
        upstream.enqueue(OpenAiScripts.stream("Hi"));
        upstream.enqueue(OpenAiScripts.stream("Hi"));

        assertThat(thalweg.complete(MODEL, "Hello").raw()).contains(new RawJson(body));
        assertThat(stream().response().raw()).as("in place of a stream").contains(new RawJson(body));
        assertThat(stream().response().raw()).isEmpty();
        assertThat(thalweg.complete(MODEL, "Hello").raw())
                .as("a stream in its place")
                .isEmpty();
    }

    @Test
    void textGivesThePiecesAndClosesTheStreamWithItself() {
        upstream.enqueue(OpenAiScripts.stream("a", "b", "c"));
        try (Stream<String> text = stream().text().stream()) {
            assertThat(text).containsExactly("a", "b", "c");
        }
        upstream.enqueue(
                Script.sse().event(OpenAiScripts.contentChunk("a")).hang().build());
        try (Stream<String> text = stream().text().stream()) {
            assertThat(text.findFirst()).contains("a");
        }
        upstream.requests().get(1).awaitDisconnect(SOON);
    }

    @Test
    void aSecondIteratorIsRefused() {
        upstream.enqueue(OpenAiScripts.stream("Hi"));
        ChatStream stream = stream();

        read(stream);

        assertThatIllegalStateException().isThrownBy(stream::iterator).withMessageContaining("read once");
        assertThatIllegalStateException().isThrownBy(() -> stream.text().iterator());
        assertThat(stream.response().content()).isEqualTo("Hi");
    }

    @Test
    void theIteratorHasNothingAfterTheEnd() {
        upstream.enqueue(OpenAiScripts.stream("Hi"));
        var chunks = stream().iterator();
        while (chunks.hasNext()) {
            assertThat(chunks.hasNext()).isTrue();
            chunks.next();
        }

        assertThat(chunks.hasNext()).isFalse();
        Assertions.assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(chunks::next);
    }

    @Test
    void aResponseCanBeAskedForInTheMiddleOfALoop() {
        upstream.enqueue(OpenAiScripts.stream("a", "b", "c"));
        ChatStream stream = stream();

        for (ChatChunk chunk : stream) {
            if (chunk.content().equals("a")) {
                assertThat(stream.snapshot().content()).isEqualTo("a");
                assertThat(stream.response().content()).isEqualTo("abc");
            }
        }
        assertThat(stream.response()).usingRecursiveComparison().isEqualTo(stream.snapshot());
    }

    @Test
    void aStreamWithoutFinishReasonButWithDoneIsCompleteWithAWarning() {
        upstream.enqueue(Script.sse()
                .event(OpenAiScripts.contentChunk("Hi"))
                .event("[DONE]")
                .build());

        ChatResponse response = stream().response();

        assertThat(response.finishReasons()).containsExactly(FinishReason.of("stop"));
        assertThat(response.warnings()).hasSize(1);
    }

    @Test
    void aStreamWithoutDoneIsCompleteWhenAllChoicesFinished() {
        upstream.enqueue(OpenAiScripts.streaming().text("Hi").withoutDone().build());

        assertThat(stream().response().content()).isEqualTo("Hi");
    }

    @Test
    void aWholeAnswerInPlaceOfAStreamIsOneChunk() {
        upstream.enqueue(OpenAiScripts.completion("Hello"));

        List<ChatChunk> chunks = java.util.stream.StreamSupport.stream(stream().spliterator(), false)
                .toList();

        assertThat(chunks).hasSize(1);
        assertThat(chunks.getFirst().content()).isEqualTo("Hello");
    }

    @Test
    void aStreamInPlaceOfAWholeAnswerIsReadToItsEnd() {
        upstream.enqueue(OpenAiScripts.stream("Hel", "lo"));

        assertThat(thalweg.complete(MODEL, "Hello").content()).isEqualTo("Hello");
    }
}
