package dev.thalweg;

import dev.thalweg.core.route.Strategies;
import dev.thalweg.core.route.Strategy;
import java.util.Arrays;
import java.util.List;

/** Which of a group's open deployments serves a call. Among equals weight and chance decide. */
public enum RoutingStrategy {
    /** By chance, in proportion to the weights; without any to the requests per minute, then the tokens; else evenly. */
    SIMPLE_SHUFFLE("simple-shuffle"),
    /** The one with the fewest calls under way. */
    LEAST_BUSY("least-busy"),
    /** Of two by chance the one that usually begins sooner, times the calls under way. */
    LATENCY_BASED("latency-based-routing"),
    /** The one whose tokens cost least; without a price last. */
    COST_BASED("cost-based-routing"),
    /** The one with the largest part of its minute's requests and tokens left. */
    USAGE_BASED("usage-based-routing"),
    /** The first in the group's order. */
    PRIORITY_ORDER("priority-order"),
    /** The same one for calls with the same {@code prompt_cache_key}, else the same end user. */
    SESSION_AFFINITY("session-affinity");

    private final String name;

    RoutingStrategy(String name) {
        this.name = name;
    }

    /**
     * The strategy of this name, as the gateway's {@code routing_strategy} spells it: {@code least-busy} for example.
     *
     * @throws IllegalArgumentException for a name that none has
     */
    public static RoutingStrategy named(String name) {
        List<RoutingStrategy> all = List.of(values());
        return Strategies.named(name).stream()
                .flatMap(found -> all.stream().filter(one -> one.name.equals(found.name())))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no strategy \"" + name + "\"; there are "
                        + String.join(
                                ", ",
                                Arrays.stream(values()).map(one -> one.name).toList()) + "."));
    }

    Strategy strategy() {
        return Strategies.named(name).orElseThrow();
    }
}
