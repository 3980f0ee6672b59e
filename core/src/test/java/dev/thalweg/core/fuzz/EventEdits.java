package dev.thalweg.core.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Events that come twice, too often, not at all, in another order, with other line ends or their data on several lines. */
final class EventEdits {
    private static final int MOST = 128 * 1024;

    private final Random random;

    EventEdits(Random random) {
        this.random = random;
    }

    byte[] changed(byte[] input) {
        String text = new String(input, ISO_8859_1);
        List<String> events = new ArrayList<>(Arrays.asList(text.split("(?<=\n\n)")));
        int at = random.nextInt(events.size());
        int other = random.nextInt(events.size());
        switch (random.nextInt(9)) {
            case 0 -> events.add(other, events.get(at));
            case 1 -> events.addAll(at, Collections.nCopies(times(events.get(at)), events.get(at)));
            case 2 -> events.remove(at);
            case 3 -> Collections.swap(events, at, other);
            case 4 -> events.add(other, events.remove(at));
            case 5 -> events.set(at, severalLines(events.get(at)));
            case 6 -> events.replaceAll(event -> event.replace("\n", "\r\n"));
            case 7 -> events.replaceAll(event -> event.replace("\n", "\r"));
            default -> events.set(at, events.get(at).replace("\n", random.nextBoolean() ? "\r\n" : "\r"));
        }
        return String.join("", events).getBytes(ISO_8859_1);
    }

    private int times(String event) {
        int most = Math.max(1, MOST / Math.max(1, event.length()));
        return Math.min(most, random.nextInt(50) == 0 ? 2_000 : 1 + random.nextInt(5));
    }

    /** Its data goes on in another data line, after a comma. */
    private String severalLines(String event) {
        int comma = event.indexOf(',', random.nextInt(event.length() + 1));
        return comma < 0 ? event : event.substring(0, comma + 1) + "\ndata: " + event.substring(comma + 1);
    }
}
