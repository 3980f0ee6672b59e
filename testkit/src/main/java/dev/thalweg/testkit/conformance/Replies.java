package dev.thalweg.testkit.conformance;

import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptBuilder;
import dev.thalweg.testkit.ScriptEvent;
import java.util.List;

/** Puts answers on the wire as scripts, with their noise and their faults. */
final class Replies {
    private Replies() {}

    /** A stream of these events. A sign of life is an event, or a comment where it has no name; none follows the last. */
    static Script stream(List<ScriptEvent> events, Reply reply, ScriptEvent ping) {
        ScriptBuilder script = Script.sse();
        if (reply.noisy(Reply.Noise.SPLIT)) {
            script.split(1);
        }
        if (reply.noisy(Reply.Noise.CRLF)) {
            script.lineEnd("\r\n");
        }
        for (int i = 0; i < events.size(); i++) {
            ScriptEvent event = events.get(i);
            String data = reply.noisy(Reply.Noise.UNKNOWN) ? withUnknownField(event.data()) : event.data();
            new ScriptEvent(event.name(), data).addTo(script);
            if (reply.noisy(Reply.Noise.PINGS) && i < events.size() - 1) {
                ping(script, ping);
            }
        }
        return switch (reply.fault) {
            case CUT -> script.fin().build();
            case STALL -> script.hang().build();
            default -> script.build();
        };
    }

    private static void ping(ScriptBuilder script, ScriptEvent ping) {
        if (ping.name().isEmpty()) {
            script.comment(ping.data());
        } else {
            ping.addTo(script);
        }
    }

    /** A whole answer. */
    static Script whole(String body, Reply reply) {
        String json = reply.noisy(Reply.Noise.UNKNOWN) ? withUnknownField(body) : body;
        if (reply.fault != Fault.CUT) {
            return Script.json(200, json);
        }
        int half = json.length() / 2;
        return Script.status(200)
                .header("Content-Type", "application/json")
                .text(json.substring(0, half))
                .fin()
                .text(json.substring(half))
                .build();
    }

    private static String withUnknownField(String json) {
        return json.startsWith("{") ? "{\"future_field\":{\"kind\":[1,null]}," + json.substring(1) : json;
    }

    static String[] array(List<String> pieces) {
        return pieces.toArray(String[]::new);
    }
}
