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
 * there is nothing to be passed on. So are those of protocols that callers do not speak.
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

    private static void compare(Client client, Recording.Wire wire, int atLeast) {
        List<Recording> recordings = Recordings.of(wire);
        List<String> different = new ArrayList<>();
        try (Comparison comparison = new Comparison(client, wire)) {
            recordings.forEach(recording -> different.addAll(comparison.differences(recording)));
            ResultTable.note(comparison.summary(recordings.size()));
        }
        assertThat(different).isEmpty();
        assertThat(recordings).hasSizeGreaterThanOrEqualTo(atLeast);
    }
}
