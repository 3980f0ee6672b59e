package dev.thalweg.core.dialect.cohere;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.core.dialect.AnswerHead;
import dev.thalweg.core.dialect.EventWriter;
import dev.thalweg.core.dialect.FrameSink;
import dev.thalweg.core.dialect.ToolCallPiece;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.Usage;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StreamWriterTest {
    private static final String START = """
            event: message-start
            data: {"type":"message-start","id":"req-7x","delta":{"message":{"role":"assistant","content":[],"tool_plan":"","tool_calls":[],"citations":[]}}}

            """;

    @Test
    void whatAnUpstreamOfThisProtocolSaysComesOutTheSame() {
        String written = by("cohere", sink -> Told.read(List.of(Fixtures.bytes(Fixtures.TEXT)), sink, new Told()));
        Told told = Told.ofStream(List.of(Fixtures.bytes(written)));
        assertThat(told.lines).isEqualTo(Told.ofStream(List.of(Fixtures.bytes(Fixtures.TEXT))).lines);
        assertThat(written).contains("\"cached_tokens\":448").endsWith("\n\ndata: [DONE]\n\n");
    }

    @Test
    void textOfAnotherProtocolWithLineEndsThatSomeReadersSplitOn() {
        String written = by("openai", sink -> {
            sink.id(text("chatcmpl-1"));
            sink.role(0, text("assistant"));
            sink.text(0, text("Gr\u2028üß"));
            sink.text(0, text(""));
            sink.finish(0, text("stop"));
            sink.usage(Usage.builder().inputTokens(3).outputTokens(1).build());
        });
        assertThat(written).isEqualTo(START + """
                        event: content-start
                        data: {"type":"content-start","index":0,"delta":{"message":{"content":{"type":"text","text":""}}}}

                        event: content-delta
                        data: {"type":"content-delta","index":0,"delta":{"message":{"content":{"text":"Gr\\u2028üß"}}}}

                        event: content-end
                        data: {"type":"content-end","index":0}

                        event: message-end
                        data: {"type":"message-end","delta":{"finish_reason":"COMPLETE","usage":{"billed_units":{"input_tokens":3,"output_tokens":1},"tokens":{"input_tokens":3,"output_tokens":1}}}}

                        data: [DONE]

                        """);
    }

    @Test
    void callsWhosePiecesAreMixedFollowOneAnotherAndTextWaits() {
        String written = by("openai", sink -> {
            sink.toolCall(0, piece(0, "c1", "a", "{\"x"));
            sink.toolCall(0, piece(1, "c2", "b", ""));
            sink.text(0, text("And "));
            sink.toolCall(0, piece(0, null, null, "\":1}"));
            sink.finish(0, text("tool_calls"));
        });
        assertThat(Told.ofStream(List.of(Fixtures.bytes(written))).lines)
                .containsExactly(
                        "id req-7x",
                        "role assistant",
                        "call 0 function c1 a null",
                        "call 0 null null null {\"x",
                        "call 0 null null null \":1}",
                        "end",
                        "call 1 function c2 b null",
                        "call 1 null null null {}",
                        "end",
                        "text And ",
                        "end",
                        "finish TOOL_CALL");
        assertThat(written)
                .contains("\"type\":\"tool-call-start\",\"index\":1,", "\"type\":\"content-start\",\"index\":0,");
    }

    @Test
    void proofsOfOthersAreMarked() {
        String written = by("responses", sink -> {
            sink.reasoning(0, text("Hm."));
            sink.signature(0, text("abc"));
            sink.redacted(0, text("xyz"));
            sink.text(0, text("A"));
            sink.finish(0, text("completed"));
        });
        assertThat(written)
                .contains(
                        "\"index\":0,\"delta\":{\"message\":{\"content\":{\"thinking\":\"\",\"signature\":\"thalweg.responses.abc\"}}}}",
                        "\"index\":1,\"delta\":{\"message\":{\"content\":{\"thinking\":\"\",\"data\":\"thalweg.responses.xyz\"}}}}",
                        "\"index\":2,\"delta\":{\"message\":{\"content\":{\"type\":\"text\"");
    }

    @Test
    void pagesAreDocumentsAndProbabilitiesItems() {
        String written = by("openai", sink -> {
            sink.text(0, text("AB"));
            sink.logprobs(
                    0, json("{\"content\":[{\"token\":\"A\",\"logprob\":-1},{\"token\":\"B\",\"logprob\":-2.5e0}]}"));
            sink.annotation(0, json("{\"type\":\"url_citation\",\"url_citation\":{\"url\":\"u\"}}"));
            sink.annotation(0, json("{\"type\":\"file_citation\"}"));
            sink.finish(0, text("stop"));
        });
        assertThat(written)
                .contains(
                        "\"logprobs\":{\"text\":\"A\",\"token_ids\":[],\"logprobs\":[-1]}}",
                        "\"logprobs\":{\"text\":\"B\",\"token_ids\":[],\"logprobs\":[-2.5e0]}}",
                        "\"type\":\"citation-start\",\"index\":0,\"delta\":{\"message\":{\"citations\":{\"sources\":",
                        "\"type\":\"citation-end\",\"index\":0}",
                        "\"warnings\":[\"a citation was left out: this protocol has no place for one of its kind\"]");
    }

    @Test
    void aFailureDoesNotLookLikeAnEnd() {
        String written = by("openai", sink -> {
            sink.text(0, text("A"));
            sink.finish(0, text("error"));
        });
        assertThat(written)
                .contains(
                        "\"error\":\"The provider ended its answer with the reason 'error'.\",\"finish_reason\":\"ERROR\"")
                .doesNotContain("[DONE]");
    }

    @Test
    void otherChoicesAreNamed() {
        String written = by("openai", sink -> {
            sink.text(0, text("A"));
            sink.text(1, text("B"));
            sink.finish(0, text("stop"));
        });
        assertThat(written).contains("all choices but the first were left out").doesNotContain("\"B\"");
    }

    private static String by(String upstream, Consumer<FrameSink> upstreamTells) {
        AnswerHead head = new AnswerHead("req-7x", upstream, "the-model", 1L, true, List.of());
        EventWriter writer = new CohereDialect().eventWriter(head, ChatRequest.of("m", "Hi"));
        upstreamTells.accept(writer);
        writer.complete();
        return writer.written().toString();
    }

    private static JsonText text(String text) {
        return JsonText.of(text);
    }

    private static JsonValue json(String json) {
        byte[] bytes = Fixtures.bytes(json);
        return new JsonValue().set(bytes, 0, bytes.length);
    }

    private static ToolCallPiece piece(
            int index, @Nullable String id, @Nullable String name, @Nullable String arguments) {
        ToolCallPiece piece = new ToolCallPiece().begin(index);
        piece.id(id == null ? null : text(id));
        piece.name(name == null ? null : text(name));
        piece.arguments(arguments == null ? null : text(arguments));
        return piece;
    }
}
