package dev.thalweg.core.route;

import java.time.Duration;

/**
 * Hears what changes for all requests. Called by any thread, and must not block.
 *
 * @param <T> the driver's own view of a deployment
 */
public interface RouteListener<T> {
    /** Who hears nothing. */
    RouteListener<Object> NONE = new RouteListener<>() {};

    /** A deployment is left alone for so long from now on. */
    default void coolsDown(Member<? extends T> deployment, FailureClass cause, Duration time) {}

    /** A deployment that was left alone serves again. */
    default void recovered(Member<? extends T> deployment) {}

    /**
     * A deployment is asked though it is left alone, because nobody else can be. Told once in each time it is left alone,
     * however many requests go there.
     */
    default void askedEvenSo(Member<? extends T> deployment, Duration left) {}

    /** A deployment is asked beside another one of its group that is slow to begin. */
    default void hedged(Member<? extends T> deployment) {}
}
