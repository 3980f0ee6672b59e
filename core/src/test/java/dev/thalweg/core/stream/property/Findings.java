package dev.thalweg.core.stream.property;

import dev.thalweg.core.wire.JsonSyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Where answers came out different: one example of each difference, made small. */
final class Findings {
    private static final int MOST = 40;
    private static final String UNKNOWN = "(executed_tools|provider_specific_fields|x_meta)";

    private final Map<String, String> examples = new LinkedHashMap<>();
    private final Map<String, Map<String, Integer>> counts = new LinkedHashMap<>();

    /** What differs. An empty id or model and a time of 0 are as good as none. */
    static List<String> differences(JsonNode expected, String json) {
        JsonNode actual = Trees.read(json);
        if (actual instanceof ObjectNode answer) {
            for (String name : new String[] {"id", "model", "created"}) {
                if (!expected.has(name)
                        && (answer.path(name).asString("").isEmpty()
                                || answer.path(name).asString("").equals("0"))) {
                    answer.remove(name);
                }
            }
        }
        return Trees.differences(expected, actual);
    }

    void add(Cut cut, long seed, String difference) {
        boolean outOfOrder = cut.habits().callsOutOfOrder;
        String key = key(difference, outOfOrder);
        if (count(key, cut.style())) {
            List<ObjectNode> small = Shrinker.shrink(
                    cut.chunks(),
                    chunks -> again(chunks).stream().anyMatch(found -> key.equals(key(found, outOfOrder))));
            StringBuilder example = new StringBuilder("seed " + seed + ", " + cut.style() + ": " + difference + "\n");
            small.forEach(chunk -> example.append("  ").append(chunk).append('\n'));
            again(small).forEach(found -> example.append("  -> ").append(found).append('\n'));
            examples.put(key, example.toString());
        }
    }

    void addDocument(Style style, JsonNode answer, long seed, String difference) {
        String key = "document " + key(difference);
        if (count(key, style)) {
            examples.put(key, "seed " + seed + ", " + style + ": " + difference + "\n");
        }
    }

    private boolean count(String key, Style style) {
        counts.computeIfAbsent(key, k -> new TreeMap<>()).merge(style.name(), 1, Integer::sum);
        return !examples.containsKey(key) && examples.size() < MOST;
    }

    private static List<String> again(List<ObjectNode> chunks) {
        try {
            ObjectNode merged = NaiveMerge.merge(chunks);
            return callsAreWhole(merged) ? differences(merged, streamed(chunks)) : List.of();
        } catch (JsonSyntaxException | AssertionError e) {
            return List.of("broken: " + e);
        } catch (RuntimeException e) {
            return List.of();
        }
    }

    /** A call whose beginning was taken away is no example of anything. */
    private static boolean callsAreWhole(ObjectNode answer) {
        for (JsonNode choice : answer.get("choices")) {
            for (JsonNode call : choice.path("message").path("tool_calls")) {
                if (!call.path("function").has("name") && !call.path("custom").has("name")) {
                    return false;
                }
            }
        }
        return true;
    }

    private static String streamed(List<ObjectNode> chunks) {
        StringBuilder stream = new StringBuilder();
        chunks.forEach(chunk -> stream.append("data: ").append(chunk).append("\n\n"));
        List<byte[]> pieces = new ArrayList<>();
        pieces.add(stream.toString().getBytes(StandardCharsets.UTF_8));
        return Pipeline.stream(pieces);
    }

    private static String key(String difference, boolean callsOutOfOrder) {
        return callsOutOfOrder && difference.contains("tool_calls")
                ? "stream, calls out of order"
                : "stream " + key(difference);
    }

    private static String key(String difference) {
        int colon = difference.indexOf(": ");
        String path = colon < 0 ? difference : difference.substring(0, colon);
        if (difference.contains(": rounded")) {
            return "rounded";
        }
        String rest = difference.contains("got nothing")
                ? " lost"
                : difference.contains("expected nothing") ? " made up" : " differs";
        return difference.isEmpty() ? "" : path.replaceAll("\\[\\d+]", "[]").replaceAll(UNKNOWN + ".*", "$1") + rest;
    }

    /** What nobody knew of. */
    String unknown() {
        return report(key -> Known.why(key) == null);
    }

    /** What was known before. */
    String known() {
        return report(key -> Known.why(key) != null);
    }

    private String report(Predicate<String> wanted) {
        StringBuilder out = new StringBuilder();
        counts.forEach((key, styles) -> {
            if (wanted.test(key)) {
                String why = Known.why(key);
                out.append("### ").append(key).append(' ').append(styles).append("\n\n");
                out.append(why == null ? "" : why + "\n\n").append("```\n");
                out.append(examples.getOrDefault(key, "(no example kept)\n")).append("```\n\n");
            }
        });
        return out.toString();
    }
}
