package dev.thalweg.core.stream.property;

import dev.thalweg.core.wire.JsonSyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
        String key = "stream " + key(difference);
        if (count(key, cut.style())) {
            List<ObjectNode> small = Shrinker.shrink(
                    cut.chunks(),
                    chunks -> again(chunks).stream().anyMatch(found -> key.equals("stream " + key(found))));
            StringBuilder example = new StringBuilder("seed " + seed + ", " + cut.style() + ": " + difference + "\n");
            small.forEach(chunk -> example.append("  ").append(chunk).append('\n'));
            example.append("  -> ").append(again(small)).append('\n');
            examples.put(key, example.toString());
        }
    }

    void addDocument(Style style, JsonNode answer, long seed, String difference) {
        String key = "document " + key(difference);
        if (count(key, style)) {
            String text = answer.toString();
            examples.put(
                    key,
                    "seed " + seed + ", " + style + ": " + difference + "\n  "
                            + text.substring(0, Math.min(600, text.length())) + "\n");
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

    private static String key(String difference) {
        int colon = difference.indexOf(": ");
        String path = colon < 0 ? difference : difference.substring(0, colon);
        String rest = difference.contains("got nothing")
                ? " lost"
                : difference.contains("expected nothing") ? " made up" : " differs";
        return difference.isEmpty() ? "" : path.replaceAll("\\[\\d+]", "[]").replaceAll(UNKNOWN + ".*", "$1") + rest;
    }

    boolean isEmpty() {
        return counts.isEmpty();
    }

    String report() {
        StringBuilder out = new StringBuilder();
        counts.forEach((key, styles) -> out.append("## ")
                .append(key)
                .append(' ')
                .append(styles)
                .append('\n')
                .append(examples.getOrDefault(key, "(no example kept)\n"))
                .append('\n'));
        return out.toString();
    }
}
