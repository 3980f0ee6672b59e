package dev.thalweg;

import dev.thalweg.core.error.ErrorKind;
import dev.thalweg.core.route.FailureClass;
import dev.thalweg.core.stream.StreamEnd;
import dev.thalweg.error.ThalwegException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a failed attempt means for the plan.
 *
 * @param kind its class
 * @param mayRepeat whether the same deployment may be asked again
 * @param asked how long the provider wants to be left alone; null where it did not say
 */
record RouteFailure(
        FailureClass kind, boolean mayRepeat, @Nullable Duration asked) {
    /** Who answered knows best whether asking again helps: its word counts more than the error's class. */
    static RouteFailure of(ThalwegException failure) {
        FailureClass kind = classOf(failure);
        Duration asked = failure.retryAfter().orElse(null);
        if (kind != FailureClass.OWN && failure.retryable() && kind.again() != FailureClass.Again.ANYWHERE) {
            return new RouteFailure(FailureClass.INTERNAL_SERVER, true, asked);
        }
        return new RouteFailure(kind, failure.retryable() || kind.again() != FailureClass.Again.ANYWHERE, asked);
    }

    /** The class of all failures of this exception's class. */
    static FailureClass of(Class<? extends ThalwegException> exception) {
        return Arrays.stream(ErrorKind.values())
                .filter(kind -> kind.exceptionClass() == exception)
                .findFirst()
                .map(FailureClass::of)
                .orElseThrow(() -> new IllegalArgumentException(
                        exception.getSimpleName() + " is not the class of one kind of failure."));
    }

    private static FailureClass classOf(ThalwegException failure) {
        if (failure.code().equals(Optional.ofNullable(StreamEnd.LOOP.code()))) {
            return FailureClass.OWN;
        }
        // Some kinds share their exception and differ in whether they may pass: a rate limit and a quota that is used
        // up.
        return Arrays.stream(ErrorKind.values())
                .filter(kind -> kind.exceptionClass() == failure.getClass() && kind.retryable() == failure.retryable())
                .findFirst()
                .map(FailureClass::of)
                .orElseGet(() -> of(failure.getClass()));
    }
}
