package dev.thalweg.core.route;

import dev.thalweg.core.route.FailureClass.Fallback;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The groups that may stand in for one request, in their order: none twice, none that is unknown or not the caller's to
 * use, and no more than allowed. Belongs to its plan.
 */
final class Fallbacks<T> {
    private final String first;
    private final Function<String, Optional<ModelGroup<T>>> groups;
    private final RoutePolicy policy;
    private final RouteRequest request;
    private final List<String> visited = new ArrayList<>(0);
    private final List<Listed<T>> listed = new ArrayList<>(0);

    /** A group that a list of this kind names. */
    private record Listed<T>(ModelGroup<T> group, Fallback kind) {
        /** What a caller's own fault opens is for that fault; after any other failure each listed group will do. */
        boolean servesAfter(Fallback failed) {
            return failed == Fallback.GENERAL || failed == kind;
        }
    }

    Fallbacks(
            String first, Function<String, Optional<ModelGroup<T>>> groups, RoutePolicy policy, RouteRequest request) {
        this.first = first;
        this.groups = groups;
        this.policy = policy;
        this.request = request;
    }

    /** How many the request has gone on to. */
    int used() {
        return visited.size();
    }

    /** The next one; null where there is none. */
    @Nullable
    ModelGroup<T> next(Fallback kind, ModelGroup<T> from, Predicate<ModelGroup<T>> good) {
        ModelGroup<T> found = peek(kind, from, good);
        if (found != null) {
            visited.add(found.name());
            listed.removeIf(one -> one.group().name().equals(found.name()));
        }
        return found;
    }

    /** The one that would be next. A group that will not do now is passed over, and those that stand in for it are looked at. */
    @Nullable
    ModelGroup<T> peek(Fallback kind, ModelGroup<T> from, Predicate<ModelGroup<T>> good) {
        if (request.fallbacksOff() || kind == Fallback.NONE || used() >= policy.maxFallbacks()) {
            return null;
        }
        list(kind, from, kind);
        for (int i = 0; i < listed.size(); i++) {
            Listed<T> one = listed.get(i);
            if (one.servesAfter(kind)) {
                if (good.test(one.group())) {
                    return one.group();
                }
                list(Fallback.GENERAL, one.group(), one.kind());
            }
        }
        return null;
    }

    private void list(Fallback kind, ModelGroup<T> from, Fallback as) {
        List<String> asked = request.fallbacks();
        List<String> names = kind == Fallback.GENERAL && asked != null ? asked : policy.standIns(kind, from.name());
        for (String name : names) {
            if (request.mayUse().test(name)) {
                groups.apply(name)
                        .filter(group -> isNew(group, as))
                        .ifPresent(group -> listed.add(new Listed<>(group, as)));
            }
        }
    }

    private boolean isNew(ModelGroup<T> group, Fallback as) {
        return !group.name().equals(first)
                && !visited.contains(group.name())
                && listed.stream()
                        .noneMatch(one -> one.kind() == as && one.group().name().equals(group.name()));
    }
}
