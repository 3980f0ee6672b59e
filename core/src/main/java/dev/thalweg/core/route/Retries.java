package dev.thalweg.core.route;

import org.jspecify.annotations.Nullable;

/** The further attempts of one request within the group that serves it. Belongs to its plan. */
final class Retries {
    private final RouteRequest request;
    private int made;

    Retries(RouteRequest request) {
        this.request = request;
    }

    int made() {
        return made;
    }

    /** Another group begins anew. */
    void restart() {
        made = 0;
    }

    /** How many there may be after this failure: by its class, as the caller says, as the deployment or its group says. */
    int allowed(FailureClass failure, ModelGroup<?> group, @Nullable Member<?> failed) {
        RetryRules rules = group.retries();
        if (failure.again() == FailureClass.Again.NEVER || rules.retriesOf().containsKey(failure)) {
            return rules.after(failure);
        }
        Integer asked = request.retries();
        Integer own = failed == null ? null : failed.candidate().retries();
        return asked != null ? asked : own != null ? own : rules.retries();
    }

    /** Makes one more at another deployment: the budget counts it and does not refuse it. */
    void elsewhere(ModelGroup<?> group, long now) {
        group.state().retries().moved(now);
        made++;
    }

    /** Makes one more at a deployment that was asked before, where the group's budget still has it. */
    boolean take(ModelGroup<?> group, long now) {
        boolean taken = group.state().retries().tryRetry(now);
        made += taken ? 1 : 0;
        return taken;
    }
}
