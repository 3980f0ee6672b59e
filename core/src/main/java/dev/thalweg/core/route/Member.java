package dev.thalweg.core.route;

/**
 * A deployment in its group: what is configured, what is known of it, and what its driver needs to ask it.
 *
 * @param <T> the driver's own view of a deployment
 */
public record Member<T>(Candidate candidate, DeploymentState state, T target) {
    /** How it does now. */
    public DeploymentState.Status status(long now) {
        return state.status(candidate, now);
    }

    DeploymentState.Verdict verdict(long now) {
        return state.verdict(candidate, now);
    }
}
