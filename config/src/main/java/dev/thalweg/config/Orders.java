package dev.thalweg.config;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Which turn a deployment has that names none. */
final class Orders {
    /** The turn of those that say nothing, as long as nobody else of their name says something. */
    static final int UNSAID = 0;

    static final int FIRST = 1;
    static final int LAST = 1_000_000;

    private Orders() {}

    /** Where one of a group has an order, those without come after all that have one. LiteLLM leaves them out. */
    static List<Deployment> unsaidLast(List<Deployment> deployments) {
        Set<String> ordered = deployments.stream()
                .filter(deployment -> deployment.candidate().order() != UNSAID)
                .map(Deployment::modelName)
                .collect(Collectors.toSet());
        return deployments.stream()
                .map(deployment -> ordered.contains(deployment.modelName()) ? placed(deployment) : deployment)
                .toList();
    }

    private static Deployment placed(Deployment deployment) {
        return deployment.candidate().order() != UNSAID
                ? deployment
                : deployment.with(CandidateBuilder.copy(deployment.candidate(), deployment.id(), LAST + 1));
    }
}
