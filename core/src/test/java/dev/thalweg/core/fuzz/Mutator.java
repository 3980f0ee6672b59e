package dev.thalweg.core.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.thalweg.core.fuzz.JsonSpans.Span;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Damages an input in the ways of networks, of providers and of callers who mean it. The same draws give the same damage. */
final class Mutator {
    private static final int LARGEST = 256 * 1024;

    private static final List<byte[]> VALUES = bytes(
            "null",
            "true",
            "false",
            "0",
            "-1",
            "7",
            "0.5",
            "-0",
            "1e999",
            "-1e-999",
            "1E400",
            "1e99999999999",
            "1e2147483647",
            "2147483648",
            "-2147483649",
            "99999999999999999999",
            "9223372036854775807",
            "123456789012345678901234567890.5e12",
            "9".repeat(1_200),
            "\"\"",
            "\" \"",
            "\"x\"",
            "\"null\"",
            "\"7\"",
            "\"{}\"",
            "\"[1]\"",
            "\"{\\\"a\\\":1}\"",
            "\"\\ud800\"",
            "\"\\udc00\\ud83e\"",
            "\"\\u0000\"",
            "\"\\u2028\\u0085\"",
            "\"\\n\\n\"",
            "\"é🦊\"",
            "\"data: x\"",
            "{}",
            "[]",
            "[null]",
            "[[]]",
            "[{}]",
            "{\"\":\"\"}",
            "{\"type\":\"text\",\"text\":\"t\"}",
            "{\"type\":null}",
            "[\"a\",1,null,{}]",
            "{\"a\":{\"b\":[1,{}]}}",
            "{ \"a\" :\n1 }");

    private static final List<byte[]> PIECES = bytes(
            "{",
            "}",
            "[",
            "]",
            "\"",
            ",",
            ":",
            "\\",
            "\\u",
            "\\ud83e",
            "\n",
            "\r",
            "\r\n",
            "\n\n",
            " ",
            "\u0000",
            "\u2028",
            "\u00ff",
            "data:",
            "data: ",
            "data: [DONE]\n\n",
            "event: error\n",
            "event: ping\n",
            ": comment\n\n",
            "id: 1\n",
            "retry: 1\n",
            "\ufeff",
            "[DONE]",
            "{\"error\":{\"message\":\"no\"}}\n\n",
            "data: {\"error\":\"no\"}\n\n",
            "data: {}\n\n",
            "data: null\n\n",
            "data: []\n\n",
            "data:\n\n",
            "\"type\":",
            "\"index\":-5,",
            "\"index\":127,",
            "\"role\":\"x\",");

    private final Random random;

    Mutator(Random random) {
        this.random = random;
    }

    /** One of these, with one to six mistakes in it; some have parts of another. */
    byte[] mutated(List<byte[]> seeds) {
        byte[] input = pick(seeds);
        if (random.nextInt(8) == 0) {
            input = crossed(input, pick(seeds));
        }
        for (int i = 1 + random.nextInt(random.nextInt(3) == 0 ? 6 : 2); i > 0; i--) {
            byte[] changed = changed(input);
            input = changed.length > LARGEST ? input : changed;
        }
        return input;
    }

    private byte[] changed(byte[] input) {
        if (input.length == 0) {
            return pick(PIECES);
        }
        return switch (random.nextInt(16)) {
            case 0, 1 -> inBytes(input);
            case 2, 3, 4, 5 -> new EventEdits(random).changed(input);
            default -> inJson(input, new JsonSpans(input));
        };
    }

    private byte[] inBytes(byte[] input) {
        int at = random.nextInt(input.length);
        int to = Math.min(input.length, at + 1 + random.nextInt(random.nextInt(4) == 0 ? 200 : 4));
        switch (random.nextInt(7)) {
            case 0 -> {
                byte[] flipped = input.clone();
                flipped[at] ^= (byte) (1 << random.nextInt(8));
                return flipped;
            }
            case 1 -> {
                return replaced(input, at, at + 1, new byte[] {(byte) random.nextInt(256)});
            }
            case 2 -> {
                return replaced(input, at, to, new byte[0]);
            }
            case 3 -> {
                return replaced(input, at, at, Arrays.copyOfRange(input, at, to));
            }
            case 4 -> {
                return Arrays.copyOf(input, at);
            }
            case 5 -> {
                return replaced(input, at, to, pick(PIECES));
            }
            default -> {
                return replaced(input, at, at, pick(PIECES));
            }
        }
    }

