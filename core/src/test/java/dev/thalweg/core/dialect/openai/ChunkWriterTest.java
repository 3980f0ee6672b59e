package dev.thalweg.core.dialect.openai;

import static dev.thalweg.core.dialect.openai.Translated.answer;
import static dev.thalweg.core.dialect.openai.Translated.data;
import static dev.thalweg.core.dialect.openai.Translated.events;
import static dev.thalweg.core.dialect.openai.Translated.head;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.core.dialect.ToolCallPiece;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.model.ReasoningBlock;
import dev.thalweg.model.StreamEvent.ExtraField.Owner;
import dev.thalweg.model.Usage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The rules that clients of chat completions hold a server to. */
class ChunkWriterTest {
    private static final String ODD = "a\"b\\c\nd\u2028e\u0085f\u2029é日🦊";

    @Test
    void anAnswerOfTextIsRoleTextReasonUsageAndTheMarker() {
        String stream = events("anthropic", sink -> {
            sink.id(text("msg_1"));
            sink.model(text("claude"));
            sink.role(0, text("assistant"));
            sink.text(0, text("Hé"));
            sink.text(0, text(""));
            sink.finish(0, text("end_turn"));
            sink.usage(Usage.builder()
                    .inputTokens(5)
                    .cacheReadTokens(2)
                    .outputTokens(3)
                    .reasoningTokens(1)
                    .build());
        });
        String start = "data: {\"id\":\"chatcmpl-req1\",\"object\":\"chat.completion.chunk\",\"created\":17,"
                + "\"model\":\"alias\",\"choices\":[";
        String delta = start + "{\"index\":0,\"delta\":{";
        assertThat(stream)
                .isEqualTo(delta
                        + "\"role\":\"assistant\",\"content\":\"\"},\"logprobs\":null,\"finish_reason\":null}]}\n\n"
                        + delta + "\"content\":\"Hé\"},\"logprobs\":null,\"finish_reason\":null}]}\n\n"
                        + delta + "},\"logprobs\":null,\"finish_reason\":\"stop\","
                        + "\"native_finish_reason\":\"end_turn\"}]}\n\n"
                        + start + "],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":3,\"total_tokens\":8,"
                        + "\"prompt_tokens_details\":{\"cached_tokens\":2},"
                        + "\"completion_tokens_details\":{\"reasoning_tokens\":1}}}\n\n"
                        + "data: [DONE]\n\n");
    }

    @Test
    void anIdThatLooksLikeOneIsKeptAndUsageIsShownOnlyToWhoAsked() {
        String stream = events(head("openai", false), Translated.REQUEST, sink -> {
            sink.id(text("chatcmpl-9"));
            sink.text(0, text("x"));
            sink.id(text("chatcmpl-10"));
            sink.usage(Usage.builder().inputTokens(5).outputTokens(3).build());
        });
        assertThat(data(stream))
                .hasSize(3)
                .allMatch(chunk -> chunk.path("id").asString().equals("chatcmpl-9"));
        assertThat(stream).doesNotContain("usage").doesNotContain("\"choices\":[]");
    }

    @Test
    void warningsAreInTheFirstChunkAndNoErrorIsInAny() {
        String stream = events(head("anthropic", true, "a", "b"), Translated.REQUEST, sink -> {
            sink.extra(Owner.ANSWER, -1, text("error"), value("\"no\""));
            sink.extra(Owner.ANSWER, -1, text("service_tier"), value("{\n\"a\":1}"));
            sink.text(0, text("x"));
            sink.extra(Owner.ANSWER, -1, text("service_tier"), value("{\n\"a\":1}"));
            sink.text(0, text("y"));
        });
        List<JsonNode> chunks = data(stream);
        assertThat(chunks.get(0).path("thalweg_warnings").toString()).isEqualTo("[\"a\",\"b\"]");
        assertThat(chunks.get(0).path("service_tier").path("a").asInt()).isEqualTo(1);
        assertThat(chunks.subList(1, chunks.size()))
                .noneMatch(chunk -> chunk.has("thalweg_warnings") || chunk.has("service_tier"));
        assertThat(chunks).noneMatch(chunk -> chunk.has("error"));
    }

    @Test
    void textsThatLineReadersStumbleOverComeThrough() {
        String stream = events("anthropic", sink -> {
            sink.text(0, raw(ODD));
            sink.reasoning(0, raw(ODD));
            sink.refusal(0, raw(ODD));
            sink.annotation(0, value("{\n\"t\":\r\"" + "\u2028é\u0085" + "\"}"));
        });
        assertThat(stream).doesNotContain("\u2028", "\u2029", "\u0085", "\r");
        assertThat(stream.replace("\n\n", "")).doesNotContain("\n");
        ChatResponse read = answer(stream);
        assertThat(read.content()).isEqualTo(ODD);
        assertThat(read.reasoning()).isEqualTo(ODD);
        assertThat(read.refusal()).isEqualTo(ODD);
        assertThat(read.choices().get(0).annotations()).hasSize(1);
    }

