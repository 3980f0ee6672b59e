package dev.thalweg.gateway.through;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.AttemptStart;
import dev.thalweg.CallListener;
import dev.thalweg.ChatStream;
import dev.thalweg.Thalweg;
import dev.thalweg.gateway.through.BothWays.Spoken;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.model.FinishReason;
import dev.thalweg.model.Message;
import dev.thalweg.model.ReasoningOptions;
import dev.thalweg.model.ToolSpec;
import dev.thalweg.testkit.RecordedRequest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * Asked through a gateway, in chat completions, a provider's answer is the one that the SDK gets from the provider itself, in
 * each protocol, whole and streamed; and the next turn reaches the provider as if nobody stood between.
 */
class SdkThroughGatewayTest {
    private static final String WEATHER =
            "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"},\"days\":{\"type\":\"integer\"}}}";

    static List<Arguments> forms() {
        return List.of(Spoken.values()).stream()
                .flatMap(spoken -> List.of(Arguments.of(spoken, false), Arguments.of(spoken, true)).stream())
                .toList();
    }

    private static ChatRequest question(Spoken spoken) {
        ChatRequest.Builder question = ChatRequest.builder(spoken.model())
                .system("Be brief.")
                .user("What is the weather in Oslo and Bergen?")
                .tool(ToolSpec.of("weather", "The weather of a city", WEATHER))
                .maxOutputTokens(2_000)
                .reasoning(ReasoningOptions.effort("low"));
        return (spoken == Spoken.GEMINI ? question.logprobs(1) : question).build();
    }

    private static ChatResponse ask(Thalweg thalweg, ChatRequest question, boolean stream) {
        if (!stream) {
            return thalweg.complete(question);
        }
        try (ChatStream answer = thalweg.stream(question)) {
            return answer.response();
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void theAnswerIsTheSame(Spoken spoken, boolean stream) {
        try (BothWays both = new BothWays(spoken)) {
            both.upstream.always(spoken.answer(stream));
            ChatResponse direct = ask(both.direct, question(spoken), stream);
            ChatResponse through = ask(both.through, question(spoken), stream);
            boolean saysStopOfCalls = spoken == Spoken.GEMINI;
            assertThat(Facts.difference(Facts.of(direct), Facts.of(through)))
                    .isEqualTo(
                            saysStopOfCalls
                                    ? List.of("0 finish kind: Optional[STOP] became Optional[TOOL_CALLS]")
                                    : List.of());
            if (spoken != Spoken.OPENAI) { // which has the word of whom it routed to beside its own
                assertThat(through.finishReason().map(FinishReason::raw))
                        .isEqualTo(direct.finishReason().map(FinishReason::raw));
            }
            assertSameQuestion(both.asked(), both.asked());
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void theNextTurnIsTheSame(Spoken spoken, boolean stream) {
        try (BothWays both = new BothWays(spoken)) {
            both.upstream.always(spoken.answer(stream));
            ChatResponse direct = ask(both.direct, question(spoken), stream);
            ChatResponse through = ask(both.through, question(spoken), stream);
            both.asked();
            both.asked();
            ask(both.direct, direct.reply("More"), stream);
            ask(both.through, through.reply("More"), stream);
            assertSameQuestion(both.asked(), both.asked());
            ask(both.direct, direct.reply(results(direct)), stream);
            ask(both.through, through.reply(results(through)), stream);
            assertSameQuestion(both.asked(), both.asked());
        }
    }

    /** Reasoning that was signed for the SDK itself is known again when a gateway stands between from then on. */
    @ParameterizedTest
    @EnumSource(value = Spoken.class, mode = EnumSource.Mode.EXCLUDE, names = "OPENAI")
    void aConversationMayGoOnThroughAGateway(Spoken spoken) {
        try (BothWays both = new BothWays(spoken)) {
            both.upstream.always(spoken.answer(false));
            ChatResponse direct = both.direct.complete(question(spoken));
            both.asked();
            ask(both.direct, direct.reply("More"), false);
            ask(both.through, direct.reply("More"), false);
            assertSameQuestion(both.asked(), both.asked());
        }
    }

    @Test
    void saysWhichProtocolItSpeaks() {
        List<String> protocols = new ArrayList<>();
        CallListener listener = new CallListener() {
            @Override
            public void attemptStarted(String callId, AttemptStart attempt) {
                protocols.add(attempt.provider() + " in " + attempt.protocol());
            }
        };
        try (BothWays both = new BothWays(Spoken.ANTHROPIC, listener)) {
            both.upstream.always(Spoken.ANTHROPIC.answer(false));
            ask(both.direct, question(Spoken.ANTHROPIC), false);
            ask(both.through, question(Spoken.ANTHROPIC), false);
        }
        assertThat(protocols).containsExactly("anthropic in anthropic", "gateway in openai");
    }

    private static List<Message> results(ChatResponse answer) {
        return answer.toolCalls().stream()
                .map(call -> Message.tool(call.id(), "Rain in " + call.arguments()))
                .toList();
    }

    private static void assertSameQuestion(RecordedRequest direct, RecordedRequest through) {
        assertThat(through.target()).isEqualTo(direct.target());
        JsonNode sent = withoutEmptyTexts(BothWays.body(through));
        JsonNode meant = withoutEmptyTexts(BothWays.body(direct));
        if (!sent.equals(meant)) { // the texts show where
            assertThat(sent.toPrettyString()).isEqualTo(meant.toPrettyString());
        }
    }

    /** A refusal of the Responses API goes back beside an empty text, or alone. */
    private static JsonNode withoutEmptyTexts(JsonNode body) {
        for (JsonNode item : body.path("input")) {
            if (item.path("content") instanceof ArrayNode content) {
                content.removeIf(part -> part.path("type").asString("").equals("output_text")
                        && part.path("text").asString("").isEmpty());
            }
        }
        return body;
    }
}
