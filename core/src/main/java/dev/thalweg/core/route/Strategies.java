package dev.thalweg.core.route;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The strategies by the names of {@code routing_strategy}. */
public final class Strategies {
    private static final Strategy SHUFFLE = new WeightedShuffle();

    private Strategies() {}

    /** What is done where nothing is said. */
    public static Strategy byDefault() {
        return SHUFFLE;
    }

    /** The strategy of this name, LiteLLM's names included. */
    public static Optional<Strategy> named(String name) {
        return Optional.ofNullable(
                switch (name) {
                    case "simple-shuffle" -> SHUFFLE;
                    case "least-busy" -> new LeastBusy();
                    case "latency-based-routing" -> new LowestLatency();
                    case "cost-based-routing" -> new LowestCost();
                    case "usage-based-routing", "usage-based-routing-v2" -> new UsageBased();
                    case "priority-order" -> new PriorityOrder();
                    case "session-affinity" -> new SessionAffinity(SHUFFLE);
                    default -> null;
                });
    }

    /** All names, for messages. */
    public static List<String> names() {
        return Arrays.asList(
                "simple-shuffle",
                "least-busy",
                "latency-based-routing",
                "cost-based-routing",
                "usage-based-routing",
                "priority-order",
                "session-affinity");
    }
}
