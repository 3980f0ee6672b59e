package dev.thalweg.core.route;

import java.util.ArrayList;
import java.util.List;

/** Which of a group's deployments a request may go to now. */
final class Openings {
    private Openings() {}

    /** The open ones whose turn it is, but for these. */
    static <T> List<Member<T>> open(List<Member<T>> members, List<DeploymentState> but, long now) {
        if (members.size() == 1) {
            return isOpen(members.get(0), but, now) ? members : List.of();
        }
        List<Member<T>> open = new ArrayList<>(members.size());
        for (Member<T> one : members) {
            if (isOpen(one, but, now)) {
                open.add(one);
            }
        }
        return lowestOrder(open);
    }

    /** Whether one is open, but for these. */
    static <T> boolean anyOpen(List<Member<T>> members, List<DeploymentState> but, long now) {
        for (Member<T> one : members) {
            if (isOpen(one, but, now)) {
                return true;
            }
        }
        return false;
    }

    /** Those of this verdict. */
    static <T> List<Member<T>> with(DeploymentState.Verdict verdict, List<Member<T>> members, long now) {
        return members.stream().filter(one -> one.verdict(now) == verdict).toList();
    }

    /** Those that serve fewer than they may at a time. */
    static <T> List<Member<T>> withRoom(List<Member<T>> members) {
        return members.stream()
                .filter(one -> !one.state().isFull(one.candidate()))
                .toList();
    }

    static <T> List<Member<T>> lowestOrder(List<Member<T>> members) {
        if (members.size() < 2) {
            return members;
        }
        int lowest = Integer.MAX_VALUE;
        int highest = Integer.MIN_VALUE;
        for (Member<T> one : members) {
            lowest = Math.min(lowest, one.candidate().order());
            highest = Math.max(highest, one.candidate().order());
        }
        if (lowest == highest) {
            return members;
        }
        int first = lowest;
        return members.stream().filter(one -> one.candidate().order() == first).toList();
    }

    /** One deployment may be in several groups: it is known by its state. */
    private static boolean isOpen(Member<?> one, List<DeploymentState> but, long now) {
        return !but.contains(one.state()) && one.verdict(now) == DeploymentState.Verdict.OPEN;
    }
}
