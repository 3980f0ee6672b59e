package dev.thalweg.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.testkit.Header;
import dev.thalweg.testkit.ScriptEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Streams as a gateway might write them, right and wrong. */
final class Streams {
    private Streams() {}

    static Answer answer(List<ScriptEvent> events) {
        var body = new StringBuilder();
        for (ScriptEvent event : events) {
            body.append(event.name().isEmpty() ? "" : "event: " + event.name() + "\n");
            body.append("data: ").append(event.data()).append("\n\n");
        }
        return answer(body.toString());
    }

    static Answer answer(String body) {
        return new Answer(200, List.of(new Header("Content-Type", "text/event-stream; charset=utf-8")), body, true);
    }

    static Answer json(int status, String body) {
        return new Answer(status, List.of(new Header("Content-Type", "application/json")), body, true);
    }

    /** Without the events of which this is a part of the data. */
    static UnaryOperator<List<ScriptEvent>> without(String part) {
        return events ->
                events.stream().filter(event -> !event.data().contains(part)).toList();
    }

    /** With this replaced in names and data. */
    static UnaryOperator<List<ScriptEvent>> replacing(String what, String with) {
        return events -> events.stream()
                .map(event -> new ScriptEvent(event.name(), event.data().replace(what, with)))
                .toList();
    }

    /** With the event of which this is a part of the data twice. */
    static UnaryOperator<List<ScriptEvent>> twice(String part) {
        return events -> {
            var all = new ArrayList<ScriptEvent>();
            for (ScriptEvent event : events) {
                all.add(event);
                if (event.data().contains(part)) {
                    all.add(event);
                }
            }
            return all;
        };
    }

    /** With two neighbours swapped, the first of which has this in its data. */
    static UnaryOperator<List<ScriptEvent>> swapped(String part) {
        return events -> {
            var all = new ArrayList<>(events);
            for (int i = 0; i + 1 < all.size(); i++) {
                if (all.get(i).data().contains(part)) {
                    all.add(i + 1, all.remove(i));
                    break;
                }
            }
            return all;
        };
    }

    /** With one more event at the end. */
    static UnaryOperator<List<ScriptEvent>> followedBy(String name, String data) {
        return events -> {
            var all = new ArrayList<>(events);
            all.add(new ScriptEvent(name, data));
            return all;
        };
    }

    static void rejects(Front front, List<ScriptEvent> events, String because) {
        assertThatThrownBy(() -> front.read(answer(events), Ask.user("Hi"), true))
                .isInstanceOf(Malformed.class)
                .hasMessageContaining(because);
    }
}
