package dev.thalweg.core.dialect;

import java.util.ArrayList;
import java.util.List;

/**
 * What of a request or an answer could not be said in the other protocol: for the caller, who is never left to guess. A line
 * for each, without content. Not thread-safe.
 */
public final class Warnings {
    private static final int MOST = 20;

    private final List<String> all = new ArrayList<>(0);

    /** This field of the request has no counterpart at the provider and was left out. */
    public void dropped(String field, String dialect) {
        add("'" + field + "' was left out: " + dialect + " has no counterpart for it");
    }

    /** Something else that was done differently than it was asked for. */
    public void add(String text) {
        if (all.size() < MOST && !all.contains(text)) {
            all.add(text);
        }
    }

    /** All of them, in order. */
    public List<String> all() {
        return List.copyOf(all);
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return all.isEmpty();
    }
}
