package dev.thalweg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.core.route.Candidate;
import dev.thalweg.core.route.RoutePolicy;
import dev.thalweg.core.route.Strategies;
import dev.thalweg.error.ThalwegException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoutingBuilderTest {
    private static final Deployment MINI = Deployment.of("openai/gpt-4o-mini");

    private static Thalweg client(Routing.Builder routing) {
        return Thalweg.builder().environment(Map.of()).routing(routing.build()).build();
    }

    @Test
    void theDefaultsAreTheEngines() {
        assertThat(Routing.builder().build().policy()).isEqualTo(RoutePolicy.DEFAULT);
        assertThat(Routing.builder().build().strategy().name())
                .isEqualTo(RoutingStrategy.SIMPLE_SHUFFLE.strategy().name());
        assertThat(MINI.candidate()).isEqualTo(Candidate.of("openai/gpt-4o-mini"));
        assertThat(Timeouts.defaults().firstTokenFailover()).isZero();
    }

    @Test
    void aDeploymentIsCalledByWhatItIs() {
        assertThat(MINI.id()).isEqualTo("openai/gpt-4o-mini");
        assertThat(Deployment.builder("openai/gpt-4o-mini")
                        .baseUrl("https://eu.example.com/v1")
                        .build())
                .hasToString("openai/gpt-4o-mini@eu.example.com");
    }

    @Test
    void everyStrategyOfTheEngineHasItsName() {
        assertThat(Arrays.stream(RoutingStrategy.values())
                        .map(one -> one.strategy().name()))
                .containsExactlyInAnyOrderElementsOf(Strategies.names());
        assertThat(RoutingStrategy.named("usage-based-routing-v2")).isEqualTo(RoutingStrategy.USAGE_BASED);
        assertThatThrownBy(() -> RoutingStrategy.named("fastest"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("least-busy");
    }

    @Test
    void namesThatMeanNothingAreRefused() {
        assertThatThrownBy(() -> client(Routing.builder().group("fast", Deployment.of("my-model"))))
                .hasMessageContaining("name it provider/model");
        assertThatThrownBy(() -> client(Routing.builder().group("fast", MINI).fallbacks("fast", "smart")))
                .hasMessageContaining("There is no group \"smart\"");
        assertThatThrownBy(() -> client(Routing.builder().group("fast", MINI).fallbacks("fats", "openai/gpt-4o")))
                .hasMessageContaining("There is no group \"fats\"");
        assertThatThrownBy(() -> client(Routing.builder().retries("fast", 1)))
                .hasMessageContaining("There is no group \"fast\"");
    }

    @Test
    void oneNameIsOneDeployment() {
        Deployment other = Deployment.builder(MINI.model()).apiKey("sk-other").build();
        assertThatThrownBy(() -> Routing.builder().group("fast", MINI, other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("give each an id");
        assertThatThrownBy(() -> client(Routing.builder().group("fast", MINI).group("smart", other)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Two different deployments");
        client(Routing.builder().group("fast", MINI).group("smart", MINI)).close();
    }

    @Test
    void numbersThatCannotBeAreRefused() {
        assertThatThrownBy(() -> Routing.builder().group("fast")).hasMessageContaining("has no deployment");
        assertThatThrownBy(() -> Routing.builder().allowedFails(-1)).hasMessageContaining("cannot be negative");
        assertThatThrownBy(() -> Routing.builder().cooldown(Duration.ZERO)).hasMessageContaining("no time to wait");
        assertThatThrownBy(() -> Routing.builder().retriesAfter(ThalwegException.class, 1))
                .hasMessageContaining("is not the class of one kind of failure");
        assertThatThrownBy(() -> Deployment.builder("openai/x").weight(-1)).hasMessageContaining("cannot be negative");
        assertThatThrownBy(() -> Deployment.builder("openai/x").baseUrl("nowhere"))
                .hasMessageContaining("Not a URL in baseUrl(…) of the deployment openai/x");
    }
}
