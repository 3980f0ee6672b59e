package dev.thalweg.core.route;

/**
 * Keeps retries from becoming a storm: in ten seconds at most a fifth of the first attempts, and never fewer than three, may
 * be repeated where they failed. An attempt that moves on to another open deployment counts and is never refused, because a
 * breaker ends that soon enough, and else requests would be lost that somebody could serve. Fallbacks are none of its
 * business. Thread-safe.
 */
public final class RetryBudget {
    private static final int ALWAYS = 3;
    private static final int ONE_IN = 5;

    private final SlidingWindow requests = SlidingWindow.tenSeconds();
    private final SlidingWindow retries = SlidingWindow.tenSeconds();
    private final long always;

    /** A budget that nothing was taken out of. */
    public RetryBudget() {
        this(ALWAYS);
    }

    private RetryBudget(long always) {
        this.always = always;
    }

    /** One that never runs out. */
    static RetryBudget unlimited() {
        return new RetryBudget(Long.MAX_VALUE);
    }

    /** A request was made for the first time. */
    public synchronized void request(long now) {
        requests.add(now, 1);
    }

    /** Takes one retry out of the budget; false where nothing is left. */
    public synchronized boolean tryRetry(long now) {
        if (!mayRetry(now)) {
            return false;
        }
        retries.add(now, 1);
        return true;
    }

    /** A failed attempt moves on to another deployment. */
    public synchronized void moved(long now) {
        retries.add(now, 1);
    }

    /** Makes that one have spent what this one has. */
    synchronized void copyTo(RetryBudget copy) {
        requests.copyTo(copy.requests);
        retries.copyTo(copy.retries);
    }

    /** Whether something of it is left. */
    public synchronized boolean mayRetry(long now) {
        return retries.sum(now) < Math.max(always, requests.sum(now) / ONE_IN);
    }
}
