package dev.thalweg.testkit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * The table of streams that repeat themselves: for each what an engine, a gateway and a client must make of it. The limit
 * is 100 where a name does not say otherwise.
 */
public final class LoopCases {
    private static final int LIMIT = 100;
    private static final String SAME = "again ";
    private static final String NO_CHOICES =
            OpenAiScripts.roleChunk().replaceFirst("\"choices\":.*", "\"choices\":[]}");
    private static final String USAGE = NO_CHOICES.replaceFirst("}$", ",\"usage\":" + OpenAiScripts.usage(9, 9) + "}");

    private final List<LoopCase> cases = new ArrayList<>();

    private LoopCases() {}

    /** All of them, in the order of the documentation. */
    public static List<LoopCase> all() {
        LoopCases table = new LoopCases();
        table.runs();
        table.between();
        table.shortOnes();
        table.characters();
        table.choices();
        table.reasoning();
        table.cycles();
        table.arguments();
        table.limits();
        return List.copyOf(table.cases);
    }

    private void runs() {
        passes("99 equal deltas", times(99, text(SAME)));
        loops("100 equal deltas", times(100, text(SAME)), 100, same(100));
        loops("120 equal deltas", times(120, text(SAME)), 100, same(100));
        passes("100 deltas, the first one different", of(text("Well, "), times(99, text(SAME))));
        passes("100 deltas, the last one different", of(times(99, text(SAME)), text("done.")));
        passes(
                "199 deltas, the one in the middle different",
                of(times(99, text(SAME)), text("or "), times(99, text(SAME))));
        loops("one different delta, then 100 equal ones", of(text("Well, "), times(100, text(SAME))), 101, same(100));
        String example = OpenAiScripts.streaming().chunk(0, content("How are you?"), "stop");
        loops(
                "LiteLLM's example: 101 chunks `How are you?`, each with finish reason `stop`",
                times(101, example),
                100,
                same(100));
        loops("100 equal deltas of three blanks", times(100, text("   ")), 100, same(100));
        String parts = delta(0, "{\"content\":[{\"type\":\"text\",\"text\":\"again \"}]}");
        loops("100 equal deltas in content lists", times(100, parts), 100, same(100));
        passes("500 different deltas", each(500, i -> text(i + " bottles ")));
        passes("200 equal deltas of a refusal", times(200, delta(0, "{\"refusal\":\"again \"}")));
    }

    private void between() {
        loops("100 equal deltas, an empty one after each", turns(100, text(SAME), text("")), 199, same(100));
        loops(
                "100 equal deltas, `null` after each",
                turns(100, text(SAME), delta(0, "{\"content\":null}")),
                199,
                same(100));
        loops("100 equal deltas, an empty `delta` after each", turns(100, text(SAME), delta(0, "{}")), 199, same(100));
        loops(
                "100 equal deltas, a chunk without choices after each",
                turns(100, text(SAME), NO_CHOICES),
                199,
                same(100));
        loops("100 equal deltas, usage after each", turns(100, text(SAME), USAGE), 199, same(100));
        loops(
                "50 equal deltas, one of reasoning, 50 equal ones",
                of(times(50, text(SAME)), reasoning("Hm. "), times(50, text(SAME))),
                101,
                same(100));
        passes(
                "99 equal deltas, a short one, 99 equal ones",
                of(times(99, text(SAME)), text("."), times(99, text(SAME))));
    }

    private void shortOnes() {
        passes("999 equal deltas of 1 character", times(999, text("-")));
        loops("1,000 equal deltas of 1 character", times(1_000, text("-")), 1_000, same(1_000));
        passes("999 equal deltas of 2 characters", times(999, text("0,")));
        loops("1,000 equal deltas of 2 characters", times(1_000, text("0,")), 1_000, same(1_000));
    }

