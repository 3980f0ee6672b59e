package dev.thalweg.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** Takes and refuses the same documents as Jackson's strict parser, over many that were damaged at random. */
class JsonCursorAgainstJacksonTest {
    private static final JsonFactory JACKSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(128).build())
            .build();
    private static final String[] SEEDS = {
        "{\"model\":\"gpt\",\"messages\":[{\"role\":\"user\",\"content\":\"h\\u00e9 \\\"q\\\" \\\\ é日🦊\"}],\"n\":2}",
        "{\"id\":\"x\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\\nb\"},\"logprobs\":null}],\"usage\":null}",
        "[1,-0.5e+10,true,false,null,\"\",{},[],{\"a\":[{\"b\":\"\\ud83e\\udd8a\"}]} , 12 ]",
        " { \"a\" : [ 1 , 2 ] , \"b\" : { } } ",
    };
    private static final String SPICE = "{}[]\",:\\u0123456789abfnrt+-.eE \n\t/'\u007fé🦊";

    @Test
    void takesAndRefusesWhatJacksonDoes() {
        Random random = new Random(20_26);
        byte[] spice = SPICE.getBytes(StandardCharsets.UTF_8);
        int taken = 0;
        for (int round = 0; round < 60_000; round++) {
            byte[] json = SEEDS[random.nextInt(SEEDS.length)].getBytes(StandardCharsets.UTF_8);
            for (int i = random.nextInt(3); i >= 0; i--) {
                json = damaged(json, random, spice);
            }
            boolean expected = jackson(json);
            assertThat(cursor(json))
                    .as("verdict on %s", new String(json, StandardCharsets.UTF_8))
                    .isEqualTo(expected);
            taken += expected ? 1 : 0;
        }
        assertThat(taken).as("documents both take").isBetween(5_000, 50_000);
    }

    private static byte[] damaged(byte[] json, Random random, byte[] spice) {
        int at = random.nextInt(Math.max(1, json.length));
        if (at >= json.length) {
            return new byte[] {'0'};
        }
        byte b = random.nextInt(4) == 0 ? (byte) random.nextInt(256) : spice[random.nextInt(spice.length)];
        return switch (random.nextInt(5)) {
            case 0 -> replaced(json, at, b);
            case 1 -> joined(Arrays.copyOf(json, at), new byte[] {b}, Arrays.copyOfRange(json, at, json.length));
            case 2 -> joined(Arrays.copyOf(json, at), new byte[0], Arrays.copyOfRange(json, at + 1, json.length));
            case 3 -> Arrays.copyOf(json, at + 1);
            default -> joined(json, new byte[] {b}, new byte[0]);
        };
    }

    private static byte[] replaced(byte[] json, int at, byte b) {
        byte[] copy = json.clone();
        copy[at] = b;
        return copy;
    }

    private static byte[] joined(byte[] a, byte[] b, byte[] c) {
        return new ByteBuilder(a.length + b.length + c.length)
                .append(a)
                .append(b)
                .append(c)
                .toBytes();
    }

    private static boolean cursor(byte[] json) {
        JsonCursor cursor = new JsonCursor(128, true).reset(json, 0, json.length);
        try {
            cursor.skip();
            cursor.finish();
            return true;
        } catch (JsonSyntaxException e) {
            return false;
        }
    }

    private static boolean jackson(byte[] json) {
        // From bytes Jackson guesses UTF-16 too and is no strict judge of UTF-8: the JDK judges that.
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json));
        } catch (CharacterCodingException e) {
            return false;
        }
        try (JsonParser parser = JACKSON.createParser(new String(json, StandardCharsets.UTF_8))) {
            if (parser.nextToken() == null) {
                return false;
            }
            int depth = 0;
            do {
                switch (parser.currentToken()) {
                    case START_OBJECT, START_ARRAY -> depth++;
                    case END_OBJECT, END_ARRAY -> depth--;
                    default -> parser.getString();
                }
                if (depth == 0) {
                    return parser.nextToken() == null;
                }
            } while (parser.nextToken() != null);
            return false;
        } catch (JacksonException e) {
            return false;
        }
    }
}
