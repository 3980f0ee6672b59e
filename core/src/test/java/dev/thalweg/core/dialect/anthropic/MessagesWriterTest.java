package dev.thalweg.core.dialect.anthropic;

import static dev.thalweg.core.dialect.anthropic.Written.json;
import static dev.thalweg.core.dialect.anthropic.Written.piece;
import static dev.thalweg.core.dialect.anthropic.Written.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.core.dialect.Dialect.CallerError;
import dev.thalweg.core.dialect.EventWriter;
import dev.thalweg.core.dialect.ToolCallPiece;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.StreamEvent.ExtraField.Owner;
import dev.thalweg.model.Usage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class MessagesWriterTest {
    @Test
    void aTextOfAnotherProtocol() {
        Written written = Written.by("openai", sink -> {
            sink.id(text("chatcmpl-1"));
            sink.role(0, text("assistant"));
            sink.text(0, text("Gr\u2028üß\""));
            sink.text(0, text(""));
            sink.text(0, text(" Gott"));
            sink.finish(0, text("stop"));
            sink.usage(Usage.builder()
                    .inputTokens(100)
                    .cacheReadTokens(60)
                    .cacheWriteTokens(10)
                    .outputTokens(5)
                    .reasoningTokens(2)
                    .build());
        });
        assertThat(written.summary()).containsExactly("text:Gr\u2028üß\" Gott", "end_turn");
        assertThat(written.start().path("id").asString()).isEqualTo("msg_req-7x");
        assertThat(written.start().path("model").asString()).isEqualTo("the-model");
        assertThat(written.start().path("content").isEmpty()).isTrue();
        assertThat(written.end().path("usage"))
                .hasToString("{\"input_tokens\":30,\"cache_creation_input_tokens\":10,\"cache_read_input_tokens\":60,"
                        + "\"output_tokens\":5,\"output_tokens_details\":{\"thinking_tokens\":2}}");
        assertThat(written.events.get(written.events.size() - 1)).hasToString("{\"type\":\"message_stop\"}");
    }

    @Test
    void whatAnUpstreamOfThisProtocolSaysComesOutTheSame() {
        for (String stream : Fixtures.STREAMS) {
            Written written =
                    Written.by("anthropic", sink -> Told.read(List.of(Fixtures.bytes(stream)), sink, new Told()));
            String noPings = stream.replaceAll("event: ping\ndata: \\S+ \\S+\n\n", "");
            assertThat(written.summary()).isEqualTo(new Written(noPings).summary());
            assertThat(written.start().path("id").asString()).isEqualTo("msg_01");
        }
    }

    @Test
    void theEndSaysWhatTheUpstreamsEndSaid() {
        Written written =
                Written.by("anthropic", sink -> Told.read(List.of(Fixtures.bytes(Fixtures.TEXT)), sink, new Told()));
        assertThat(written.end().path("delta"))
                .hasToString("{\"stop_reason\":\"stop_sequence\",\"stop_sequence\":\"END\"}");
        assertThat(written.end()
                        .path("usage")
                        .path("cache_creation")
                        .path("ephemeral_1h_input_tokens")
                        .asInt())
                .isEqualTo(50);
    }

    @Test
    void signaturesOfOthersAreMarked() {
        Written written = Written.by("responses", sink -> {
            sink.reasoning(0, text("Hm."));
            sink.signature(0, text("abc"));
            sink.redacted(0, text("xyz"));
            sink.reasoning(0, text("And"));
            sink.text(0, text("A"));
            sink.finish(0, text("completed"));
        });
        assertThat(written.summary())
                .containsExactly(
                        "thinking:Hm. #thalweg.responses.abc",
                        "redacted_thinking thalweg.responses.xyz:",
                        "thinking:And",
                        "text:A",
                        "end_turn");
    }

    @Test
    void callsWhosePiecesAreMixedFollowOneAnother() {
        Written written = Written.by("openai", sink -> {
            sink.text(0, text("I look."));
            sink.toolCall(0, piece(0, "c1", "a", "{\"x"));
            sink.toolCall(0, piece(1, "c2", "b", "{"));
            sink.text(0, text("And "));
            sink.toolCall(0, piece(0, null, null, "\":1}"));
            sink.toolCall(0, piece(1, null, null, "}"));
            sink.text(0, text("more."));
            sink.finish(0, text("tool_calls"));
        });
        assertThat(written.summary())
                .containsExactly(
                        "text:I look.", "tool_use c1 a:{\"x\":1}", "tool_use c2 b:{}", "text:And more.", "tool_use");
    }

    @Test
    void aCallIsWrittenAsItComes() {
        EventWriter writer = new AnthropicDialect().eventWriter(Written.head("openai"), ChatRequest.of("m", "Hi"));
        writer.toolCall(0, piece(0, "c1", "a", ""));
        writer.written().clear();
        writer.toolCall(0, piece(0, null, null, "{\"x"));
        assertThat(writer.written().toString()).contains("\"partial_json\":\"{\\\"x\"");
    }

    @Test
    void theEndOfACallGivesTheNextItsTurn() {
        EventWriter writer = new AnthropicDialect().eventWriter(Written.head("responses"), ChatRequest.of("m", "Hi"));
        writer.toolCall(0, piece(0, "c1", "a", "{}"));
        writer.toolCall(0, piece(1, "c2", "b", "{"));
        assertThat(writer.written().toString()).doesNotContain("c2");
        writer.partEnds(0);
        assertThat(writer.written().toString()).contains("c2");
        writer.toolCall(0, piece(1, null, null, "}"));
        writer.complete();
        assertThat(new Written(writer.written().toString()).summary())
                .containsExactly("tool_use c1 a:{}", "tool_use c2 b:{}", "tool_use");
    }

    @Test
    void callsWithoutIndexOrIdAreToldApartByTheirNames() {
        Written written = Written.by("openai", sink -> {
            sink.toolCall(0, piece(ToolCallPiece.NO_INDEX, null, "a", "{\"x\":"));
            sink.toolCall(0, piece(ToolCallPiece.NO_INDEX, null, null, "1}"));
            sink.toolCall(0, piece(ToolCallPiece.NO_INDEX, null, "b", "{}"));
            sink.finish(0, text("stop"));
        });
        assertThat(written.summary())
                .containsExactly("tool_use toolu_req-7x_1 a:{\"x\":1}", "tool_use toolu_req-7x_2 b:{}", "tool_use");
    }

    @Test
    void oneIndexForEveryCall() {
        Written written = Written.by("openai", sink -> {
            sink.toolCall(0, piece(0, "c1", "a", "{}"));
            sink.toolCall(0, piece(0, "c2", "b", "{}"));
            sink.finish(0, text("tool_calls"));
        });
        assertThat(written.summary()).containsExactly("tool_use c1 a:{}", "tool_use c2 b:{}", "tool_use");
    }

    @Test
    void anIdMayComeBeforeTheNameAndACallWithoutArgumentsHasNone() {
        Written written = Written.by("openai", sink -> {
            sink.toolCall(0, piece(0, "c1", null, null));
            sink.toolCall(0, piece(0, null, "a", null));
            sink.finish(0, text("tool_calls"));
        });
        assertThat(written.summary()).containsExactly("tool_use c1 a:{}", "tool_use");
    }

    @Test
    void argumentsThatAreAnyTextBecomeAnObject() {
        Written written = Written.by("openai", sink -> {
            ToolCallPiece first = piece(0, "c1", "sh", "ls \"");
            first.type(text("custom"));
            sink.toolCall(0, first);
            sink.toolCall(0, piece(0, null, null, "a\""));
            sink.finish(0, text("tool_calls"));
        });
        assertThat(written.summary()).containsExactly("tool_use c1 sh:{\"input\":\"ls \\\"a\\\"\"}", "tool_use");
    }

    @Test
    void aRefusalIsTextAndAReason() {
        Written written = Written.by("openai", sink -> {
            sink.refusal(0, text("No."));
            sink.finish(0, text("stop"));
        });
        assertThat(written.summary()).containsExactly("text:No.", "refusal");
    }

    @Test
    void citationsOfOthersHaveNoIndex() {
        Written written = Written.by("openai", sink -> {
            sink.text(0, text("A"));
            sink.annotation(
                    0,
                    json(
                            "{\"type\":\"url_citation\",\"url_citation\":{\"url\":\"u\",\"title\":\"t\",\"start_index\":0}}"));
            sink.annotation(0, json("{\"type\":\"file_citation\"}"));
            sink.finish(0, text("stop"));
        });
        assertThat(written.summary())
                .containsExactly(
                        "text:A @{\"type\":\"web_search_result_location\",\"cited_text\":\"\",\"url\":\"u\",\"title\":\"t\","
                                + "\"encrypted_index\":\"\"} ",
                        "end_turn");
    }

    @Test
    void onlyTheFirstChoiceHasAPlaceAndTheCallerIsTold() {
        Written written = Written.by("openai", sink -> {
            sink.text(0, text("A"));
            sink.text(1, text("B"));
            sink.finish(0, text("stop"));
            sink.finish(1, text("length"));
        });
        assertThat(written.summary()).containsExactly("text:A", "end_turn");
        assertThat(written.end().path("warnings")).hasSize(1);
    }

    @Test
    void anAnswerOfNothing() {
        assertThat(Written.by("openai", sink -> {}).summary()).containsExactly("end_turn");
    }

    @Test
    void extrasOfOtherProtocolsStayBehind() {
        Written written = Written.by("openai", sink -> {
            sink.extra(Owner.CHOICE, 0, text("stop_sequence"), json("\"x\""));
            sink.extra(Owner.MESSAGE, 0, text("content_blocks"), json("[{\"type\":\"x\"}]"));
            sink.finish(0, text("stop"));
        });
        assertThat(written.summary()).containsExactly("end_turn");
        assertThat(written.end().path("delta").path("stop_sequence").isNull()).isTrue();
    }

    @Test
    void whatIsPassedOnAsItIsStandsOnOneLine() {
        Written written = Written.by("anthropic", sink -> {
            sink.usage(Usage.builder()
                    .inputTokens(1)
                    .raw(new RawJson("{\n\"input_tokens\":1,\"x\":\"\u2028\"}"))
                    .build());
            sink.extra(Owner.MESSAGE, 0, text("content_blocks"), json("[{\"type\":\r\"x\",\"y\":\"\u0085\"}]"));
            sink.annotation(0, json("{\n\"type\":\"page_location\",\"cited_text\":\"\u2029\"}"));
            sink.extra(Owner.CHOICE, 0, text("container"), json("{\"id\":\n\"\u2028\"}"));
            sink.finish(0, text("end_turn"));
        });
        assertThat(written.end().path("delta").path("container").path("id").asString())
                .isEqualTo("\u2028");
        assertThat(written.end().path("usage").path("x").asString()).isEqualTo("\u2028");
        assertThat(written.events.get(1).path("content_block").path("y").asString())
                .isEqualTo("\u0085");
    }

    @ParameterizedTest
    @CsvSource({
        "stop, end_turn",
        "length, max_tokens",
        "content_filter, refusal",
        "end_turn, end_turn",
        "pause_turn, pause_turn",
        "model_context_window_exceeded, model_context_window_exceeded",
        "max_output_tokens, max_tokens",
        "something, end_turn"
    })
    void reasons(String raw, String own) {
        Written written = Written.by("openai", sink -> sink.finish(0, text(raw)));
        assertThat(written.summary()).containsExactly(own);
        assertThat(written.end().path("delta").path("native_finish_reason").asString(""))
                .isEqualTo(raw.equals("something") ? raw : "");
    }

    @Test
    void anAnswerThatFailedDoesNotEndLikeOneThatSucceeded() {
        Written written = Written.by("openai", sink -> {
            sink.text(0, text("A"));
            sink.finish(0, text("error"));
        });
        assertThat(written.summary()).containsExactly("text:A", "error api_error");
        assertThat(written.events)
                .noneMatch(event -> event.path("type").asString().equals("message_stop"));
    }

    @Test
    void aSignOfLifeAndAnErrorAreEventsOfTheProtocol() {
        AnthropicDialect dialect = new AnthropicDialect();
        EventWriter writer = dialect.eventWriter(Written.head("openai", "careful"), ChatRequest.of("m", "Hi"));
        writer.role(0, text("assistant"));
        CallerError error = new CallerError(503, "Busy", "server_error", null, null, "r1", List.of());
        String stream = writer.written()
                + new String(writer.keepAlive(), StandardCharsets.UTF_8)
                + new String(dialect.writeErrorEvent(error, writer), StandardCharsets.UTF_8);
        List<JsonNode> events = new Written(stream).events;
        assertThat(events.get(0).path("message").path("warnings").path(0).asString())
                .isEqualTo("careful");
        assertThat(events.get(1)).hasToString("{\"type\":\"ping\"}");
        assertThat(events.get(2))
                .hasToString(
                        "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Busy\"},\"request_id\":\"r1\"}");
    }
}
