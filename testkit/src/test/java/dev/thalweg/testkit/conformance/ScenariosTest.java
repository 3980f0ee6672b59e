package dev.thalweg.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScenariosTest {
    /** Some clients decode it, and write it anew. */
    @Test
    void everyProofIsTheBase64OfSomething() {
        List<String> proofs = Scenario.all().stream()
                .flatMap(scenario -> scenario.reply().reasoning.stream())
                .map(Reasoned::proof)
                .filter(proof -> !proof.isEmpty())
                .toList();
        assertThat(proofs)
                .hasSizeGreaterThanOrEqualTo(3)
                .allSatisfy(proof -> assertThat(Base64.getEncoder()
                                .encodeToString(Base64.getDecoder().decode(proof)))
                        .isEqualTo(proof));
    }
}
