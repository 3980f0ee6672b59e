package dev.thalweg.config;

import dev.thalweg.core.route.Candidate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What is said of a candidate, in words. */
final class CandidateText {
    private CandidateText() {}

    /** What differs from one of which nothing is said. */
    static List<String> words(Candidate candidate) {
        List<String> words = new ArrayList<>();
        if (candidate.weight() != null) {
            words.add("weight " + candidate.weight());
        }
        if (candidate.order() != Orders.UNSAID) {
            words.add(candidate.order() > Orders.LAST ? "order last" : "order " + candidate.order());
        }
        limit(words, "rpm", candidate.requestsPerMinute());
        limit(words, "tpm", candidate.tokensPerMinute());
        limit(words, "max parallel", candidate.maxParallel());
        if (!candidate.tags().isEmpty()) {
            words.add("tags " + String.join(" ", new TreeSet<>(candidate.tags())));
        }
        if (candidate.region() != null) {
            words.add("region " + candidate.region());
        }
        return words;
    }

    private static void limit(List<String> words, String what, long limit) {
        if (limit > 0) {
            words.add(what + " " + limit);
        }
    }
}
