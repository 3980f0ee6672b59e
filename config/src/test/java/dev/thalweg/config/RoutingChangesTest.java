package dev.thalweg.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A reload says by name what changed in routing, and none of it waits for a restart. */
class RoutingChangesTest {
    private static final String MODELS = """
            model_list:
            - {model_name: a, params: {model: ollama/x%s}}
            - {model_name: b, params: {model: thalweg/demo}}
            """;

    @Test
    void settingsWithTheirOldAndNewValue() {
        GatewayConfig before = Configs.read(MODELS.formatted(""));
        GatewayConfig after = Configs.read(MODELS.formatted("") + """
                router_settings: {routing_strategy: least-busy, fallbacks: [{a: [b]}], model_group_alias: {x: b}}
                """);

        assertThat(ConfigChanges.between(before, after))
                .containsExactly(
                        "settings changed: routing_strategy simple-shuffle -> least-busy, fallbacks none -> a: b,"
                                + " model_group_alias none -> x: b");
        assertThat(ConfigChanges.waitingForStart(before.settings(), after.settings()))
                .isEmpty();
    }

    @Test
    void aDeploymentsShareIsAChangeOfItsModel() {
        GatewayConfig before = Configs.read(MODELS.formatted(""));
        GatewayConfig after = Configs.read(MODELS.formatted(", weight: 2"));

        assertThat(ConfigChanges.between(before, after)).containsExactly("models changed: a");
        assertThat(ConfigChanges.between(after, Configs.read(MODELS.formatted(", weight: 2"))))
                .isEmpty();
    }
}
