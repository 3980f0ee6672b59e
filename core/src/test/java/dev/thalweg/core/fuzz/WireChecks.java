package dev.thalweg.core.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.thalweg.core.catalog.Provider;
import dev.thalweg.core.catalog.Providers;
import dev.thalweg.core.dialect.ErrorReader;
import dev.thalweg.core.dialect.RequestProblem;
import dev.thalweg.core.dialect.openai.PromptEstimate;
import dev.thalweg.core.dialect.openai.RequestHead;
import dev.thalweg.core.dialect.openai.RequestReader;
import dev.thalweg.core.dialect.openai.RequestShape;
import dev.thalweg.core.dialect.openai.RequestWriter;
import dev.thalweg.core.error.ErrorBody;
import dev.thalweg.core.error.Redaction;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.EventBlock;
import dev.thalweg.core.wire.HeldBytes;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonSyntaxException;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.core.wire.Splices;
import dev.thalweg.core.wire.SseReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The readers that belong to no protocol. */
final class WireChecks {
    private static final int ROOM = 1 << 24;
    private static final List<String> QUESTIONS = List.of("messages", "input", "prompt");
    private static final Map<String, String> DEFAULTS = Map.of("temperature", "0.5", "max_tokens", "7", "seed", "1");

    private WireChecks() {}

    /** Server-sent events: every byte comes out once, and every cut gives the same events. */
    static boolean events(byte[] input, Draws draws) {
        List<String> whole = eventsOf(List.of(input));
        draws.cut(input, pieces -> Output.same(whole, eventsOf(pieces), pieces));
        return whole.size() > 1;
    }

    private static List<String> eventsOf(List<byte[]> pieces) {
        HeldBytes budget = new HeldBytes(ROOM);
        SseReader reader = new SseReader(ROOM, budget);
        List<String> events = new ArrayList<>();
        ByteBuilder bytes = new ByteBuilder(256);
        for (byte[] piece : pieces) {
            reader.feed(piece, 0, piece.length);
            while (reader.next()) {
                take(reader.block(), events, bytes);
            }
        }
        if (reader.finish()) {
            take(reader.block(), events, bytes);
        } else {
            bytes.append(reader.heldArray(), 0, reader.heldLength());
        }
        reader.close();
        if (budget.held() != 0) {
            throw new AssertionError("still holds " + budget.held() + " bytes");
        }
        events.add(new String(bytes.toBytes(), ISO_8859_1));
        return events;
    }

    private static void take(EventBlock block, List<String> events, ByteBuilder bytes) {
        bytes.append(block.array(), block.start(), block.end() - block.start());
        String data = block.hasData()
                ? new String(block.dataArray(), block.dataStart(), block.dataLength(), ISO_8859_1)
                : "no data";
        // Of a bare document the white space around it says nothing.
        events.add(block.bare() + " " + block.isDone() + " " + block.nameIs("error") + " "
                + (block.bare() ? data.strip() : data));
    }

    /** JSON: read member by member or skipped, it is taken or refused alike. */
    static boolean json(byte[] input, Draws draws) {
        boolean strict = draws.random.nextBoolean();
        JsonCursor cursor = new JsonCursor(JsonCursor.DEFAULT_DEPTH, strict).reset(input, 0, input.length);
        boolean skipped = takes(cursor, () -> cursor.skip(new JsonValue()));
        cursor.reset(input, 0, input.length);
        boolean walked = takes(cursor, () -> walk(cursor, draws.random));
        if (skipped != walked) {
            throw new AssertionError("skipping and reading differ");
        }
        return skipped;
    }

    private static boolean takes(JsonCursor cursor, Runnable read) {
        try {
            read.run();
            cursor.finish();
            return true;
        } catch (JsonSyntaxException e) {
            return false;
        }
    }

    private static void walk(JsonCursor cursor, Random random) {
        JsonText text = new JsonText();
        switch (cursor.peek()) {
            case '{' -> {
                cursor.enterObject();
                while (cursor.nextMember()) {
                    String unused = cursor.key().decode();
                    walk(cursor, random);
                }
            }
            case '[' -> {
                cursor.enterArray();
                while (cursor.nextElement()) {
                    walk(cursor, random);
                }
            }
            case '"' -> {
                cursor.readText(text);
                String unused = text.decode();
            }
            default -> {
                if (random.nextBoolean()) {
                    long unused = cursor.countOrSkip();
                } else {
                    cursor.textOrSkip(text);
                }
            }
        }
    }

    /** An error's body: there is nothing it refuses. */
    static boolean errorBody(byte[] input, Draws draws) {
        ErrorBody error = ErrorReader.read(input, 0, input.length);
        if (error.status() < 0 || error.status() > 999 || error.message().length() > input.length) {
            throw new AssertionError("reads " + error);
        }
        String unused =
                Redaction.message(error.message()) + Redaction.word(error.type()) + Redaction.word(error.code());
        return !error.message().isEmpty();
    }

    /** What a gateway knows of a body, and the changes it makes in it. */
    static boolean head(byte[] input, Draws draws) {
        String question = draws.pick(QUESTIONS);
        Provider provider = draws.pick(Providers.all());
        Map<String, String> defaults = draws.random.nextBoolean() ? DEFAULTS : Map.of();
        if (PromptEstimate.ofRequest(input, 0, input.length) < 0) {
            throw new AssertionError("estimates less than nothing");
        }
        RequestHead head;
        try {
            head = new RequestReader(JsonCursor.DEFAULT_DEPTH)
                    .read(input, 0, input.length, new RequestShape(question), null);
        } catch (RequestProblem e) {
            RequestCheck.told(e);
            return false;
        }
        Splices changes = RequestWriter.rewrite(head, provider, "other", defaults);
        if (question.equals("messages")) {
            RequestWriter.continuing(head, "so far", changes);
        }
        Output.document(changes.apply(input, 0, input.length));
        Output.document(RequestWriter.rename(head, "other", defaults).apply(input, 0, input.length));
        return true;
    }
}
