package dev.thalweg.core.dialect.openai;

import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.core.wire.EventBlock;
import dev.thalweg.core.wire.HeldBytes;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.Splices;
import dev.thalweg.core.wire.SseReader;
import dev.thalweg.model.Usage;

/**
 * Makes the events of an answer those of an earlier one that broke, where it goes on from it: under the same id, without a
 * second role, with the usage of both. They follow a comment that says so. Not thread-safe.
 */
public final class SplicedEvents {
    private static final byte[] END = Bytes.utf8("\n\n");

    private final SseReader events;
    private final JsonCursor cursor = new JsonCursor(JsonCursor.DEFAULT_DEPTH, false);
    private final Splices changes = new Splices();
    private final String id;
    private final Usage before;
    private byte[] mark;

    /**
     * The events of one answer.
     *
     * @param mark the comment before the first of them
     * @param id the earlier answer's; empty where it had none
     * @param before what the earlier one used
     */
    public SplicedEvents(String mark, String id, Usage before, int maxEventBytes, HeldBytes room) {
        this.mark = Bytes.utf8(": " + mark + "\n\n");
        this.id = id;
        this.before = before;
        this.events = new SseReader(maxEventBytes, room);
    }

    /** Takes sound events, whole or in pieces, and gives what becomes of those that are whole. */
    public byte[] feed(byte[] array, int offset, int length) {
        ByteBuilder out = new ByteBuilder(length + 64);
        events.feed(array, offset, length);
        while (events.next()) {
            EventBlock block = events.block();
            out.append(mark);
            mark = new byte[0];
            if (block.hasData() && !block.isDone()) {
                event(block, out);
            } else {
                out.append(block.array(), block.start(), block.end() - block.start());
            }
        }
        return out.toBytes();
    }

    /** Gives back what it holds. */
    public void close() {
        events.close();
    }

    private void event(EventBlock block, ByteBuilder out) {
        byte[] data = block.dataArray();
        int end = block.dataStart() + block.dataLength();
        changes.clear();
        cursor.reset(data, block.dataStart(), block.dataLength());
        if (cursor.peek() == '{') {
            chunk(data, end);
        }
        out.ascii("data: ");
        int from = out.length();
        changes.write(data, block.dataStart(), end, out::append);
        for (int i = from; i < out.length(); i++) {
            if (out.array()[i] == '\n') {
                out.array()[i] = ' '; // Between two tokens of JSON, where its lines were joined.
            }
        }
        out.append(END);
    }

    private void chunk(byte[] data, int end) {
        cursor.enterObject();
        int inside = cursor.position();
        boolean named = id.isEmpty();
        while (cursor.nextMember()) {
            int first = cursor.peek();
            int start = cursor.position();
            if (cursor.keyIs("id") && !id.isEmpty()) {
                cursor.skip();
                changes.replace(
                        start, cursor.position(), new ByteBuilder(64).string(id).toBytes());
                named = true;
            } else if (cursor.keyIs("choices") && first == '[') {
                cursor.enterArray();
                while (cursor.nextElement()) {
                    choice(data, end);
                }
            } else if (cursor.keyIs("usage") && first == '{') {
                usage();
            } else {
                cursor.skip();
            }
        }
        if (!named) {
            String comma = data[Bytes.skipBlank(data, inside, end)] == '}' ? "" : ",";
            byte[] member =
                    new ByteBuilder(64).ascii("\"id\":").string(id).ascii(comma).toBytes();
            changes.replace(inside, inside, member);
        }
    }

    private void choice(byte[] data, int end) {
        if (cursor.peek() != '{') {
            cursor.skip();
            return;
        }
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("delta") && cursor.peek() == '{') {
                delta(data, end);
            } else {
                cursor.skip();
            }
        }
    }

    private void delta(byte[] data, int end) {
        cursor.enterObject();
        while (cursor.nextMember()) {
            boolean role = cursor.keyIs("role");
            int start = cursor.memberStart();
            cursor.skip();
            if (role) {
                changes.removeMember(data, start, cursor.position(), end);
            }
        }
    }

    private void usage() {
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("prompt_tokens")) {
                more(before.inputTokens());
            } else if (cursor.keyIs("completion_tokens")) {
                more(before.outputTokens());
            } else if (cursor.keyIs("total_tokens")) {
                more(before.totalTokens());
            } else {
                cursor.skip();
            }
        }
    }

    private void more(long tokens) {
        int unused = cursor.peek();
        int start = cursor.position();
        long count = Math.max(0, cursor.countOrSkip());
        changes.replace(start, cursor.position(), Bytes.utf8(Long.toString(count + tokens)));
    }
}
