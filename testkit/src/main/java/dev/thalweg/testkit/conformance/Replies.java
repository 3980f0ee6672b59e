package dev.thalweg.testkit.conformance;

import dev.thalweg.testkit.Framing;
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
        return broken(script, reply);
    }

    /** The lines as a stream of JSON lines, with the reply's noise and with its break; a sign of life is an empty line. */
    static Script lines(List<String> lines, Reply reply) {
        ScriptBuilder script =
                Script.status(200).framing(Framing.CHUNKED).header("Content-Type", "application/x-ndjson");
        if (reply.noisy(Reply.Noise.SPLIT)) {
            script.split(1);
        }
        String end = reply.noisy(Reply.Noise.CRLF) ? "\r\n" : "\n";
        for (String line : lines) {
            script.text((reply.noisy(Reply.Noise.UNKNOWN) ? withUnknownField(line) : line) + end);
            if (reply.noisy(Reply.Noise.PINGS)) {
                script.text(end);
            }
        }
        return broken(script, reply);
    }

    private static Script broken(ScriptBuilder script, Reply reply) {
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