    @Test
    void whatEndsIsNotGoneOnWith() {
        String stream = events("anthropic", sink -> {
            sink.reasoning(0, text("a"));
            sink.partEnds(0);
            sink.reasoning(0, text("b"));
            CallDeltasTest.call(sink, ToolCallPiece.NO_INDEX, "i", "f", "{}");
            sink.partEnds(0);
            CallDeltasTest.call(sink, ToolCallPiece.NO_INDEX, null, "f", "{}");
        });
        assertThat(stream).contains("\"text\":\"a\",\"index\":0").contains("\"text\":\"b\",\"index\":1");
        assertThat(answer(stream).toolCalls()).hasSize(2);
    }

    @Test
    void reasoningAndItsSignaturesReadBackMarked() {
        String stream = events("anthropic", sink -> {
            sink.reasoning(0, text("a"));
            sink.reasoning(0, text("b"));
            sink.signature(0, text("s1"));
            sink.redacted(0, text("d"));
            sink.reasoning(0, text("c"));
            sink.signature(0, text("s2"));
            sink.text(0, text("x"));
        });
        assertThat(answer(stream).reasoning()).isEqualTo("abc");
        assertThat(answer(stream).choices().get(0).reasoningBlocks())
                .containsExactly(
                        ReasoningBlock.of("ab", "thalweg.anthropic.s1"),
                        ReasoningBlock.redacted("thalweg.anthropic.d"),
                        ReasoningBlock.of("c", "thalweg.anthropic.s2"));
        assertThat(events("openai", sink -> sink.signature(0, text("s")))).contains("\"signature\":\"s\"");
    }

    @ParameterizedTest
    @CsvSource({
        "stop, stop",
        "stop_sequence, stop",
        "pause_turn, stop",
        "completed, stop",
        "model_context_window_exceeded, length",
        "max_output_tokens, length",
        "tool_use, tool_calls",
        "refusal, content_filter",
        "failed, error",
        "new_word, new_word"
    })
    void everyReasonHasItsWordAndItsOwnBeside(String reason, String word) {
        String stream = events("anthropic", sink -> {
            sink.finish(0, text(reason));
            sink.text(0, text("x"));
            sink.finish(0, text(reason));
        });
        List<JsonNode> ends = data(stream).stream()
                .map(chunk -> chunk.path("choices").path(0))
                .filter(choice -> choice.path("finish_reason").isString())
                .toList();
        assertThat(ends).hasSize(1);
        assertThat(ends.get(0).path("finish_reason").asString()).isEqualTo(word);
        assertThat(ends.get(0).path("native_finish_reason").asString("")).isEqualTo(reason.equals(word) ? "" : reason);
    }

    @Test
    void withoutAReasonOrAnyContentItStops() {
        assertThat(data(events("openai", sink -> {})))
                .hasSize(2)
                .last()
                .satisfies(end -> assertThat(end.path("choices")
                                .path(0)
                                .path("finish_reason")
                                .asString())
                        .isEqualTo("stop"));
    }

    @Test
    void everyChoiceHasOneRoleAndOneEnd() {
        String stream = events("openai", sink -> {
            sink.text(2, text("c"));
            sink.role(0, text("assistant"));
            sink.text(0, text("a"));
            sink.role(2, text("assistant"));
            sink.logprobs(0, value("{\"content\":[]}"));
            sink.audio(0, value("{\"id\":\"a\"}"));
            sink.image(0, value("{\"type\":\"image_url\"}"));
            sink.extra(Owner.CHOICE, 0, text("stop_reason"), value("7"));
            sink.extra(Owner.MESSAGE, 0, text("odd"), value("8"));
            sink.finish(2, text("length"));
        });
        assertThat(stream.split("\"role\"", -1)).hasSize(3);
        ChatResponse read = answer(stream);
        assertThat(read.choices()).extracting(choice -> choice.content()).containsExactly("a", "c");
        assertThat(read.choices())
                .extracting(choice -> choice.finishReason().orElseThrow().raw())
                .containsExactly("stop", "length");
        assertThat(read.choices().get(0).logprobs()).isPresent();
        assertThat(read.choices().get(0).audio()).isPresent();
        assertThat(read.choices().get(0).images()).hasSize(1);
        assertThat(read.choices().get(0).extra()).containsKey("stop_reason");
        assertThat(read.choices().get(0).messageExtra()).containsKey("odd");
    }

    private static JsonText text(String text) {
        return JsonText.of(text);
    }

    /** A view of a text that stands in its document as it is, but for what must be escaped. */
    private static JsonText raw(String text) {
        byte[] json = ("\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"")
                .getBytes(StandardCharsets.UTF_8);
        JsonText view = new JsonText();
        new JsonCursor(9, true).reset(json, 0, json.length).readText(view);
        return view;
    }

    private static JsonValue value(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return new JsonValue().set(bytes, 0, bytes.length);
    }
}
