package dev.thalweg.core.stream.property;

import dev.thalweg.core.stream.property.Habits.Calls;
import dev.thalweg.core.stream.property.Habits.When;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** Counts what a run covered. */
final class Coverage {
    private final Map<Style, int[]> styles = new LinkedHashMap<>();
    private final Map<String, Integer> kinds = new LinkedHashMap<>();

    /** One answer, its stream cut at so many sets of places. */
    void count(Cut cut, SseWriter writer, int bytes, int cuts) {
        int[] sums = styles.computeIfAbsent(cut.style(), s -> new int[4]);
        sums[0]++;
        sums[1] += cuts;
        sums[2] += cut.chunks().size();
        sums[3] += bytes;
        JsonNode choices = cut.answer().get("choices");
        kind("several choices", choices.size() > 1);
        for (String name : new String[] {"usage", "citations", "service_tier"}) {
            kind(name, cut.answer().has(name));
        }
        kind("usage " + cut.habits().usage, cut.answer().has("usage"));
        for (String name : new String[] {
            "reasoning_content",
            "thinking_blocks",
            "reasoning_details",
            "refusal",
            "tool_calls",
            "function_call",
            "annotations",
            "audio",
            "images",
            "provider_specific_fields",
            "executed_tools"
        }) {
            kind(name, any(choices, choice -> choice.path("message").has(name)));
        }
        kind("logprobs", any(choices, choice -> choice.path("logprobs").isObject()));
        kind(
                "content null",
                any(choices, choice -> choice.path("message").path("content").isNull()));
        kind("signature", cut.answer().toString().contains("\"signature\""));
        kind("redacted thinking", cut.answer().toString().contains("redacted_thinking"));
        kind("extra_content", cut.answer().toString().contains("extra_content"));
        calls(cut, choices);
        kind(
                "several choices in a chunk",
                any(cut.chunks(), chunk -> chunk.path("choices").size() > 1));
        kind("lines end with " + writer.lineEnd.replace("\r", "CR").replace("\n", "LF"), true);
        kind("data in several lines", writer.pretty);
        kind("all but ASCII escaped", writer.escaped);
        kind("byte order mark", writer.mark);
        kind("no [DONE]", !cut.habits().done);
        kind("last blank line missing", writer.openEnd);
    }

    private void calls(Cut cut, JsonNode choices) {
        Habits habits = cut.habits();
        boolean some = any(choices, choice -> choice.path("message").has("tool_calls"));
        boolean pieces = some && habits.calls == Calls.PIECES;
        boolean parallel =
                any(choices, choice -> choice.path("message").path("tool_calls").size() > 1);
        kind("parallel calls", parallel);
        kind("parallel calls, fragments interleaved", parallel && pieces && habits.mixed);
        kind("call ids late", pieces && habits.callId == When.LATE);
        kind("call ids repeated", pieces && habits.callId == When.EVERY);
        kind("call names late", pieces && habits.callName == When.LATE);
        kind("calls whole", some && !pieces);
        kind("call index " + habits.callIndex, some);
        kind(
                "call without id",
                any(
                        choices,
                        choice -> any(
                                choice.path("message").path("tool_calls"),
                                call -> call.get("id").asString().isEmpty())));
        kind(
                "custom call",
                any(choices, choice -> any(choice.path("message").path("tool_calls"), call -> call.has("custom"))));
    }

    private static boolean any(Iterable<? extends JsonNode> nodes, java.util.function.Predicate<JsonNode> test) {
        return StreamSupport.stream(nodes.spliterator(), false).anyMatch(test);
    }

    private void kind(String name, boolean present) {
        if (present) {
            kinds.merge(name, 1, Integer::sum);
        }
    }

    int of(String kind) {
        return kinds.getOrDefault(kind, 0);
    }

    String report() {
        StringBuilder out = new StringBuilder("# Answers cut and put together again\n\n");
        out.append("| style | answers | cut sets | chunks | bytes |\n|---|--:|--:|--:|--:|\n");
        int[] all = new int[4];
        styles.forEach((style, sums) -> {
            row(out, style.name().toLowerCase(java.util.Locale.ROOT), sums);
            for (int i = 0; i < all.length; i++) {
                all[i] += sums[i];
            }
        });
        row(out, "all", all);
        out.append("\n| answers with | count |\n|---|--:|\n");
        kinds.forEach((kind, count) ->
                out.append("| ").append(kind).append(" | ").append(count).append(" |\n"));
        return out.toString();
    }

    private static void row(StringBuilder out, String name, int[] sums) {
        out.append("| ").append(name);
        for (int sum : sums) {
            out.append(" | ").append(sum);
        }
        out.append(" |\n");
    }
}