    private void characters() {
        passes("100 equal deltas of 2 Chinese characters", times(100, text("你好")));
        loops("100 equal deltas of 3 Chinese characters", times(100, text("你好吗")), 100, same(100));
        passes("100 equal deltas of 2 emoji", times(100, text("🦊🦊")));
        loops("100 equal deltas of 3 emoji", times(100, text("🦊🦊🦊")), 100, same(100));
        String escaped = "\\ud83e\\udd8a";
        passes("100 equal deltas of 2 emoji as escaped surrogate pairs", times(100, spelled(escaped.repeat(2))));
        loops(
                "100 equal deltas of 3 emoji as escaped surrogate pairs",
                times(100, spelled(escaped.repeat(3))),
                100,
                same(100));
    }

    private void choices() {
        String other = delta(1, content(SAME));
        passes("two choices in turn, 99 equal deltas each", turns(99, text(SAME), other));
        loops(
                "two choices in turn, the first repeats",
                of(each(100, i -> of(text(SAME), delta(1, content(i + " "))))),
                199,
                same(100));
        loops("two choices in turn, the second repeats", of(each(100, i -> of(text(i + " "), other))), 200, same(100));
        String both = text(SAME)
                .replace("}]}", "},{\"index\":1,\"delta\":{\"content\":\"again \"},\"finish_reason\":null}]}");
        passes("two choices in each chunk, 99 times", times(99, both));
        loops("two choices in each chunk, 100 times", times(100, both), 100, same(100));
        loops("100 equal deltas of choice 70", times(100, delta(70, content(SAME))), 100, same(100));
    }

    private void reasoning() {
        passes("99 equal deltas of reasoning", times(99, reasoning("Hm. ")));
        loops(
                "100 equal deltas of reasoning",
                times(100, reasoning("Hm. ")),
                100,
                "repeated the same reasoning delta 100 times");
        loops(
                "100 equal deltas of reasoning under its other name",
                times(100, delta(0, "{\"reasoning\":\"Hm. \"}")),
                100,
                "repeated the same reasoning delta 100 times");
        passes(
                "99 equal deltas of reasoning, 99 of the same text",
                of(times(99, reasoning(SAME)), times(99, text(SAME))));
        loops(
                "a cycle of 3 deltas of reasoning",
                cycle(3, 400, LoopCases::reasoning),
                400,
                "repeated a cycle of 3 reasoning deltas, 400 in a row");
    }

    private void cycles() {
        for (int period = 2; period <= 8; period++) {
            passes("a cycle of " + period + ", 399 deltas", cycle(period, 399, LoopCases::text));
            loops(
                    "a cycle of " + period + ", 400 deltas",
                    cycle(period, 400, LoopCases::text),
                    400,
                    cycled(period, 400));
        }
        passes("a cycle of 9, 1,800 deltas", cycle(9, 1_800, LoopCases::text));
        List<String> almost = cycle(3, 399, LoopCases::text);
        passes("a cycle of 3 that is broken after 399 deltas, twice", of(almost, text("or "), almost));
        loops(
                "ten different deltas, then a cycle of 2",
                of(each(10, i -> text(i + " ways ")), cycle(2, 400, LoopCases::text)),
                410,
                cycled(2, 400));
        loops("a cycle of a short and a long delta", turns(200, text(","), text(" nil")), 400, cycled(2, 400));
        passes("a cycle of short deltas, 400", turns(200, text("0"), text(", ")));
        passes("a cycle of short deltas, 999", turns(500, text("0"), text(", ")).subList(0, 999));
        loops("a cycle of short deltas, 1,000", turns(500, text("0"), text(", ")), 1_000, cycled(2, 1_000));
    }

