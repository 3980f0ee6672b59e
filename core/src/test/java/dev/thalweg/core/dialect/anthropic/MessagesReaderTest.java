package dev.thalweg.core.dialect.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.core.dialect.EventReader.Kind;
import dev.thalweg.core.wire.JsonSyntaxException;
import dev.thalweg.model.Usage;
import dev.thalweg.testkit.Cuts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesReaderTest {
    private static final String TOOL_START =
            "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"n\",";
    private static final String STOP = "{\"type\":\"content_block_stop\",\"index\":0}";

    @Test
    void text() {
        Told told = Told.ofStream(List.of(Fixtures.bytes(Fixtures.TEXT)));
        assertThat(told.lines)
                .containsExactly(
                        "id msg_01",
                        "model claude-x",
                        "role assistant",
                        "text Grüß",
                        "text  \"Gott\"",
                        "end",
                        "finish stop_sequence",
                        "CHOICE stop_sequence \"END\"");
        assertThat(told.last).isEqualTo(Kind.END);
    }

    @Test
    void thinkingAndCalls() {
        Told told = Told.ofStream(List.of(Fixtures.bytes(Fixtures.THINKING_AND_CALLS)));
        assertThat(told.lines)
                .containsExactly(
                        "id msg_01",
                        "model claude-x",
                        "role assistant",
                        "reasoning Let me",
                        "reasoning  see.",
                        "signature EqQB+/==",
                        "end",
                        "redacted Ab+/9==",
                        "end",
                        "text I look.",
                        "end",
                        "call 0 function toolu_1 weather null",
                        "call 0 null null null {\"city\": \"P",
                        "call 0 null null null aris\"}",
                        "end",
                        "call 1 function toolu_2 now null",
                        "call 1 null null null {}",
                        "end",
                        "finish tool_use");
    }

    @Test
    void whatOnlyThisProtocolHasIsToldWholeAndCitationsAsOpenAiSpellsThem() {
        Told told = Told.ofStream(List.of(Fixtures.bytes(Fixtures.SEARCH)));
        assertThat(told.lines.subList(3, told.lines.size()))
                .containsExactly(
                        "MESSAGE content_blocks [{\"type\":\"server_tool_use\",\"id\":\"srvtoolu_1\",\"name\":\"web_search\","
                                + "\"input\":{\"query\":\"é\"}}]",
                        "end",
                        "MESSAGE content_blocks [{\"type\":\"web_search_tool_result\",\"tool_use_id\":\"srvtoolu_1\",\"content\":"
                                + "[{\"type\":\"web_search_result\",\"title\":\"T\",\"url\":\"https://e.org\","
                                + "\"encrypted_content\":\"Xx==\"}]}]",
                        "end",
                        "annotation {\"type\":\"url_citation\",\"url_citation\":{\"url\":\"https://e.org\",\"title\":\"T\","
                                + "\"content\":\"words\",\"encrypted_index\":\"Ei==\"}}",
                        "annotation {\"type\":\"page_location\",\"cited_text\":\"p\",\"document_index\":0,"
                                + "\"document_title\":null,\"start_page_number\":1,\"end_page_number\":2}",
                        "text Found.",
                        "end",
                        "finish end_turn",
                        "CHOICE container {\"id\":\"c1\"}");
    }

    @Test
    void ofEachCountTheLastOneCountsAndThePromptIsAllThree() {
        Usage usage = Told.ofStream(List.of(Fixtures.bytes(Fixtures.THINKING_AND_CALLS))).usage;
        assertThat(usage.inputTokens()).isEqualTo(3_211);
        assertThat(usage.uncachedInputTokens()).isEqualTo(11);
        assertThat(usage.cacheReadTokens()).hasValue(3_000);
        assertThat(usage.cacheWriteTokens()).hasValue(200);
        assertThat(usage.cacheWrite1hTokens()).hasValue(50);
        assertThat(usage.serviceTier()).hasValue("standard");
        assertThat(usage.outputTokens()).isEqualTo(90);
        assertThat(usage.reasoningTokens()).hasValue(40);
        assertThat(usage.raw().orElseThrow().text())
                .contains("\"ephemeral_1h_input_tokens\":50", "\"service_tier\":\"standard\"", "\"output_tokens\":90");
    }

    @Test
    void aCountThatComesOnceStays() {
        Usage usage = Told.ofStream(List.of(Fixtures.bytes(Fixtures.TEXT))).usage;
        assertThat(usage.inputTokens()).isEqualTo(3_210);
        assertThat(usage.outputTokens()).isEqualTo(7);
    }

    @Test
    void aStreamIsTheSameHoweverItIsCut() {
        for (String stream : Fixtures.STREAMS) {
            List<String> whole = Told.ofStream(List.of(Fixtures.bytes(stream))).lines;
            Cuts.everywhere(
                    Fixtures.bytes(stream),
                    pieces -> assertThat(Told.ofStream(pieces).lines).isEqualTo(whole));
        }
    }

    @Test
    void aStreamWithoutItsStopIsNotComplete() {
        String cut = Fixtures.TEXT.substring(0, Fixtures.TEXT.indexOf("event: message_stop"));
        assertThat(Told.ofStream(List.of(Fixtures.bytes(cut))).last).isEqualTo(Kind.PART);
    }

    @Test
    void argumentsMayStandInTheBeginningOfACall() {
        assertThat(Told.of(TOOL_START + "\"input\":{\"a\":1}}}", STOP).lines)
                .containsExactly("call 0 function t n null", "call 0 null null null {\"a\":1}", "end");
    }

    @Test
    void furtherFieldsOfACallAreItsOwn() {
        assertThat(Told.of(TOOL_START + "\"input\":{},\"caller\":{\"type\":\"direct\"}}}").lines)
                .containsExactly("call 0 function t n null", "TOOL_CALL caller {\"type\":\"direct\"}");
    }

    @Test
    void aMessageThatBeginsTwiceGoesOn() {
        String start =
                "{\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"content\":[{\"type\":\"text\",\"text\":\"A\"}]}}";
        assertThat(Told.of(start, start, text("B")).lines)
                .containsExactly("id msg_1", "role assistant", "text A", "end", "id msg_1", "role assistant", "text B");
    }

    @Test
    void aBlockThatBeginsAgainEndsTheOneBefore() {
        assertThat(Told.of(TOOL_START + "\"input\":{}}}", TOOL_START + "\"input\":{}}}").lines)
                .containsExactly(
                        "call 0 function t n null", "call 0 null null null {}", "end", "call 1 function t n null");
    }

    @Test
    void membersComeInAnyOrder() {
        assertThat(Told.of(
                                "{\"delta\":{\"text\":\"A\",\"type\":\"text_delta\"},\"index\":0,\"type\":\"content_block_delta\"}")
                        .lines)
                .containsExactly("text A");
    }

    @Test
    void theNameOfTheEventStandsInForAMissingType() {
        Told told = Told.ofStream(List.of(Fixtures.bytes("event: message_stop\ndata: {}\n\n")));
        assertThat(told.last).isEqualTo(Kind.END);
    }

    @Test
    void anUnknownBlockIsToldWithWhatItsDeltasChange() {
        assertThat(Told.of(
                                "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"compaction\",\"content\":null}}",
                                "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"compaction_delta\",\"content\":\"S\"}}",
                                STOP)
                        .lines)
                .containsExactly("MESSAGE content_blocks [{\"type\":\"compaction\",\"content\":\"S\"}]", "end");
    }

    @Test
    void inputThatWasCutStaysAText() {
        assertThat(Told.of(
                                "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"server_tool_use\",\"input\":{}}}",
                                "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"q\"}}",
                                STOP)
                        .lines)
                .containsExactly("MESSAGE content_blocks [{\"type\":\"server_tool_use\",\"input\":\"{\\\"q\"}]", "end");
    }

    @Test
    void anErrorIsWhatTheProviderSays() {
        Told told =
                Told.of("{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}");
        assertThat(told.last).isEqualTo(Kind.ERROR);
        assertThat(told.error).isEqualTo("overloaded_error: Overloaded");
    }

    @Test
    void aPageInsteadOfAStreamIsAnError() {
        assertThat(Told.ofStream(List.of(Fixtures.bytes("<html>Bad gateway</html>\n\n"))).last)
                .isEqualTo(Kind.ERROR);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"ping\"}",
                "{\"type\":\"something_new\",\"delta\":{\"text\":\"A\"}}",
                "{\"type\":null}",
                "{}",
                "[DONE]",
                "{\"type\":\"content_block_stop\",\"index\":7}",
                "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":null}",
                "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":null}",
                "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"\"}}",
                "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"{\"}}",
                "{\"type\":\"message_start\",\"message\":null}",
                "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":null},\"usage\":null}"
            })
    void otherEventsSayNothing(String data) {
        Told told = Told.of(data);
        assertThat(told.lines).isEmpty();
        assertThat(told.last).isEqualTo(Kind.PART);
    }

    @Test
    void whatIsNotJsonIsRefused() {
        assertThatThrownBy(() -> Told.of("{\"type\":")).isInstanceOf(JsonSyntaxException.class);
        assertThatThrownBy(() -> Told.of("[]")).isInstanceOf(JsonSyntaxException.class);
    }

    private static String text(String text) {
        return "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"" + text
                + "\"}}";
    }
}
