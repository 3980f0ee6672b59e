package dev.thalweg.core.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.thalweg.core.wire.BlockReader;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Framing;
import dev.thalweg.core.wire.HeldBytes;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** Looks at what was written of an input: is it sound, and in proportion? */
final class Output {
    private static final JsonFactory JACKSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(2_000)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    /** Jackson refuses in names what JSON leaves to its readers. */
    private static final Pattern SURROGATE = Pattern.compile("\\\\u[dD][89a-fA-F]\\p{XDigit}{2}");

    private Output() {}

    /** One JSON document. What was invalid UTF-8 inside a string may still be. */
    static void document(byte[] written) {
        String text = new String(written, UTF_8);
        text = text.contains("\\u") ? SURROGATE.matcher(text).replaceAll("\\\\u0041") : text;
        try (JsonParser parser = JACKSON.createParser(text)) {
            int depth = 0;
            JsonToken token = parser.nextToken();
            if (token == null) {
                throw new AssertionError("wrote nothing");
            }
            for (; token != null; token = parser.nextToken()) {
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (depth == 0 && parser.nextToken() != null) {
                    throw new AssertionError("wrote more than one JSON document: " + text);
                }
            }
        } catch (JacksonException e) {
            throw new AssertionError("wrote no JSON: " + text, e);
        }
    }

    /** Frames as we write them: lines of JSON, alone or as the data of an event, or any other framing. */
    static void frames(byte[] written, Framing framing) {
        if (framing != Framing.SSE && framing != Framing.JSON_LINES) {
            passed(written, framing);
            return;
        }
        for (String line : new String(written, ISO_8859_1).split("\n", -1)) {
            String data = line.startsWith("data: ") ? line.substring(6) : line;
            boolean noData =
                    data.isEmpty() || data.equals("[DONE]") || line.startsWith("event: ") || line.startsWith(":");
            if (!noData) {
                document(data.getBytes(ISO_8859_1));
            }
        }
    }

    /** Events that were passed on: spelled as they came, their data is JSON all the same. */
    static void passed(byte[] written, Framing framing) {
        BlockReader events = framing.reader(Integer.MAX_VALUE, new HeldBytes(Long.MAX_VALUE));
        events.feed(written, 0, written.length);
        while (events.next() || events.finish()) {
            if (events.block().hasData()
                    && !events.block().isDone()
                    && !events.block().isBlank()) {
                document(new ByteBuilder(64)
                        .append(
                                events.block().dataArray(),
                                events.block().dataStart(),
                                events.block().dataLength())
                        .toBytes());
            }
        }
    }

    /** Not out of all proportion to the input. */
    static void inProportion(int written, int input) {
        if (written > 50_000 + 400L * input) {
            throw new AssertionError("wrote " + written + " bytes of " + input);
        }
    }

    /** What came of an input in one piece, and in these. */
    static void same(Object whole, Object cut, List<byte[]> pieces) {
        if (!whole.equals(cut)) {
            String expected = whole.toString();
            String found = cut.toString();
            int at = Arrays.mismatch(expected.toCharArray(), found.toCharArray());
            throw new AssertionError("cut after "
                    + pieces.stream().limit(9).map(piece -> piece.length).toList() + " it differs at " + at + ": "
                    + from(found, at) + " and not " + from(expected, at));
        }
    }

    private static String from(String text, int at) {
        String part = text.substring(Math.max(0, at - 60), Math.min(text.length(), at + 60));
        return "<" + part.replace("\r", "\\r").replace("\n", "\\n") + ">";
    }
}
