package dev.thalweg.gateway.chat;

import dev.thalweg.config.Deployment;
import dev.thalweg.core.route.FailureClass;
import dev.thalweg.core.route.Member;
import dev.thalweg.core.route.RouteListener;
import dev.thalweg.gateway.record.Recorder;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Locale;

/** Says in the log when a deployment is left alone, asked even so, and when it serves again; counts what is counted. */
final class RouteLog implements RouteListener<Target> {
    private static final System.Logger LOG = System.getLogger("thalweg.routing");

    private final Recorder recorder;

    RouteLog(Recorder recorder) {
        this.recorder = recorder;
    }

    @Override
    public void coolsDown(Member<? extends Target> deployment, FailureClass cause, Duration time) {
        Deployment it = deployment.target().deployment();
        recorder.cooled(it, cause);
        LOG.log(
                Level.WARNING,
                "Deployment {0} of model {1} is left alone for {2} s: {3}.",
                it.id(),
                it.modelName(),
                seconds(time),
                cause.name().toLowerCase(Locale.ROOT).replace('_', ' '));
    }

    @Override
    public void recovered(Member<? extends Target> deployment) {
        Deployment it = deployment.target().deployment();
        LOG.log(Level.INFO, "Deployment {0} of model {1} serves again.", it.id(), it.modelName());
    }

    @Override
    public void askedEvenSo(Member<? extends Target> deployment, Duration left) {
        Deployment it = deployment.target().deployment();
        LOG.log(
                Level.WARNING,
                "Deployment {0} of model {1} is asked though it is left alone ({2}): nobody else can serve.",
                it.id(),
                it.modelName(),
                left.isZero() ? "another request is its trial" : "for " + seconds(left) + " s more");
    }

    @Override
    public void hedged(Member<? extends Target> deployment) {
        recorder.hedged(deployment.target().deployment());
    }

    /** With a tenth, so that a short time is not none. */
    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f", time.toMillis() / 1000.0);
    }
}
