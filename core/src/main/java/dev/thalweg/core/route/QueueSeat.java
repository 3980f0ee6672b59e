package dev.thalweg.core.route;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The place of one request in the queues for room: which deployments it waits for, and how long it has waited in all.
 * Belongs to its plan.
 */
final class QueueSeat {
    static final String NO_ROOM = "no deployment had room within the time to wait for it";

    private final RoutePolicy policy;
    private Set<DeploymentState> wanted = Set.of();
    private @Nullable GroupState queue;
    private @Nullable Runnable resume;
    private boolean called;
    private boolean waits;
    private long since;
    private long waitedNanos;

    QueueSeat(RoutePolicy policy) {
        this.policy = policy;
    }

    /** How long it may still wait: a request that is called and finds the room taken does not begin anew. */
    Duration timeLeft(long now) {
        long waiting = waits ? now - since : 0;
        return Duration.ofNanos(Math.max(0, policy.queueTimeout().toNanos() - waitedNanos - waiting));
    }

    /** From now on it waits for one of these. */
    void wanted(List<? extends Member<?>> members, GroupState group, long now) {
        Set<DeploymentState> states = new LinkedHashSet<>();
        for (Member<?> member : members) {
            states.add(member.state());
            member.state().awaitedBy(group);
        }
        wanted = states;
        called &= queue == group;
        queue = group;
        waits = true;
        since = now;
    }

    boolean take(GroupState group, List<? extends Member<?>> members, Runnable whenRoom, long now) {
        if (!group.queue(whenRoom, policy.maxQueue(), wanted, called)) {
            return false;
        }
        resume = whenRoom;
        // Room that was made before it had joined was offered to nobody.
        if (hasRoom(members, now) && group.leave(whenRoom)) {
            whenRoom.run();
        }
        return true;
    }

    /** Whether the plan would now come to another step than to wait. */
    private static boolean hasRoom(List<? extends Member<?>> members, long now) {
        boolean worthWaiting = false;
        boolean room = false;
        for (Member<?> member : members) {
            DeploymentState.Verdict verdict = member.verdict(now);
            if (verdict == DeploymentState.Verdict.OPEN) {
                return true;
            }
            worthWaiting |= verdict == DeploymentState.Verdict.FULL;
            room |= !member.state().isFull(member.candidate());
        }
        return room && !worthWaiting;
    }

    /** It was called. */
    void called(long now) {
        called = waits;
        left(now);
    }

    /** It waits no longer, and may still take what room there is. */
    void leave(long now) {
        if (queue != null && resume != null) {
            queue.leave(resume);
        }
        called = false;
        left(now);
    }

    private void left(long now) {
        if (waits) {
            waits = false;
            waitedNanos += now - since;
        }
        resume = null;
    }

    /** It is gone. Where it was called just before, the next in the queue is called in its place. */
    void giveUp() {
        GroupState was = queue;
        Runnable mine = resume;
        resume = null;
        waits = false;
        if (was != null && mine != null && !was.leave(mine)) {
            wanted.forEach(DeploymentState::freed);
        }
    }
}
