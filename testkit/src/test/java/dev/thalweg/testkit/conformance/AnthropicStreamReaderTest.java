package dev.thalweg.testkit.conformance;

import static dev.thalweg.testkit.conformance.Streams.followedBy;
import static dev.thalweg.testkit.conformance.Streams.replacing;
import static dev.thalweg.testkit.conformance.Streams.swapped;
import static dev.thalweg.testkit.conformance.Streams.twice;
import static dev.thalweg.testkit.conformance.Streams.without;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.testkit.AnthropicScripts;
import dev.thalweg.testkit.ScriptEvent;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AnthropicStreamReaderTest {
    private static final Front FRONT = new AnthropicFront();

    private static List<ScriptEvent> events() {
        return AnthropicScripts.answer()
                .thinking("sig==", "Hm", "m")
                .redactedThinking("data==")
                .text("Hel", "lo")
                .toolUse("toolu_1", "weather", "{\"city\":", "\"Bern\"}")
                .usage(10, 90, 7)
                .events();
    }

    @Test
    void readsAStream() {
        Seen seen = FRONT.read(Streams.answer(events()), Ask.user("Hi"), true);
        assertThat(seen.complete()).isTrue();
        assertThat(seen.tokens()).isEqualTo(new Tokens(100, 90, 7, 0));
        assertThat(seen.choices())
                .containsExactly(new Seen.Choice(
                        "Hello",
                        "Hmm",
                        true,
                        true,
                        "",
                        List.of(ToolCall.of("toolu_1", "weather", "{\"city\":\"Bern\"}")),
                        Finish.TOOL_CALLS));
        assertThat(seen.kept()).contains("\"signature\":\"sig==\"", "\"data\":\"data==\"", "{\"city\":\"Bern\"}");
    }

    @Test
    void withoutItsStopItIsNotComplete() {
        Seen seen = FRONT.read(Streams.answer(without("message_stop").apply(events())), Ask.user("Hi"), true);
        assertThat(seen.complete()).isFalse();
    }

    static List<Arguments> wrong() {
        return List.of(
                Arguments.of("no start", without("message_start"), "message_start first"),
                Arguments.of("two starts", twice("message_start"), "message_start first"),
                Arguments.of("something before the start", swapped("message_start"), "message_start first"),
                Arguments.of("no start of a block", without("\"type\":\"text\",\"text\":\"\""), "the open block"),
                Arguments.of("no stop of a block", without("content_block_stop"), "one block after the other"),
                Arguments.of("two stops of a block", twice("content_block_stop"), "the open block"),
                Arguments.of("a gap in the blocks", replacing("\"index\":2", "\"index\":5"), "block index 2"),
                Arguments.of(
                        "a delta of another kind", replacing("text_delta", "input_json_delta"), "a delta of a block"),
                Arguments.of("thinking after the signature", swapped("\"thinking\":\"m\""), "the signature last"),
                Arguments.of("no stop reason", without("message_delta"), "a stop reason"),
                Arguments.of("two stop reasons", twice("message_delta"), "one stop reason"),
                Arguments.of(
                        "a stop reason nobody knows",
                        replacing("\"tool_use\",\"stop_seq", "\"x\",\"stop_seq"),
                        "stop reason"),
                Arguments.of(
                        "an event after the end", followedBy("ping", "{\"type\":\"ping\"}"), "nothing after the end"),
                Arguments.of(
                        "an event of another name", replacing("\"content_block_delta\"", "\"delta\""), "named delta"),
                Arguments.of("input as text", replacing("\"input\":{}", "\"input\":\"\""), "\"input\":{}"),
                Arguments.of("arguments that are broken", without("Bern"), "an input that is an object"),
                Arguments.of("output that shrinks", replacing("\"output_tokens\":7", "\"output_tokens\":0"), "grow"),
                Arguments.of("no usage at the end", replacing("\"output_tokens\":7", "\"output\":7"), "output_tokens"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void rejects(String name, UnaryOperator<List<ScriptEvent>> mistake, String because) {
        Streams.rejects(FRONT, mistake.apply(events()), because);
    }

    @Test
    void anErrorHasTheTypeOfItsStatus() {
        Answer right = Streams.json(429, AnthropicScripts.errorBody("rate_limit_error", "slow down"));
        assertThat(FRONT.read(right, Ask.user("Hi"), false).problem())
                .isEqualTo(new Seen.Problem(429, "rate_limit_error", "", "slow down"));
        Answer wrong = Streams.json(404, AnthropicScripts.errorBody("invalid_request_error", "no model"));
        assertThatThrownBy(() -> FRONT.read(wrong, Ask.user("Hi"), false)).hasMessageContaining("not_found_error");
    }
}
