package dev.thalweg.testkit;

import java.util.ArrayList;

/** Reads the fields of one block of an event stream. */
final class SseBlock {
    private SseBlock() {}

    static boolean hasData(String raw) {
        return raw.lines().anyMatch(line -> line.equals("data") || line.startsWith("data:"));
    }

    static RawClient.Event parse(String raw) {
        String name = "";
        var data = new ArrayList<String>();
        for (String line : raw.lines().toList()) {
            int colon = line.indexOf(':');
            String field = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(colon + 1);
            value = value.startsWith(" ") ? value.substring(1) : value;
            switch (field) {
                case "event" -> name = value;
                case "data" -> data.add(value);
                default -> {} // comments (an empty field name), ids and whatever else
            }
        }
        return new RawClient.Event(name, String.join("\n", data), raw);
    }
}
