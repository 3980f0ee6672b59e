package dev.thalweg.testkit.conformance;

import dev.thalweg.testkit.ScriptEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * An event stream as a gateway should write it, read strictly: blocks end in blank lines, also the last one, an event has one
 * line of data and at most one name before it, and a comment stands alone.
 *
 * @param events the events, in order
 * @param crlf whether lines ended in CRLF
 * @param torn whether the last block lacked its blank line; it is no event then
 */
record Sse(List<ScriptEvent> events, boolean crlf, boolean torn) {
    Sse {
        events = List.copyOf(events);
    }

    static Sse parse(String body) {
        boolean crlf = body.contains("\r\n");
        String text = body.replace("\r\n", "\n");
        Malformed.unless(!text.contains("\r"), "lines that end in LF", body);
        for (char separator : new char[] {'\u2028', '\u2029', '\u0085'}) {
            Malformed.unless(text.indexOf(separator) < 0, "line separators to be escaped", body);
        }
        boolean torn = !text.isEmpty() && !text.endsWith("\n\n");
        var events = new ArrayList<ScriptEvent>();
        String whole = torn ? text.substring(0, Math.max(0, text.lastIndexOf("\n\n"))) : text;
        for (String block : whole.split("\n\n", -1)) {
            if (!block.isEmpty()) {
                block(block, events);
            }
        }
        return new Sse(events, crlf, torn);
    }

    private static void block(String block, List<ScriptEvent> events) {
        List<String> lines = List.of(block.split("\n", -1));
        if (lines.getFirst().startsWith(":")) {
            Malformed.unless(
                    lines.stream().allMatch(line -> line.startsWith(":")), "a comment in a block alone", block);
            return;
        }
        String name = "";
        String data = lines.getLast();
        if (lines.size() == 2 && lines.getFirst().startsWith("event: ")) {
            name = lines.getFirst().substring("event: ".length());
        } else {
            Malformed.unless(lines.size() == 1, "a name and one line of data", block);
        }
        Malformed.unless(data.startsWith("data: "), "a line of data", block);
        events.add(new ScriptEvent(name, data.substring("data: ".length())));
    }
}
