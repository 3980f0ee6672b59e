package dev.thalweg.gateway.chat;

import dev.thalweg.core.route.Candidate;
import dev.thalweg.core.route.FailureClass;
import dev.thalweg.core.route.RouteListener;
import java.time.Duration;
import java.util.Locale;

/** Says in the log when a deployment is left alone, and when it serves again. */
final class RouteLog implements RouteListener {
    private static final System.Logger LOG = System.getLogger("thalweg.routing");

    @Override
    public void coolsDown(Candidate deployment, FailureClass cause, Duration time) {
        LOG.log(
                System.Logger.Level.WARNING,
                "Deployment {0} is left alone for {1} ms ({2}).",
                deployment.id(),
                Long.toString(time.toMillis()),
                cause.name().toLowerCase(Locale.ROOT));
    }

    @Override
    public void recovered(Candidate deployment) {
        LOG.log(System.Logger.Level.INFO, "Deployment {0} serves again.", deployment.id());
    }
}
