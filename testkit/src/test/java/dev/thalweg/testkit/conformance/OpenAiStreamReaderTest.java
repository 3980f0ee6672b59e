package dev.thalweg.testkit.conformance;

import static dev.thalweg.testkit.conformance.Streams.followedBy;
import static dev.thalweg.testkit.conformance.Streams.replacing;
import static dev.thalweg.testkit.conformance.Streams.swapped;
import static dev.thalweg.testkit.conformance.Streams.twice;
import static dev.thalweg.testkit.conformance.Streams.without;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.ScriptEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OpenAiStreamReaderTest {
    private static final Front FRONT = new OpenAiFront();

    private static List<ScriptEvent> events() {
        return OpenAiScripts.streaming()
                .text("Hel", "lo")
                .toolCall("call_1", "weather", "{\"city\":", "\"Bern\"}")
                .events();
    }

    @Test
    void readsAStream() {
        Seen seen = FRONT.read(Streams.answer(events()), Ask.user("Hi"), true);
        assertThat(seen.complete()).isTrue();
        Seen.Choice choice = seen.choices().getFirst();
        assertThat(choice.text()).isEqualTo("Hello");
        assertThat(choice.calls()).containsExactly(ToolCall.of("call_1", "weather", "{\"city\": \"Bern\"}"));
        assertThat(choice.finish()).isEqualTo(Finish.TOOL_CALLS);
        assertThat(seen.kept()).contains("\"content\":\"Hello\"", "\"id\":\"call_1\"");
    }

    @Test
    void withoutTheMarkerItIsNotComplete() {
        Seen seen = FRONT.read(Streams.answer(without("[DONE]").apply(events())), Ask.user("Hi"), true);
        assertThat(seen.complete()).isFalse();
    }

    @Test
    void anErrorEventIsTheEnd() {
        List<ScriptEvent> failed = followedBy("error", OpenAiScripts.errorBody("server_error", "cut", "gone"))
                .apply(OpenAiScripts.streaming().text("Hel").unfinished().events());
        Seen seen = FRONT.read(Streams.answer(failed), Ask.user("Hi"), true);
        assertThat(seen.problem()).isEqualTo(new Seen.Problem(200, "server_error", "cut", "gone"));
        assertThat(seen.choices().getFirst().finish()).isNull();
        Streams.rejects(FRONT, followedBy("", "[DONE]").apply(failed), "nothing after the end");
    }

    @Test
    void usageComesOnlyToWhoAsks() {
        List<ScriptEvent> events =
                OpenAiScripts.streaming().text("a").usage(3, 1).events();
        Streams.rejects(FRONT, events, "usage only if asked for");
        Seen seen = FRONT.read(Streams.answer(events), Ask.user("Hi").wish(Ask.Wish.USAGE), true);
        assertThat(seen.tokens()).isEqualTo(new Tokens(3, 0, 1, 0));
    }

    static List<Arguments> wrong() {
        return List.of(
                Arguments.of("no finish reason", without("\"finish_reason\":\"tool_calls\""), "finish reason a choice"),
                Arguments.of("two finish reasons", twice("\"finish_reason\":\"tool_calls\""), "finish reason"),
                Arguments.of("content after the finish reason", swapped("\\\"Bern\\\""), "finish reason"),
                Arguments.of("an event after the end", followedBy("", "{}"), "nothing after the end"),
                Arguments.of("a named event", followedBy("delta", "{}"), "nothing after the end"),
                Arguments.of("an error member", replacing("\"object\"", "\"error\":null,\"object\""), "no 'error'"),
                Arguments.of("another object", replacing("chat.completion.chunk", "chunk"), "chat.completion.chunk"),
                Arguments.of(
                        "another id",
                        replacing(
                                "chatcmpl-testkit\",\"object\":\"chat.completion.chunk\",\"created\":1750000000", "x"),
                        "JSON"),
                Arguments.of("no role", without("\"role\""), "'role'"),
                Arguments.of("a gap in the calls", replacing("[{\"index\":0,\"id\"", "[{\"index\":1,\"id\""), "gaps"),
                Arguments.of("an identity twice", twice("\"id\":\"call_1\""), "only with the first piece"),
                Arguments.of("no type of the call", replacing("\"type\":\"function\",", ""), "'type'"),
                Arguments.of("no finish_reason member", replacing(",\"finish_reason\":null", ""), "a finish reason"),
                Arguments.of("a reason nobody knows", replacing("\"tool_calls\"}", "\"done\"}"), "a finish reason"),
                Arguments.of(
                        "a gap in the choices",
                        replacing("[{\"index\":0,\"delta\"", "[{\"index\":1,\"delta\""),
                        "gaps"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void rejects(String name, UnaryOperator<List<ScriptEvent>> mistake, String because) {
        Streams.rejects(FRONT, mistake.apply(events()), because);
    }

    @Test
    void rejectsTimesAndIdsThatChange() {
        var events = new ArrayList<>(events());
        events.set(
                1,
                replacing("1750000000", "1750000001")
                        .apply(List.of(events.get(1)))
                        .getFirst());
        Streams.rejects(FRONT, events, "the same time");
        events.set(
                1,
                replacing("chatcmpl-testkit", "chatcmpl-2")
                        .apply(List.of(events().get(1)))
                        .getFirst());
        Streams.rejects(FRONT, events, "'id'");
    }
}
