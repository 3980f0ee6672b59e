package dev.thalweg.core.route;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What of a request decides where it goes. Immutable.
 *
 * @param stream whether it is answered as a stream
 * @param tags what its deployments must be tagged with; empty: nothing is asked for
 * @param region where it must be served; null: anywhere
 * @param affinity what requests have in common that should meet the same deployment; null: nothing
 * @param retries how many the caller wants; null: as configured
 * @param fallbacks the groups the caller wants instead of the configured ones; null: as configured
 * @param fallbacksOff whether the caller wants none at all
 * @param mayUse whether the caller may be served by a group of this name
 */
public record RouteRequest(
        boolean stream,
        Set<String> tags,
        @Nullable String region,
        @Nullable String affinity,
        @Nullable Integer retries,
        @Nullable List<String> fallbacks,
        boolean fallbacksOff,
        Predicate<String> mayUse) {

    /** A request that asks for nothing special. */
    public static RouteRequest of(boolean stream) {
        return new RouteRequest(stream, Set.of(), null, null, null, null, false, name -> true);
    }
}
