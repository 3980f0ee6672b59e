package dev.thalweg.config;

import dev.thalweg.core.catalog.EditDistance;
import dev.thalweg.core.route.FailureClass;
import dev.thalweg.core.upstream.KeyText;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads numbers by kind of failure: {@code retry_policy} and {@code allowed_fails_policy}. */
final class FailureCounts {
    static final String RETRIES = "Retries";
    static final String ALLOWED_FAILS = "AllowedFails";

    /** LiteLLM's names of the classes, without what they end in. */
    private static final Map<String, FailureClass> CLASSES = classes();

    private FailureCounts() {}

    /** The numbers of a mapping whose keys end in this word. */
    static Map<FailureClass, Integer> read(Entry entry, Values values, String suffix) {
        Map<FailureClass, Integer> counts = new EnumMap<>(FailureClass.class);
        Section section = values.section(entry.value(), entry.path());
        for (Entry each : section == null ? List.<Entry>of() : List.copyOf(section.entries())) {
            FailureClass failure = CLASSES.get(stem(each.key(), suffix));
            if (failure == null) {
                unknown(each, values, suffix);
            } else if (section != null && section.find(each.key()) != null) {
                Integer count = values.integer(each, 0, 1_000_000);
                if (count != null) {
                    counts.put(failure, count);
                }
            }
        }
        return counts;
    }

    /** The same by LiteLLM's names. */
    static String text(Map<FailureClass, Integer> counts, String suffix) {
        StringBuilder text = new StringBuilder();
        CLASSES.forEach((stem, failure) -> {
            Integer count = counts.get(failure);
            if (count != null) {
                text.append(text.isEmpty() ? "" : ", ")
                        .append(stem)
                        .append(suffix)
                        .append(' ')
                        .append(count);
            }
        });
        return text.isEmpty() ? "none" : text.toString();
    }

    private static String stem(String key, String suffix) {
        return key.endsWith(suffix) ? key.substring(0, key.length() - suffix.length()) : "";
    }

    private static void unknown(Entry entry, Values values, String suffix) {
        List<String> known =
                CLASSES.keySet().stream().map(stem -> stem + suffix).toList();
        String near = EditDistance.nearest(entry.key(), known);
        values.problem(
                entry.keyNode(),
                "unknown key '" + KeyText.of(entry.key()) + "' in " + entry.section() + "; "
                        + (near != null
                                ? "did you mean '" + near + "'?"
                                : "expected one of " + String.join(", ", known)));
    }

    private static Map<String, FailureClass> classes() {
        Map<String, FailureClass> classes = new LinkedHashMap<>();
        classes.put("BadRequestError", FailureClass.BAD_REQUEST);
        classes.put("AuthenticationError", FailureClass.AUTHENTICATION);
        classes.put("TimeoutError", FailureClass.TIMEOUT);
        classes.put("RateLimitError", FailureClass.RATE_LIMIT);
        classes.put("ContentPolicyViolationError", FailureClass.CONTENT_POLICY);
        classes.put("InternalServerError", FailureClass.INTERNAL_SERVER);
        return classes;
    }
}
