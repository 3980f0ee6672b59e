package dev.thalweg.testkit.conformance;

import static dev.thalweg.testkit.conformance.Streams.followedBy;
import static dev.thalweg.testkit.conformance.Streams.replacing;
import static dev.thalweg.testkit.conformance.Streams.swapped;
import static dev.thalweg.testkit.conformance.Streams.without;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.testkit.ResponsesScripts;
import dev.thalweg.testkit.ScriptEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ResponsesStreamReaderTest {
    private static final Front FRONT = new ResponsesFront();

    private static List<ScriptEvent> events() {
        return ResponsesScripts.answer()
                .reasoning("enc==", "Hm", "m")
                .text("Hel", "lo")
                .functionCall("call_1", "weather", "{\"city\":", "\"Bern\"}")
                .usage(10, 3, 7, 2)
                .events();
    }

    /** The mistake, and then numbers without gaps: so that only the mistake itself is found. */
    private static UnaryOperator<List<ScriptEvent>> numbered(UnaryOperator<List<ScriptEvent>> mistake) {
        return events -> {
            var all = new ArrayList<ScriptEvent>();
            for (ScriptEvent event : mistake.apply(events)) {
                String number = "\"sequence_number\":" + all.size();
                all.add(new ScriptEvent(event.name(), event.data().replaceFirst("\"sequence_number\":\\d+", number)));
            }
            return all;
        };
    }

    @Test
    void readsAStream() {
        Seen seen = FRONT.read(Streams.answer(events()), Ask.user("Hi"), true);
        assertThat(seen.complete()).isTrue();
        assertThat(seen.tokens()).isEqualTo(new Tokens(10, 3, 7, 2));
        assertThat(seen.choices())
                .containsExactly(new Seen.Choice(
                        "Hello",
                        "Hmm",
                        true,
                        false,
                        "",
                        List.of(ToolCall.of("call_1", "weather", "{\"city\":\"Bern\"}")),
                        Finish.TOOL_CALLS));
        assertThat(seen.kept()).contains("\"encrypted_content\":\"enc==\"", "\"call_id\":\"call_1\"");
    }

    @Test
    void withoutItsEndItIsNotComplete() {
        List<ScriptEvent> events = events().subList(0, events().size() - 1);
        Seen seen = FRONT.read(Streams.answer(events), Ask.user("Hi"), true);
        assertThat(seen.complete()).isFalse();
        assertThat(seen.choices().getFirst().text()).isEqualTo("Hello");
    }

    @Test
    void aFailureHasWhatCameBefore() {
        List<ScriptEvent> events = ResponsesScripts.answer().text("Hel").failing("server_error", "gone");
        Seen seen = FRONT.read(Streams.answer(events), Ask.user("Hi"), true);
        assertThat(seen.problem()).isEqualTo(new Seen.Problem(200, "server_error", "server_error", "gone"));
        assertThat(seen.choices().getFirst().text()).isEqualTo("Hel");
    }

    static List<Arguments> wrong() {
        String text = "\"type\":\"response.output_text.done\"";
        return List.of(
                Arguments.of("a gap in the numbers", without("output_text.delta"), "sequence number"),
                Arguments.of("numbers from 1", replacing("\"sequence_number\":0", "\"sequence_number\":1"), "number 0"),
                Arguments.of("no created", numbered(without("response.created")), "response.created first"),
                Arguments.of("an event of another name", replacing("response.output_text.delta", "text"), "named text"),
                Arguments.of("no added", numbered(without("output_item.added")), "an item that was added"),
                Arguments.of(
                        "a gap in the items", replacing("\"output_index\":1", "\"output_index\":4"), "output index 1"),
                Arguments.of(
                        "a gap in the parts",
                        replacing("\"content_index\":0", "\"content_index\":1"),
                        "content_index 0"),
                Arguments.of("text done before its last piece", numbered(swapped("\"delta\":\"lo\"")), "\"Hel\""),
                Arguments.of("no end of the text", numbered(without(text)), "text done first"),
                Arguments.of("no end of the part", numbered(without("content_part.done")), "parts done"),
                Arguments.of("no end of the item", numbered(without("output_item.done")), "output_item.done"),
                Arguments.of("no end of the arguments", numbered(without("function_call_arguments.done")), "arguments"),
                Arguments.of(
                        "another item id",
                        replacing("\"item_id\":\"msg_1\"", "\"item_id\":\"msg_9\""),
                        "item_id msg_1"),
                Arguments.of(
                        "another text in the item",
                        replacing("\"text\":\"Hello\"}]", "\"text\":\"Hi\"}]"),
                        "\"Hello\""),
                Arguments.of(
                        "another status",
                        replacing("\"status\":\"completed\",\"background\"", "\"status\":\"queued\",\"background\""),
                        "'status'"),
                Arguments.of("no usage", replacing("\"total_tokens\":17", "\"total\":17"), "total_tokens"),
                Arguments.of("a marker", followedBy("", "[DONE]"), "nothing after the end"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void rejects(String name, UnaryOperator<List<ScriptEvent>> mistake, String because) {
        Streams.rejects(FRONT, mistake.apply(events()), because);
    }
}