    private byte[] inJson(byte[] input, JsonSpans spans) {
        if (spans.values.isEmpty()) {
            return inBytes(input);
        }
        Span value = pick(spans.values);
        Span member = spans.members.isEmpty() ? value : pick(spans.members);
        return switch (random.nextInt(12)) {
            case 0, 1, 2 -> replaced(input, value.start(), value.end(), pick(VALUES));
            case 3, 4 -> replaced(input, value.start(), value.end(), part(input, pick(spans.values)));
            case 5 -> replaced(input, value.start(), value.end(), nested(part(input, value)));
            case 6 ->
                replaced(input, member.end(), member.end(), joined(",", part(input, pick(spans.members, member)), ""));
            case 7 -> removed(input, member);
            case 8 -> replaced(input, member.start(), member.end(), part(input, pick(spans.members, member)));
            case 9 -> replaced(input, member.start(), member.start(), joined("\"odd\":", pick(VALUES), ","));
            case 10 -> spelled(input, pick(spans.strings, value));
            default -> repeated(input, value);
        };
    }

    /** An array or object around it, or very many. */
    private byte[] nested(byte[] value) {
        int depth = random.nextInt(3) == 0 ? 100 + random.nextInt(1_000) : 1;
        boolean array = random.nextBoolean();
        String open = array ? "[" : "{\"a\":";
        return joined(open.repeat(depth), value, (array ? "]" : "}").repeat(depth));
    }

    /** The same string with its characters spelled as escapes, some of them half of a pair. */
    private byte[] spelled(byte[] input, Span string) {
        StringBuilder spelled = new StringBuilder("\"");
        String text = new String(part(input, string), UTF_8);
        for (int i = 1; i < Math.min(text.length() - 1, 200); i++) {
            int drawn = random.nextInt(12);
            char c = text.charAt(i);
            boolean escape = c == '\\' || c == '"';
            spelled.append(
                    drawn == 0 ? "\\ud83e" : drawn == 1 && !escape ? "\\u%04X".formatted((int) c) : escape ? "" : c);
        }
        return replaced(
                input,
                string.start(),
                string.end(),
                spelled.append('"').toString().getBytes(UTF_8));
    }

    /** A list of many of it in its place. */
    private byte[] repeated(byte[] input, Span value) {
        int times = random.nextInt(50) == 0 ? 1_000 : 3;
        byte[] one = part(input, value);
        if ((long) one.length * times > LARGEST / 2) {
            return input;
        }
        String all = (new String(one, ISO_8859_1) + ",").repeat(times - 1);
        byte[] list = joined("[", joined("", all.getBytes(ISO_8859_1), ""), "");
        return replaced(input, value.start(), value.end(), concat(concat(list, one), new byte[] {']'}));
    }

    private byte[] removed(byte[] input, Span member) {
        boolean comma = member.end() < input.length && input[member.end()] == ',';
        return replaced(input, member.start(), member.end() + (comma ? 1 : 0), new byte[0]);
    }

    private byte[] crossed(byte[] a, byte[] b) {
        return concat(
                Arrays.copyOf(a, random.nextInt(a.length + 1)),
                Arrays.copyOfRange(b, random.nextInt(b.length + 1), b.length));
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private Span pick(List<Span> list, Span otherwise) {
        return list.isEmpty() ? otherwise : pick(list);
    }

    private static byte[] part(byte[] input, Span span) {
        return Arrays.copyOfRange(input, span.start(), span.end());
    }

    private static byte[] joined(String before, byte[] middle, String after) {
        return concat(concat(before.getBytes(UTF_8), middle), after.getBytes(UTF_8));
    }

    static byte[] replaced(byte[] input, int from, int to, byte[] by) {
        return concat(concat(Arrays.copyOf(input, from), by), Arrays.copyOfRange(input, to, input.length));
    }

    static byte[] concat(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    private static List<byte[]> bytes(String... texts) {
        return Arrays.stream(texts).map(text -> text.getBytes(UTF_8)).toList();
    }
}
