package dev.thalweg.core.route;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a driver does next.
 *
 * @param <T> the driver's own view of a deployment
 */
public sealed interface Step<T> {
    /** Why, for people. */
    String why();

    /**
     * Asks this deployment now. The plan is told how it ends.
     *
     * @param panic whether it is asked though it is left alone, because there is nobody else
     */
    record Attempt<T>(ModelGroup<T> group, Member<T> member, boolean panic, String why) implements Step<T> {}

    /** Waits so long and then {@linkplain RoutePlan#resume goes on}. */
    record Wait<T>(Duration time, String why) implements Step<T> {}

    /**
     * Waits in the group's queue until one of its deployments has room, and then {@linkplain RoutePlan#resume goes on};
     * {@linkplain RoutePlan#queueTimeout gives up} after so long.
     */
    record Queue<T>(ModelGroup<T> group, Duration most, String why) implements Step<T> {}

    /**
     * Tells the caller of the last failure, or, where nothing was asked, of this one.
     *
     * @param failure what to tell where no deployment was asked; else null
     * @param retryAfter when asking again may help; null: not known
     */
    record Stop<T>(@Nullable FailureClass failure, @Nullable Duration retryAfter, String why) implements Step<T> {}
}
