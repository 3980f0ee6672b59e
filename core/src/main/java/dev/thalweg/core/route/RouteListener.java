package dev.thalweg.core.route;

import java.time.Duration;

/** Hears what changes for all requests. Called by any thread, and must not block. */
public interface RouteListener {
    /** Who hears nothing. */
    RouteListener NONE = new RouteListener() {};

    /** A deployment is left alone for so long from now on. */
    default void coolsDown(Candidate deployment, FailureClass cause, Duration time) {}

    /** A deployment that was left alone serves again. */
    default void recovered(Candidate deployment) {}
}
