package dev.thalweg.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The same client, the same recorded answer, once directly and once through the gateway: what the client gives back is
 * equal. Nobody wrote down what that is. Where the two rightly differ, {@link Excused} says why.
 *
 * <p>Recordings of {@code /v1/completions} are left out: the gateway asks providers for chat completions instead, so that
 * there is nothing to be passed on. So are those of Bedrock: no client of AWS is driven here.
 */
class TransparencyTest {
    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"NODE", "JAVA"})
    void chatCompletions(Client client) {
        compare(client, Recording.Wire.CHAT, 60);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"NODE", "JAVA"})
    void responses(Client client) {
        compare(client, Recording.Wire.RESPONSES, 25);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"ANTHROPIC_NODE", "ANTHROPIC_JAVA"})
    void messages(Client client) {
        compare(client, Recording.Wire.MESSAGES, 10);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"GENAI_NODE", "GENAI_JAVA"})
    void contents(Client client) {
        compare(client, Recording.Wire.GEMINI, 10);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = "COHERE")
    void chatsOfCohere(Client client) {
        compare(client, Recording.Wire.COHERE, 5);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = "OLLAMA")
    void chatsOfOllama(Client client) {
        compare(client, Recording.Wire.OLLAMA, 4);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = "MISTRAL")
    void chatCompletionsOfMistral(Client client) {
        List<Recording> recordings = Recordings.of(Recording.Wire.CHAT).stream()
                .filter(recording -> recording.provider().equals("mistral"))
                .toList();
        compare(client, Recording.Wire.CHAT, recordings, 8);
    }

    private static void compare(Client client, Recording.Wire wire, int atLeast) {
        compare(client, wire, Recordings.of(wire), atLeast);
    }

    private static void compare(Client client, Recording.Wire wire, List<Recording> recordings, int atLeast) {
        List<String> different = new ArrayList<>();
        try (Comparison comparison = new Comparison(client, wire)) {
            recordings.forEach(recording -> different.addAll(comparison.differences(recording)));
            ResultTable.note(comparison.summary(recordings.size()));
        }
        assertThat(different).isEmpty();
        assertThat(recordings).hasSizeGreaterThanOrEqualTo(atLeast);
    }
}
