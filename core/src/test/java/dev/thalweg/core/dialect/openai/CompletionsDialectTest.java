package dev.thalweg.core.dialect.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.core.catalog.Providers;
import dev.thalweg.core.dialect.Dialect;
import dev.thalweg.core.dialect.Dialect.CallerError;
import dev.thalweg.core.dialect.RelayOutput;
import dev.thalweg.core.dialect.RequestProblem;
import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.stream.Assembler;
import dev.thalweg.core.stream.EventCollector;
import dev.thalweg.core.stream.StreamEnd;
import dev.thalweg.core.stream.StreamObserver;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.HeldBytes;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.model.RawJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The completions that were before chat. */
class CompletionsDialectTest {
    private static final Dialect CHAT = new OpenAiDialect();
    private static final Dialect TEXT = new CompletionsDialect();

    @Test
    void aPromptIsWhatTheUserSays() {
        for (String prompt : List.of("\"Hi\"", "[\"Hi\"]")) {
            byte[] body = ("{\"model\":\"m\",\"prompt\":" + prompt + ",\"max_tokens\":5,\"echo\":false,\"stop\":\"x\"}")
                    .getBytes(StandardCharsets.UTF_8);
            ChatRequest request = TEXT.readRequest(body, 0, body.length);
            assertThat(request.messages()).hasSize(1);
            assertThat(request.messages().get(0).content()).isEqualTo("Hi");
            assertThat(request.maxOutputTokens()).hasValue(5);
            assertThat(request.stop()).containsExactly("x");
            assertThat(request.extra()).containsOnlyKeys("echo");
        }
        for (String prompt : List.of("[\"a\",\"b\"]", "[1,2]", "[[1]]", "[]", "7", "{}")) {
            byte[] body = ("{\"model\":\"m\",\"prompt\":" + prompt + "}").getBytes(StandardCharsets.UTF_8);
            assertThatThrownBy(() -> TEXT.readRequest(body, 0, body.length))
                    .isInstanceOf(RequestProblem.class)
                    .hasMessageContaining("'prompt'");
        }
    }

    @Test
    void aCompletionIsItsTexts() {
        var writer = TEXT.eventWriter(Translated.head("anthropic", false, "w"), Translated.REQUEST);
        var unused = Translated.read(
                ("data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"a\"}},"
                                + "{\"text\":\"b\",\"index\":1,\"finish_reason\":\"max_tokens\"}]}\n\n")
                        .getBytes(StandardCharsets.UTF_8),
                writer);
        writer.complete();
        String stream = writer.written().toString();
        assertThat(stream)
                .startsWith(
                        "data: {\"id\":\"cmpl-req1\",\"object\":\"text_completion\",\"created\":17,\"model\":\"alias\","
                                + "\"choices\":[{\"text\":\"a\",\"index\":0,\"logprobs\":null,\"finish_reason\":null}],"
                                + "\"thalweg_warnings\":[\"w\"]}\n\n")
                .endsWith("data: [DONE]\n\n");
        ChatResponse read = Translated.answer(stream);
        assertThat(read.choices()).extracting(choice -> choice.content()).containsExactly("a", "b");
        assertThat(read.choices())
                .extracting(choice -> choice.finishReason().orElseThrow().raw())
                .containsExactly("stop", "length");
        byte[] whole = TEXT.writeAnswer(read, Translated.head("openai", false), Translated.REQUEST);
        assertThat(JsonMapper.shared()
                        .readTree(whole)
                        .path("choices")
                        .path(1)
                        .path("text")
                        .asString())
                .isEqualTo("b");
        assertThat(answer(new String(whole, StandardCharsets.UTF_8)).choices()).hasSize(2);
    }

    @Test
    void aTextBesideADeltaIsNotSaidTwice() {
        assertThat(Frames.ofChoice("\"index\":0,\"text\":\"a\",\"delta\":{\"content\":\"a\"}"))
                .containsExactly("0 text a");
        assertThat(Frames.ofChoice("\"text\":\"a\",\"index\":3,\"message\":{\"content\":\"a\"}"))
                .containsExactly("3 text a");
        assertThat(Frames.ofChoice("\"text\":\"a\",\"index\":3,\"finish_reason\":\"stop\""))
                .containsExactly("3 text a", "3 finish stop");
    }

    @Test
    void aStreamOfAnUpstreamIsPassedOnAndObserved() {
        String stream =
                "data: {\"id\":\"cmpl-1\",\"object\":\"text_completion\",\"choices\":[{\"text\":\" fib\",\"index\":0,"
                        + "\"logprobs\":null,\"finish_reason\":null}],\"model\":\"b\",\"usage\":null}\n\n"
                        + "data: {\"choices\":[{\"text\":\"\",\"index\":0,\"logprobs\":null,\"finish_reason\":\"length\"}]}\n\n"
                        + "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":31,\"completion_tokens\":25,\"total_tokens\":56}}\n\n"
                        + "data: [DONE]\n\n";
        StreamObserver observer = new StreamObserver(0);
        Relay relay = new Relay(observer, null, true, 1 << 20, new HeldBytes(1 << 20));
        ByteBuilder passed = new ByteBuilder(64);
        byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
        Relay.State state = relay.feed(bytes, 0, bytes.length, new RelayOutput() {
            @Override
            public void pass(int offset, int length) {
                passed.append(bytes, offset, length);
            }

            @Override
            public void put(byte[] array, int offset, int length) {
                passed.append(array, offset, length);
            }
        });
        assertThat(state).isEqualTo(Relay.State.DONE);
        assertThat(passed.toString()).isEqualTo(stream);
        assertThat(observer.hasContent()).isTrue();
        assertThat(observer.end(true, true)).isEqualTo(StreamEnd.COMPLETE);
        assertThat(observer.usage())
                .hasValueSatisfying(usage -> assertThat(usage.outputTokens()).isEqualTo(25));
    }

    @Test
    void itsErrorsAreThoseOfChatAndItIsNeverAskedForFromHere() {
        CallerError error = new CallerError(400, "m", "invalid_request_error", "c", "prompt", "req1", List.of());
        assertThat(TEXT.writeError(error)).isEqualTo(CHAT.writeError(error));
        assertThat(TEXT.writeErrorEvent(error, null)).isEqualTo(CHAT.writeErrorEvent(error, null));
        assertThatThrownBy(() ->
                        TEXT.writeRequest(Translated.REQUEST, Providers.all().get(0), "m", false, new Warnings()))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    private static ChatResponse answer(String json) {
        EventCollector collector = new EventCollector();
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        assertThat(CHAT.readAnswer(body, 0, body.length, collector)).isNull();
        return Assembler.assemble(List.of(collector.takeChunk(new RawJson(json))));
    }
}
