package dev.thalweg.core.dialect.cohere;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.core.dialect.EventReader.Kind;
import dev.thalweg.core.wire.JsonSyntaxException;
import dev.thalweg.model.Usage;
import dev.thalweg.testkit.Cuts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamReaderTest {
    @Test
    void thinkingTextAndWhatItCites() {
        Told told = Told.ofStream(List.of(Fixtures.bytes(Fixtures.TEXT)));
        assertThat(told.lines)
                .containsExactly(
                        "id id-1",
                        "role assistant",
                        "reasoning Hm.",
                        "end",
                        "text Grüß",
                        "logprobs {\"content\":[{\"token\":\"Grüß\",\"logprob\":-0.75,\"bytes\":null,\"top_logprobs\":[]}]}",
                        "text  \"Gott\"",
                        "MESSAGE citations [{\"start\":0,\"end\":4,\"text\":\"Grüß\",\"sources\":[{\"type\":\"document\","
                                + "\"id\":\"doc:0\",\"document\":{\"id\":\"doc:0\",\"url\":\"https://e.org\",\"title\":\"T\"}}],"
                                + "\"type\":\"TEXT_CONTENT\"}]",
                        "annotation {\"type\":\"url_citation\",\"url_citation\":{\"url\":\"https://e.org\",\"title\":\"T\","
                                + "\"start_index\":0,\"end_index\":4,\"content\":\"Grüß\"}}",
                        "MESSAGE citations [{\"start\":5,\"end\":9,\"text\":\"Gott\",\"sources\":[{\"type\":\"tool\","
                                + "\"id\":\"t:0\",\"tool_output\":{\"x\":1}}],\"type\":\"TEXT_CONTENT\"}]",
                        "end",
                        "finish STOP_SEQUENCE");
        assertThat(told.last).isEqualTo(Kind.END);
    }

    @Test
    void aPlanIsReasoningAndNullIsNoArguments() {
        Told told = Told.ofStream(List.of(Fixtures.bytes(Fixtures.CALLS)));
        assertThat(told.lines)
                .containsExactly(
                        "id id-1",
                        "role assistant",
                        "reasoning I will",
                        "reasoning  look.",
                        "call 0 function w1 weather null",
                        "call 0 null null null {\"city\":",
                        "call 0 null null null \"Bern\"}",
                        "end",
                        "call 1 function n1 now null",
                        "call 1 null null null {}",
                        "end",
                        "finish TOOL_CALL");
    }

    @Test
    void whatIsBilledCounts() {
        Usage usage = Told.ofStream(List.of(Fixtures.bytes(Fixtures.TEXT))).usage;
        assertThat(usage.inputTokens()).isEqualTo(11);
        assertThat(usage.uncachedInputTokens()).isEqualTo(11);
        assertThat(usage.outputTokens()).isEqualTo(5);
        assertThat(usage.cacheReadTokens()).isEmpty();
        assertThat(usage.raw().orElseThrow().text()).contains("\"cached_tokens\":448");
    }

    @Test
    void whereNothingIsSaidOfTheBillTheTokensCount() {
        Usage usage = Told.ofStream(List.of(Fixtures.bytes(Fixtures.CALLS))).usage;
        assertThat(usage.inputTokens()).isEqualTo(20);
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
    void theMarkerEndsItAndMayBeLeftOut() {
        assertThat(new CohereDialect().eventReader().mayLackItsEnd()).isTrue();
        String without = Fixtures.TEXT.replace("data: [DONE]\n\n", "");
        Told told = Told.ofStream(List.of(Fixtures.bytes(without)));
        assertThat(told.last).isEqualTo(Kind.PART);
        assertThat(told.lines).last().isEqualTo("finish STOP_SEQUENCE");
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"type\":\"message-end\",\"delta\":{\"finish_reason\":\"ERROR\",\"error\":\"Broken\"}}', server_error: Broken",
        "'{\"type\":\"message-end\",\"delta\":{\"finish_reason\":\"TIMEOUT\"}}', "
                + "'timeout: The provider ended its answer with the reason ''TIMEOUT''.'",
        "'{\"id\":\"x\",\"message\":\"Broken\"}', null: Broken"
    })
    void errors(String data, String error) {
        Told told = Told.of(data);
        assertThat(told.last).isEqualTo(Kind.ERROR);
        assertThat(told.error).isEqualTo(error);
        assertThat(told.lines).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"null, {}", "'', {}", "'{\"a\":1}', '{\"a\":1}'", "nul, nul", "nothing, nothing"})
    void argumentsThatBeginLikeNone(String arguments, String told) {
        Told all = Told.of(
                "{\"type\":\"tool-call-start\",\"index\":0,\"delta\":{\"message\":{\"tool_calls\":{\"id\":\"c\",\"function\":"
                        + "{\"name\":\"f\",\"arguments\":\"" + arguments.replace("\"", "\\\"") + "\"}}}}}",
                "{\"type\":\"tool-call-end\",\"index\":0}");
        assertThat(all.lines).containsExactly("call 0 function c f null", "call 0 null null null " + told, "end");
    }

    @Test
    void whatIsNotKnownIsPassedOver() {
        Told told = Told.of(
                "{\"type\":\"debug\",\"prompt\":\"x\"}",
                "{\"type\":\"future\",\"delta\":{\"message\":{\"content\":{\"text\":\"no\"}}}}",
                "{\"type\":\"content-delta\",\"index\":null,\"delta\":{\"message\":{\"content\":{\"text\":null,\"x\":1}},\"y\":[]}}",
                "{\"type\":\"content-delta\",\"delta\":null}",
                "{\"type\":\"tool-call-delta\",\"delta\":{\"message\":{\"tool_calls\":{\"function\":{\"arguments\":\"x\"}}}}}",
                "{\"type\":\"citation-start\",\"delta\":{\"message\":{\"citations\":null}}}",
                "{\"type\":\"message-end\",\"delta\":{\"finish_reason\":null,\"usage\":null}}",
                "{}");
        assertThat(told.lines).isEmpty();
        assertThat(told.last).isEqualTo(Kind.PART);
    }

    @Test
    void whatIsNotJsonIsRefused() {
        assertThatThrownBy(() -> Told.of("{\"type\":")).isInstanceOf(JsonSyntaxException.class);
    }
}
