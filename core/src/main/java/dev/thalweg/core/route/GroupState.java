package dev.thalweg.core.route;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is known of a group from its requests, whatever configuration it is in. Thread-safe. */
public final class GroupState {
    private final RetryBudget retries;
    private final Percentile firstTokens = new Percentile();
    private final Deque<Waiter> waiting = new ArrayDeque<>();

    /** One whose requests share a budget of retries. */
    public GroupState() {
        this(new RetryBudget());
    }

    private GroupState(RetryBudget retries) {
        this.retries = retries;
    }

    /** One for a single request, which has nobody to share a budget with: it has all the retries its rules allow. */
    public static GroupState ofOneRequest() {
        return new GroupState(RetryBudget.unlimited());
    }

    /** Who waits for room, and for whose; with no such list for anybody's. */
    private record Waiter(Runnable resume, Set<DeploymentState> wanted) {
        boolean wants(DeploymentState deployment) {
            return wanted.isEmpty() || wanted.contains(deployment);
        }
    }

    RetryBudget retries() {
        return retries;
    }

    synchronized void firstToken(long nanos) {
        firstTokens.add(nanos);
    }

    /** The time within which 95 of 100 streams have begun to speak, in nanoseconds; 0 while too few were seen. */
    public synchronized long firstTokenP95() {
        return firstTokens.value(0.95);
    }

    /** How many requests wait for a deployment to have room. */
    public synchronized int queued() {
        return waiting.size();
    }

    /**
     * Joins the queue of those who wait for any of the group's deployments to have room. Room that was made between the
     * plan's step and this call is not noticed: {@link RoutePlan#queue} looks again.
     *
     * @param resume called once, by any thread, unless it {@linkplain #leave leaves} before
     * @param most how many may wait
     * @return false where the queue is full
     */
    public boolean queue(Runnable resume, int most) {
        return queue(resume, most, Set.of(), false);
    }

    /**
     * The same for some deployments.
     *
     * @param again whether it was called and found the room taken: then it is the first once more
     */
    synchronized boolean queue(Runnable resume, int most, Set<DeploymentState> wanted, boolean again) {
        if (waiting.size() >= most) {
            return false;
        }
        Waiter waiter = new Waiter(resume, wanted);
        if (again) {
            waiting.addFirst(waiter);
        } else {
            waiting.addLast(waiter);
        }
        return true;
    }

    /** Leaves the queue. False where it was called already, or never joined. */
    public synchronized boolean leave(Runnable resume) {
        return waiting.removeIf(one -> one.resume().equals(resume));
    }

    /** A deployment has room for one more: the first in the queue who wants it is called. */
    void freed(DeploymentState deployment) {
        Runnable first = poll(deployment);
        if (first != null) {
            first.run();
        }
    }

    private synchronized @Nullable Runnable poll(DeploymentState deployment) {
        for (Iterator<Waiter> all = waiting.iterator(); all.hasNext(); ) {
            Waiter one = all.next();
            if (one.wants(deployment)) {
                all.remove();
                return one.resume();
            }
        }
        return null;
    }
}
