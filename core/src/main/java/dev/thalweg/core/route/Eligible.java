package dev.thalweg.core.route;

import java.util.List;
import java.util.Set;

/** The deployments that have what a request asks for: a region, tags. */
final class Eligible {
    private static final String DEFAULT = "default";

    private Eligible() {}

    /** All of them, and no list more, where nothing is asked for. */
    static <T> List<Member<T>> of(List<Member<T>> members, RouteRequest request, RoutePolicy policy) {
        String region = request.region();
        List<Member<T>> there = region == null
                ? members
                : members.stream()
                        .filter(one -> region.equals(one.candidate().region()))
                        .toList();
        return policy.tagFiltering() ? tagged(there, request.tags(), policy.anyTag()) : there;
    }

    /**
     * Those with the tags; where none has them, or none is asked for, those tagged as default. A request without tags goes to
     * all where nobody is tagged as default.
     */
    private static <T> List<Member<T>> tagged(List<Member<T>> members, Set<String> tags, boolean any) {
        List<Member<T>> matching = tags.isEmpty()
                ? List.of()
                : members.stream()
                        .filter(one -> matches(one.candidate().tags(), tags, any))
                        .toList();
        if (!matching.isEmpty()) {
            return matching;
        }
        List<Member<T>> byDefault = members.stream()
                .filter(one -> one.candidate().tags().contains(DEFAULT))
                .toList();
        return byDefault.isEmpty() && tags.isEmpty() ? members : byDefault;
    }

    private static boolean matches(Set<String> has, Set<String> asked, boolean any) {
        return any ? asked.stream().anyMatch(has::contains) : has.containsAll(asked);
    }
}
