package dev.thalweg.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.testkit.ScriptedUpstream;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Without a gateway, caller and provider of one protocol agree: what one writes the other reads. */
class DirectTest {
    private static final List<Front> FRONTS = Front.all();
    private static final List<Upstream> UPSTREAMS = Upstream.all();

    @ParameterizedTest
    @EnumSource
    void everyScenarioMeansTheSameOnBothSides(Protocol protocol) {
        Matrix matrix = direct(
                protocol,
                Scenario.all().stream()
                        .filter(scenario -> !scenario.reply().fault().needsGateway())
                        // Google tells the wait in the body: only a gateway makes a header of it.
                        .filter(scenario ->
                                protocol != Protocol.GEMINI || scenario.reply().fault() != Fault.RATE_LIMITED)
                        .toList());
        assertThat(matrix.failures()).isEmpty();
        assertThat(matrix.cells())
                .filteredOn(cell -> cell.outcome() == Cell.Outcome.WORKS)
                .hasSizeGreaterThan(60);
        assertThat(matrix.cells()).noneMatch(cell -> cell.outcome() == Cell.Outcome.WARNS);
    }

    @ParameterizedTest
    @EnumSource
    void aStreamThatIsCutIsSeenAsFarAsItCame(Protocol protocol) {
        Scenario cut = Scenario.all().stream()
                .filter(scenario -> scenario.reply().fault() == Fault.CUT)
                .findFirst()
                .orElseThrow();
        Seen seen = seen(protocol, cut);
        assertThat(seen.complete()).isFalse();
        assertThat(seen.problem()).isNull();
        assertThat(seen.choices().getFirst().text()).isEqualTo("Hello");
        assertThat(direct(protocol, List.of(cut)).failures()).isNotEmpty();
    }

    private static Seen seen(Protocol protocol, Scenario scenario) {
        Front front = FRONTS.get(protocol.ordinal());
        Upstream upstream = UPSTREAMS.get(protocol.ordinal());
        try (var server = ScriptedUpstream.start()) {
            server.answer(request -> upstream.answer(scenario.reply(), request));
            Call call = front.call(scenario.ask(), "gpt", "sk", true);
            return front.read(Answer.to(call, server.port()), scenario.ask(), true);
        }
    }

    private static Matrix direct(Protocol protocol, List<Scenario> scenarios) {
        return Matrix.run(
                scenarios,
                List.of(FRONTS.get(protocol.ordinal())),
                List.of(UPSTREAMS.get(protocol.ordinal())),
                Gateways.none());
    }
}
