package dev.thalweg.gateway.chat;

import dev.thalweg.testkit.Framing;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Streams with a fault drawn by chance; the same number draws the same script. */
final class FaultScripts {
    private static final String ERROR = OpenAiScripts.errorBody("server_error", "boom", "It broke.");

    private FaultScripts() {}

    /** The whole text of this seed's answer. */
    static String text(int seed) {
        return String.join("", pieces(seed));
    }

    private static List<String> pieces(int seed) {
        Random random = new Random(seed);
        List<String> pieces = new ArrayList<>();
        int count = random.nextInt(1, 25);
        for (int i = 0; i < count; i++) {
            int size = random.nextInt(30);
            pieces.add(size == 0 ? "x".repeat(100_000) : "word" + i + "é🌊 ");
        }
        return pieces;
    }

    /** Whether some attempt's script of this seed is a whole answer. */
    static boolean canComplete(int seed) {
        return kind(seed, 1) <= 4 || kind(seed, 0) <= 4;
    }

    /** What goes wrong: up to 4 nothing does. Both attempts of a seed may differ. */
    private static int kind(int seed, int parity) {
        return new Random(seed * 1_000L + parity).nextInt(18);
    }

    /** The script of one attempt. */
    static Script script(int seed, int connection) {
        Random random = new Random(seed * 77L + connection % 2);
        List<String> events = new ArrayList<>();
        events.add(OpenAiScripts.roleChunk());
        pieces(seed).forEach(piece -> events.add(OpenAiScripts.contentChunk(piece)));
        events.add(OpenAiScripts.finishChunk("stop"));
        int breakAt = random.nextInt(events.size());
        int kind = kind(seed, connection % 2);
        ScriptBuilder script = Script.sse();
        if (random.nextInt(3) == 0) {
            script.splitWire(random.nextInt(1, 60));
        }
        if (random.nextInt(6) == 0) {
            script.framing(Framing.CLOSE);
        }
        for (int i = 0; i < events.size(); i++) {
            if (random.nextInt(12) == 0) {
                script.comment("ping");
            }
            if (random.nextInt(20) == 0) {
                script.flush().sleep(Duration.ofMillis(random.nextInt(120)));
            }
            if (kind > 4 && i == breakAt && fault(script, kind, events.get(i), random)) {
                return script.build();
            }
            script.event(events.get(i));
        }
        return kind == 4 ? script.build() : script.event("[DONE]").build();
    }

    /** Adds the fault; true when the script ends with it. */
    private static boolean fault(ScriptBuilder script, int kind, String event, Random random) {
        switch (kind) {
            case 5 -> script.fin();
            case 6 -> script.rst();
            case 7 ->
                script.text("data: " + event.substring(0, random.nextInt(event.length())))
                        .fin();
            case 8 -> script.event(ERROR);
            case 9 -> script.event("error", ERROR).event("[DONE]");
            case 10 -> script.hang();
            case 11 -> script.framing(Framing.CHUNKED).badChunkSize();
            case 12 -> script.event("{not json");
            case 13 -> script.text("data: " + "y".repeat(250_000)).hang();
            case 14 -> script.text("data: " + event).flush().rst();
            case 15 -> script.text(ERROR);
            case 16 -> script.flush().sleep(Duration.ofMillis(30)).rst();
            default -> {
                script.event(event).hang();
            }
        }
        return true;
    }
}
