package dev.thalweg.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.ScriptedUpstream;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class MatrixTest {
    private static final Scenario HELLO = Scenario.of("plain text", Ask.user("Hi"), Reply.text("Hello."));
    private static final Scenario SEED = Scenario.of("seed", Ask.user("Hi").seed(1), Reply.text("Hello."));

    /** A gateway that asks nobody. */
    private static final Gateways DEAF = (upstream, url) -> {
        var server = ScriptedUpstream.start().always(OpenAiScripts.completion("Hello."));
        return new Gateways.Running() {
            @Override
            public int port() {
                return server.port();
            }

            @Override
            public void close() {
                server.close();
            }
        };
    };

    @Test
    void scenariosAreManyAndHaveNamesOfTheirOwn() {
        List<Scenario> all = Scenario.all();
        assertThat(all).hasSizeGreaterThan(45);
        assertThat(new HashSet<>(all.stream().map(Scenario::name).toList())).hasSameSizeAs(all);
    }

    @Test
    void aGatewayThatAsksNobodyFails() {
        Matrix matrix = Matrix.run(List.of(HELLO), List.of(new OpenAiFront()), List.of(new OpenAiUpstream()), DEAF);
        assertThat(matrix.failures()).hasSize(2).allMatch(cell -> cell.cause().contains("one request at the provider"));
    }

    @Test
    void whatCannotBeSaidIsNotTried() {
        assertThat(SEED.impossible(Protocol.OPENAI, Protocol.RESPONSES)).isNull();
        assertThat(SEED.impossible(Protocol.ANTHROPIC, Protocol.OPENAI)).isEqualTo("callers of anthropic have no seed");
        Scenario refusal = Scenario.of("refusal", Ask.user("Hi"), Reply.refusal("No."));
        assertThat(refusal.impossible(Protocol.ANTHROPIC, Protocol.OPENAI)).isNull();
        assertThat(refusal.impossible(Protocol.OPENAI, Protocol.ANTHROPIC))
                .isEqualTo("providers of anthropic have no words for a refusal");
    }

    @Test
    void theTableHasARowAScenarioAndAColumnAPair() {
        List<Front> fronts = List.of(new OpenAiFront(), new AnthropicFront());
        List<Upstream> upstreams = List.of(new OpenAiUpstream());
        var unary = Scenario.Form.UNARY;
        var streamed = Scenario.Form.STREAM;
        Matrix matrix = new Matrix(
                fronts,
                upstreams,
                List.of(
                        new Cell(HELLO, unary, Protocol.OPENAI, Protocol.OPENAI, Cell.Outcome.WORKS, ""),
                        new Cell(HELLO, streamed, Protocol.OPENAI, Protocol.OPENAI, Cell.Outcome.WORKS, ""),
                        new Cell(HELLO, unary, Protocol.ANTHROPIC, Protocol.OPENAI, Cell.Outcome.WORKS, ""),
                        new Cell(HELLO, streamed, Protocol.ANTHROPIC, Protocol.OPENAI, Cell.Outcome.FAILS, "no a|b"),
                        new Cell(SEED, unary, Protocol.OPENAI, Protocol.OPENAI, Cell.Outcome.WARNS, "a seed"),
                        new Cell(
                                SEED, unary, Protocol.ANTHROPIC, Protocol.OPENAI, Cell.Outcome.IMPOSSIBLE, "no seed")));
        assertThat(matrix.markdown()).isEqualTo("""
                | caller → provider | openai → openai | anthropic → openai |
                | --- | --- | --- |
                | plain text | ✓ | unary ✓, stream ✗ (1) |
                | seed | warns (2) | – (3) |

                1. no a\\|b
                2. The provider's protocol has no word for it, and the caller is told: a seed.
                3. Not tried: no seed.
                """);
    }
}