    private void arguments() {
        String same = "repeated the same tool argument delta %d times";
        passes("399 equal deltas of tool arguments", times(399, arguments("null,")));
        loops("400 equal deltas of tool arguments", times(400, arguments("null,")), 400, same.formatted(400));
        loops(
                "400 equal deltas of the arguments of two calls in turn",
                turns(
                        200,
                        arguments("null,"),
                        arguments("null,").replace("[{\"index\":0,\"function", "[{\"index\":1,\"function")),
                400,
                same.formatted(400));
        loops(
                "400 equal deltas of a `function_call`'s arguments",
                times(400, delta(0, "{\"function_call\":{\"arguments\":\"null,\"}}")),
                400,
                same.formatted(400));
        passes("a cycle of 2 deltas of tool arguments, 1,599", cycle(2, 1_599, LoopCases::arguments));
        loops(
                "a cycle of 2 deltas of tool arguments, 1,600",
                cycle(2, 1_600, LoopCases::arguments),
                1_600,
                "repeated a cycle of 2 tool argument deltas, 1600 in a row");
        passes("999 equal short deltas of tool arguments", times(999, arguments("0,")));
        loops(
                "1,000 equal short deltas of tool arguments",
                times(1_000, arguments("0,")),
                1_000,
                same.formatted(1_000));
    }

    private void limits() {
        add("limit 10: 9 equal deltas", 10, times(9, text(SAME)), 0, "");
        add("limit 10: 10 equal deltas", 10, times(10, text(SAME)), 10, same(10));
        add(
                "limit 10: 10 equal deltas of reasoning",
                10,
                times(10, reasoning("Hm. ")),
                10,
                "repeated the same reasoning delta 10 times");
        add("limit 10: a cycle of 3", 10, cycle(3, 40, LoopCases::text), 40, cycled(3, 40));
        add(
                "limit 10: 40 equal deltas of tool arguments",
                10,
                times(40, arguments("null,")),
                40,
                "repeated the same tool argument delta 40 times");
        add("limit 0: 2,000 equal deltas", 0, times(2_000, text(SAME)), 0, "");
        add("limit 0: a cycle of 3, 2,000 deltas", 0, cycle(3, 2_000, LoopCases::text), 0, "");
    }

    private void passes(String name, List<String> chunks) {
        add(name, LIMIT, chunks, 0, "");
    }

    private void loops(String name, List<String> chunks, int at, String loop) {
        add(name, LIMIT, chunks, at, loop);
    }

    private void add(String name, int limit, List<String> chunks, int at, String loop) {
        cases.add(new LoopCase(name, limit, chunks, at, loop));
    }

    private static String same(int times) {
        return "repeated the same text delta " + times + " times";
    }

    private static String cycled(int period, int deltas) {
        return "repeated a cycle of " + period + " text deltas, " + deltas + " in a row";
    }

    private static String text(String text) {
        return delta(0, content(text));
    }

    private static String content(String text) {
        return "{\"content\":" + Json.quote(text) + "}";
    }

    /** Text as it is spelled in JSON. */
    private static String spelled(String json) {
        return delta(0, "{\"content\":\"" + json + "\"}");
    }

    private static String reasoning(String text) {
        return delta(0, "{\"reasoning_content\":" + Json.quote(text) + "}");
    }

    private static String arguments(String json) {
        return delta(0, "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":" + Json.quote(json) + "}}]}");
    }

    private static String delta(int choice, String json) {
        return OpenAiScripts.streaming().chunk(choice, json, null);
    }

    private static List<String> times(int count, String chunk) {
        return Collections.nCopies(count, chunk);
    }

    private static List<String> turns(int rounds, String first, String second) {
        return of(
                times(rounds, "").stream().map(round -> List.of(first, second)).toArray());
    }

    /** So many different deltas in turn, so many deltas in all. */
    private static List<String> cycle(int period, int count, UnaryOperator<String> chunk) {
        return each(count, i -> chunk.apply("word%d ".formatted(i % period)));
    }

    private static List<String> each(int count, IntFunction<?> chunks) {
        return of(IntStream.range(0, count).mapToObj(chunks).toArray());
    }

    /** Chunks and lists of chunks in a row. */
    private static List<String> of(Object... parts) {
        List<String> chunks = new ArrayList<>();
        for (Object part : parts) {
            if (part instanceof List<?> list) {
                chunks.addAll(of(list.toArray()));
            } else {
                chunks.add((String) part);
            }
        }
        return chunks;
    }
}
